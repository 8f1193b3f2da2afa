// How much of a table a finding is, by the counts of the audit.
#pragma once

#include <optional>
#include <string>

#include "auditor/model/result.h"

namespace crmaudit::reports::purge {

/// "63 %", rounded down, where the finding's rows are more than `max_share` percent of the table's; absent where they
/// are not, and where no column of the table was counted: then the guard of the script is the first to know.
std::optional<std::string> excessive_share(const AuditResult& result, const Finding& finding, const TableName& table,
                                           std::int64_t max_share);

}  // namespace crmaudit::reports::purge
