// The files of a purge: a dry run, the purge itself, its verification and a text for whoever runs them.
#pragma once

#include <string>
#include <vector>

#include "auditor/model/result.h"
#include "auditor/sql/grammar.h"
#include "reports/purge/plan.h"

namespace crmaudit::reports::purge {

struct PurgeFile {
    std::string name;
    std::string content;
};

/// Whether scripts can be written for databases of this dialect.
bool has_client(std::string_view dialect);

/// The scripts, if the plan has a step, and README.en.txt and README.de.txt, which also tell what was refused and why.
/// `checksum` is the result's own.
std::vector<PurgeFile> purge_files(const AuditResult& result, const std::string& checksum, const Plan& plan,
                                   const Limits& limits, const sql::Grammar& grammar, std::string_view language);

}  // namespace crmaudit::reports::purge
