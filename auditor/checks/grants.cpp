#include "auditor/checks/grants.h"

#include <algorithm>
#include <array>
#include <string_view>

#include "auditor/model/reasons.h"

namespace crmaudit::checks {

bool reaches_rows(const Grant& grant) {
    constexpr std::array<std::string_view, 7> privileges{"SELECT",   "INSERT", "UPDATE",        "DELETE",
                                                         "TRUNCATE", "ALL",    "ALL PRIVILEGES"};
    return std::find(privileges.begin(), privileges.end(), grant.privilege) != privileges.end();
}

bool covers(const Grant& grant, const TableName& table) {
    if (!grant.object.name.empty()) return grant.object == table;
    return grant.object.schema.empty() || grant.object.schema == table.schema;
}

bool is_wide(const Grant& grant) { return grant.object.name.empty(); }

Plan permission_plan(const CheckInput& input) {
    Plan plan;
    if (!input.catalog.has_permissions) {
        plan.not_applicable = std::string{reasons::no_permissions};
        return plan;
    }
    for (const CatalogGap& gap : input.catalog.gaps) {
        if (gap.object == "grants") {
            plan.gaps.push_back({gap.object, reasons::text(reasons::permissions_hidden, gap.reason)});
        }
    }
    return plan;
}

Finding permission_finding(const CheckInput& input, Object object, const std::set<std::string>& privileges) {
    Finding finding;
    finding.rule = input.rule.id;
    finding.check = input.rule.check;
    finding.severity = input.rule.severity;
    finding.object = std::move(object);
    finding.facts.assign(privileges.begin(), privileges.end());
    return finding;
}

}  // namespace crmaudit::checks
