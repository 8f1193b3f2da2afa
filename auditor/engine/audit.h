// The engine: asks every rule's check what to count, fuses that by entity into one statement each, runs them in one
// snapshot, and lets the checks judge. What fails is isolated and recorded; every rule gets an outcome.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "auditor/engine/holds.h"
#include "auditor/model/catalog.h"
#include "auditor/model/classification.h"
#include "auditor/model/crm_outlet.h"
#include "auditor/model/policy.h"
#include "auditor/model/profile.h"
#include "auditor/model/result.h"
#include "auditor/sql/condition_sql.h"
#include "auditor/sql/grammar.h"
#include "auditor/sql/query_port.h"

namespace crmaudit {
struct MessageScan;
}

namespace crmaudit::engine {

/// A rule that may stay unchecked without making the audit incomplete, by the operator's decision.
struct Acceptance {
    std::string rule;  // id, or "source" for gaps of the source itself
    std::string reason;
    Date until;  // the last day it holds
};

struct AuditInput {
    Run run;  // as known before the audit; the engine fills in profile fields
    const Catalog& catalog;
    const Classification& classification;
    const Policy& policy;
    const std::optional<Profile>& profile;
    std::vector<std::string> copy_marks;
    std::vector<std::string> declared_purposes;
    std::vector<std::string> only;  // rule ids or check ids with * and ?; empty: all
    std::vector<std::string> skip;
    std::vector<Acceptance> acceptances;
    ContentScan content = {};               // what the classification's content rests on
    std::vector<Gap> inventory_gaps = {};   // columns whose counts are not known
    const AuditResult* baseline = nullptr;  // an earlier result of the same source
    DeclaredLocation location = {};
    std::vector<FoundHost> hosts = {};      // in the CRM's settings
    std::vector<Gap> host_gaps = {};        // settings whose hosts are not known
    CrmOutlets outlets = {};                // of the CRM itself
    const MessageScan* messages = nullptr;  // bodies of messages
    bool leave_out_residents_outside = false;
    std::vector<HoldTable> hold_tables = {};
    sql::KeyLists holds = {};  // keys of persons under a legal hold, by the name of their entity
};

/// Throws sql::QueryError only when the connection is lost or the run was cancelled, and HoldError for holds that do
/// not fit the database.
AuditResult audit(const AuditInput& input, const sql::Grammar& grammar, sql::QueryPort& port);

/// The profile whose signature tables and columns the catalog has; the one with most of them when several fit. The
/// prefix of its tables is filled in.
std::optional<Profile> choose_profile(const std::vector<Profile>& profiles, const Catalog& catalog);

/// The profile with the prefix under which the catalog has its signature; with the usual one where it has none.
Profile with_prefix(Profile profile, const Catalog& catalog);

/// Fills in each finding's state from an earlier result of the same source, and adds those that are gone as `fixed`.
/// Throws std::invalid_argument when `before` is of another label, dialect or database.
void compare_with_baseline(AuditResult& result, const AuditResult& before);

/// The catalog without the tables, named in Catalog::left_out, that `include`/`exclude` patterns (schema.table with *
/// and ?) leave out.
Catalog filter_tables(Catalog catalog, const std::vector<std::string>& include,
                      const std::vector<std::string>& exclude);

}  // namespace crmaudit::engine
