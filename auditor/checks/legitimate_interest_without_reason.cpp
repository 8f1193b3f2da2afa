// Persons whose processing rests on a legitimate interest, and nobody has written down which.
#include "auditor/checks/registry.h"
#include "auditor/checks/roles.h"

namespace crmaudit::checks {
namespace {

Plan plan_interest(const CheckInput& input) {
    Plan plan;
    for (const Entity* person : persons(input, plan)) {
        if (person->absence(Role::legitimate_interest) != nullptr) continue;
        if (!usable(*person, {Role::legitimate_interest, Role::interest_reason}, plan)) continue;
        Probe probe = probe_of(*person, negate(some_known(*person, Role::interest_reason)));
        probe.total = all({person->live, some_hold(*person, Role::legitimate_interest)});
        probe.facts = columns_of(*person, Role::legitimate_interest);
        if (person->absence(Role::interest_reason) != nullptr) probe.facts.emplace_back("no_place_for_reason");
        plan.probes.push_back(std::move(probe));
    }
    if (plan.probes.empty() && plan.gaps.empty()) plan.not_applicable = "no_legal_basis";
    return plan;
}

}  // namespace

Check legitimate_interest_without_reason() {
    return {"legitimate_interest_without_reason", plan_interest, found_where_affected};
}

}  // namespace crmaudit::checks
