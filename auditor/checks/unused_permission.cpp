// Entries of the policy's access matrix that nobody uses: access that was declared once and is not needed any more.
#include <algorithm>

#include "auditor/checks/grants.h"
#include "auditor/checks/registry.h"
#include "auditor/model/reasons.h"
#include "auditor/model/wildcard.h"

namespace crmaudit::checks {
namespace {

Plan plan_unused(const CheckInput& input) {
    Plan plan = whole_permission_plan(input);
    if (!plan.not_applicable && input.policy.access.empty()) {
        plan.gaps.clear();
        plan.not_applicable = std::string{reasons::no_matrix};
    }
    return plan;
}

/// Before a right: the word of a fact.
constexpr const char* right_fact = "unused_right_";

/// What of an entry no principal that it means can do; empty: all of it is used.
std::vector<std::string> unused(const CheckInput& input, const Access& entry) {
    std::vector<const access::PrincipalReach*> meant;
    for (const access::Id id : input.access->principals()) {
        if (matches_wildcard(input.access->facts().principals[id].name, entry.principal))
            meant.push_back(&input.access->of(id));
    }
    if (meant.empty()) return {"no_such_principal"};
    const auto is_used = [&](const auto& wanted) {
        return std::any_of(meant.begin(), meant.end(), [&](const access::PrincipalReach* reach) {
            return reach->is_superuser || std::any_of(reach->ways.begin(), reach->ways.end(), wanted);
        });
    };
    std::vector<std::string> facts;
    for (const Category category : entry.categories) {
        if (!is_used([&](const access::Way& way) { return way.category == category && allows(entry, way.right); }))
            facts.push_back("unused_category: " + std::string{to_string(category)});
    }
    for (const AccessRight right : all_access_rights) {
        if (allows(entry, right) && !is_used([&](const access::Way& way) { return way.right == right; }))
            facts.push_back(right_fact + std::string{to_string(right)});
    }
    return facts;
}

std::vector<Finding> judge_unused(const CheckInput& input, const Plan& plan,
                                  std::span<const std::optional<Measured>> /*measured*/) {
    std::vector<Finding> findings;
    if (cannot_judge(input, plan) || !plan.gaps.empty()) return findings;
    for (const Access& entry : input.policy.access) {
        auto facts = unused(input, entry);
        if (facts.empty()) continue;
        Object object;
        object.principal = entry.principal;
        const auto known =
            std::find_if(findings.begin(), findings.end(), [&](const Finding& each) { return each.object == object; });
        if (known != findings.end()) {
            known->facts.insert(known->facts.end(), facts.begin(), facts.end());
            known->affected = static_cast<std::int64_t>(known->facts.size());
            continue;
        }
        findings.push_back(permission_finding(input, std::move(object), std::move(facts)));
        findings.back().affected = static_cast<std::int64_t>(findings.back().facts.size());
    }
    return findings;
}

}  // namespace

Check unused_permission() { return {"unused_permission", plan_unused, judge_unused}; }

}  // namespace crmaudit::checks
