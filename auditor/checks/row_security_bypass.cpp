// Principals for whom row-level security does not count: they see all rows of tables that show others only some.
#include <algorithm>

#include "auditor/checks/grants.h"
#include "auditor/checks/registry.h"

namespace crmaudit::checks {
namespace {

bool is_protected(const access::Evaluation& evaluation, access::Id relation) {
    return evaluation.facts().relations[relation].row_security;
}

Plan plan_bypass(const CheckInput& input) {
    Plan plan = whole_permission_plan(input);
    if (plan.not_applicable || !plan.gaps.empty() || input.access == nullptr) return plan;
    const auto& relations = input.access->personal_relations();
    const bool is_used = std::any_of(relations.begin(), relations.end(),
                                     [&](access::Id relation) { return is_protected(*input.access, relation); });
    if (!is_used) plan.not_applicable = "no_row_security";
    return plan;
}

/// Why all rows are within reach.
std::string reason(const access::Evaluation& evaluation, access::Id principal, access::Id relation) {
    const auto& facts = evaluation.facts();
    if (facts.principals[principal].bypasses_row_security) return "row_security_bypassed";
    const access::Id owner = facts.relations[relation].owner;
    const auto& roles = evaluation.of(principal).roles;
    const bool owns = owner == principal || std::binary_search(roles.begin(), roles.end(), owner);
    return owns ? "row_security_not_for_owner" : "row_security_not_here";
}

std::vector<Finding> judge_bypass(const CheckInput& input, const Plan& plan,
                                  std::span<const std::optional<Measured>> /*measured*/) {
    if (cannot_judge(input, plan)) return {};
    std::vector<Offender> offenders;
    for (const access::Id principal : ordinary_principals(*input.access)) {
        Offender offender{principal, {}, {}};
        for (const access::TableReach& table : input.access->of(principal).tables) {
            if (!is_protected(*input.access, table.relation) || !table.all_rows) continue;
            offender.tables.push_back(table);
            offender.facts.push_back(reason(*input.access, principal, table.relation));
        }
        if (offender.tables.empty()) continue;
        std::sort(offender.facts.begin(), offender.facts.end());
        offender.facts.erase(std::unique(offender.facts.begin(), offender.facts.end()), offender.facts.end());
        offenders.push_back(std::move(offender));
    }
    return findings_about(input, offenders);
}

}  // namespace

Check row_security_bypass() { return {"row_security_bypass", plan_bypass, judge_bypass}; }

}  // namespace crmaudit::checks
