// Persons for whom the field for the legal basis is empty or holds a placeholder.
#include "auditor/checks/registry.h"
#include "auditor/checks/roles.h"

namespace crmaudit::checks {
namespace {

Plan plan_basis(const CheckInput& input) {
    Plan plan;
    const auto placeholders = input.rule.lines("placeholders");
    for (const Entity* person : persons(input, plan)) {
        if (person->absence(Role::legal_basis) != nullptr) continue;
        if (!usable(*person, Role::legal_basis, plan)) continue;
        std::vector<Condition> nothing;
        for (const Attribute* basis : person->in_role(Role::legal_basis)) {
            nothing.push_back(missing(attribute(basis->name), placeholders));
        }
        Probe probe = probe_of(*person, all(std::move(nothing)));
        probe.facts = columns_of(*person, Role::legal_basis);
        plan.probes.push_back(std::move(probe));
    }
    if (plan.probes.empty() && plan.gaps.empty()) plan.not_applicable = "no_legal_basis";
    return plan;
}

}  // namespace

Check missing_legal_basis() { return {"missing_legal_basis", plan_basis, found_where_affected}; }

}  // namespace crmaudit::checks
