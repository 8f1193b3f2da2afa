// Persons who count as having agreed, with nothing that proves when or how.
#include "auditor/checks/consent.h"
#include "auditor/checks/registry.h"
#include "auditor/checks/roles.h"

namespace crmaudit::checks {
namespace {

Plan plan_evidence(const CheckInput& input) {
    Plan plan;
    for (const Entity* person : persons(input, plan)) {
        if (!consent_usable(*person, marketing, plan) || !usable(*person, Role::marketing_evidence, plan)) continue;
        Probe probe = consent_probe(*person, marketing, negate(some_known(*person, Role::marketing_evidence)));
        probe.total = all({person->live, consent_states(*person, marketing).granted});
        probe.facts = columns_of(*person, Role::marketing_evidence);
        if (person->absence(Role::marketing_evidence) != nullptr) probe.facts.emplace_back("no_place_for_evidence");
        plan.probes.push_back(std::move(probe));
    }
    return plan;
}

}  // namespace

Check consent_without_evidence() { return {"consent_without_evidence", plan_evidence, found_where_affected}; }

}  // namespace crmaudit::checks
