#include "reports/purge/share.h"

#include <algorithm>

namespace crmaudit::reports::purge {

std::optional<std::string> excessive_share(const AuditResult& result, const Finding& finding, const TableName& table,
                                           std::int64_t max_share) {
    const auto counted =
        std::find_if(result.inventory.begin(), result.inventory.end(), [&](const ColumnClassification& each) {
            return each.table == table && !each.field && each.counts && each.counts->rows > 0;
        });
    if (counted == result.inventory.end()) return std::nullopt;
    const double share = 100.0 * static_cast<double>(finding.affected) / static_cast<double>(counted->counts->rows);
    if (share <= static_cast<double>(max_share)) return std::nullopt;
    return std::to_string(static_cast<std::int64_t>(share)) + " %";
}

}  // namespace crmaudit::reports::purge
