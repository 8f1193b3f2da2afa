// Accounts whose password has run out and that still exist with all they could do: nobody misses them.
#include "auditor/checks/grants.h"
#include "auditor/checks/registry.h"

namespace crmaudit::checks {
namespace {

/// Where roles add to one's own rights, the server keeps no such day.
Plan plan_dormant(const CheckInput& input) {
    Plan plan = whole_permission_plan(input);
    const bool is_known = !plan.not_applicable && plan.gaps.empty() && input.access != nullptr;
    if (is_known && input.access->facts().roles_add_to_own) plan.not_applicable = "no_last_login";
    return plan;
}

std::vector<Finding> judge_dormant(const CheckInput& input, const Plan& plan,
                                   std::span<const std::optional<Measured>> /*measured*/) {
    std::vector<Finding> findings;
    if (cannot_judge(input, plan)) return findings;
    for (const access::Id id : input.access->principals()) {
        const auto& principal = input.access->facts().principals[id];
        const auto until = parse_date(principal.valid_until);
        const auto& reach = input.access->of(id);
        if (!principal.can_login || !until || *until >= input.as_of || (reach.tables.empty() && !reach.is_superuser)) {
            continue;
        }
        Object object;
        object.principal = principal.name;
        Finding finding = permission_finding(input, std::move(object), {"valid_until: " + to_string(*until)});
        set_reach(*input.access, reach.tables, finding);
        findings.push_back(std::move(finding));
    }
    return findings;
}

}  // namespace

Check dormant_account() { return {"dormant_account", plan_dormant, judge_dormant}; }

}  // namespace crmaudit::checks
