// Persons who count as having agreed, with nothing that proves when or how.
#include "auditor/checks/registry.h"
#include "auditor/checks/roles.h"

namespace crmaudit::checks {
namespace {

Plan plan_evidence(const CheckInput& input) {
    Plan plan;
    for (const Entity* person : persons(input, plan)) {
        if (!usable(*person, {Role::marketing_granted, Role::marketing_refused, Role::marketing_evidence}, plan)) {
            continue;
        }
        Probe probe = probe_of(*person, negate(some_known(*person, Role::marketing_evidence)));
        probe.total = all({person->live, marketing_consent(*person).granted});
        probe.facts = columns_of(*person, Role::marketing_evidence);
        if (person->absence(Role::marketing_evidence) != nullptr) probe.facts.emplace_back("no_place_for_evidence");
        plan.probes.push_back(std::move(probe));
    }
    return plan;
}

}  // namespace

Check consent_without_evidence() { return {"consent_without_evidence", plan_evidence, found_where_affected}; }

}  // namespace crmaudit::checks
