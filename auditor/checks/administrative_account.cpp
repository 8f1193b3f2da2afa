// Accounts with power over the whole server or over other accounts: they reach everything, whatever is granted to whom.
#include "auditor/checks/grants.h"
#include "auditor/checks/registry.h"

namespace crmaudit::checks {
namespace {

std::vector<Finding> judge_administrative(const CheckInput& input, const Plan& plan,
                                          std::span<const std::optional<Measured>> /*measured*/) {
    if (cannot_judge(input, plan)) return {};
    std::vector<Finding> findings;
    for (const access::Id id : input.access->principals()) {
        const auto& principal = input.access->facts().principals[id];
        const auto& reach = input.access->of(id);
        // A role that nobody can log in as is told of by its members.
        if (!principal.can_login || (reach.powers.empty() && !reach.is_superuser)) continue;
        if (DeclaredAccess{input, id}.covers_all()) continue;
        auto facts = reach.powers;
        if (facts.empty()) facts.emplace_back("SUPERUSER");
        Object object;
        object.principal = principal.name;
        findings.push_back(permission_finding(input, std::move(object), std::move(facts)));
        findings.back().affected = static_cast<std::int64_t>(findings.back().facts.size());
    }
    return findings;
}

}  // namespace

Check administrative_account() { return {"administrative_account", whole_permission_plan, judge_administrative}; }

}  // namespace crmaudit::checks
