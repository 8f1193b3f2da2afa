// What `crmaudit doctor` found: drivers, the connection, what the account can and cannot do, and the rules that this
// keeps an audit from checking.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "auditor/app/exit_code.h"
#include "auditor/model/catalog.h"
#include "auditor/model/policy.h"
#include "auditor/model/result.h"
#include "connectors/database.h"
#include "reports/locale.h"

namespace crmaudit::app {

/// A rule that the account keeps from being checked, with the reasons.
struct BlockedRule {
    std::string id;
    Texts title;
    std::vector<Gap> gaps;
};

/// What was found once a connection was there.
struct ExaminedSource {
    connectors::ConnectionFacts connection;
    std::string database;
    std::string account;
    std::vector<std::string> can_write;
    std::vector<std::string> missing_safeguards;
    std::vector<CatalogGap> gaps;
    std::int64_t tables = 0;
    std::vector<BlockedRule> blocked;
};

struct Diagnosis {
    std::vector<std::string> drivers;
    std::optional<ExaminedSource> source;  // absent: no database was named
};

/// Whether a reason why something is not checked lies with the account, so that other rights would help.
bool is_about_the_account(const std::string& reason);

/// The rules of a result that have such reasons.
std::vector<BlockedRule> blocked_rules(const AuditResult& result);

/// In plain words. An account's name is in it, never a connection string.
std::string diagnosis_text(const Diagnosis& diagnosis, const reports::Locale& locale);

/// Incomplete: an audit by this account could not check everything. Findings: it could do more than read, or letters
/// are lost on the way.
ExitCode exit_code_of(const Diagnosis& diagnosis);

}  // namespace crmaudit::app
