// Accounts and roles that get at personal data and that an earlier audit of the same database did not find there.
#include <algorithm>
#include <set>

#include "auditor/checks/grants.h"
#include "auditor/checks/registry.h"
#include "auditor/model/reasons.h"

namespace crmaudit::checks {
namespace {

Plan plan_new(const CheckInput& input) {
    Plan plan = whole_permission_plan(input);
    if (plan.not_applicable) return plan;
    if (input.baseline == nullptr) {
        plan.gaps.clear();
        plan.not_applicable = "no_baseline";
    } else if (!input.baseline->access_matrix) {
        plan.gaps.push_back({"", std::string{reasons::baseline_without_matrix}});
    }
    return plan;
}

std::vector<Finding> judge_new(const CheckInput& input, const Plan& plan,
                               std::span<const std::optional<Measured>> /*measured*/) {
    std::vector<Finding> findings;
    if (cannot_judge(input, plan) || !plan.gaps.empty()) return findings;
    std::set<std::string> before;
    for (const AccessRow& row : input.baseline->access_matrix->rows) {
        for (const AccessHolder& holder : row.holders) before.insert(holder.name);
    }
    for (const access::Id id : input.access->principals()) {
        const auto& principal = input.access->facts().principals[id];
        const auto& reach = input.access->of(id);
        if (reach.tables.empty() || before.contains(principal.name) || input.access->is_own(id)) continue;
        const DeclaredAccess declared{input, id};
        const bool is_beyond = std::any_of(reach.ways.begin(), reach.ways.end(), [&](const access::Way& way) {
            return is_core_personal(way.category) && !declared.covers(way.category, way.right);
        });
        if (!is_beyond) continue;
        Rights rights = 0;
        for (const access::TableReach& table : reach.tables) rights |= table.rights;
        Object object;
        object.principal = principal.name;
        findings.push_back(permission_finding(input, std::move(object), privileges(rights)));
        set_reach(*input.access, reach.tables, findings.back());
    }
    return findings;
}

}  // namespace

Check new_principal() { return {"new_principal", plan_new, judge_new}; }

}  // namespace crmaudit::checks
