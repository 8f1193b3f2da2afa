// Principals who may give personal data to others: by the option to pass on what they were granted, or to give a role.
#include <algorithm>

#include "auditor/checks/grants.h"
#include "auditor/checks/registry.h"

namespace crmaudit::checks {
namespace {

/// Roles that reach personal data and that the principal may give to others.
std::vector<std::string> roles_to_give(const CheckInput& input, access::Id principal) {
    std::vector<std::string> names;
    const auto& facts = input.access->facts();
    for (const auto& membership : facts.memberships) {
        if (membership.member != principal || !membership.may_pass_on) continue;
        if (membership.role >= facts.principals.size() || input.access->of(membership.role).tables.empty()) continue;
        names.push_back("may_give_role: " + facts.principals[membership.role].name);
    }
    std::sort(names.begin(), names.end());
    return names;
}

std::vector<Finding> judge_option(const CheckInput& input, const Plan& plan,
                                  std::span<const std::optional<Measured>> /*measured*/) {
    if (cannot_judge(input, plan)) return {};
    std::vector<Offender> offenders;
    for (const access::Id principal : input.access->principals()) {
        const auto& reach = input.access->of(principal);
        if (reach.is_superuser) continue;
        Offender offender{principal, reach.gives, roles_to_give(input, principal)};
        if (offender.tables.empty() && offender.facts.empty()) continue;
        Rights rights = 0;
        for (const access::TableReach& table : reach.gives) rights |= table.rights;
        const auto words = privileges(rights);
        offender.facts.insert(offender.facts.begin(), words.begin(), words.end());
        offenders.push_back(std::move(offender));
    }
    return findings_about(input, offenders);
}

}  // namespace

Check grant_option() { return {"grant_option", whole_permission_plan, judge_option}; }

}  // namespace crmaudit::checks
