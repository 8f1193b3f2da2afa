// Persons of whom the database says both that they agreed and that they refused, as things stand.
#include "auditor/checks/consent.h"
#include "auditor/checks/registry.h"
#include "auditor/checks/roles.h"

namespace crmaudit::checks {
namespace {

Plan plan_contradiction(const CheckInput& input) {
    Plan plan;
    for (const Entity* person : persons(input, plan)) {
        if (!consent_usable(*person, marketing, plan)) continue;
        // Dates are events, of which the latest decides: only what stands side by side can contradict.
        const Condition both =
            all({some_hold(*person, Role::marketing_granted), some_hold(*person, Role::marketing_refused)});
        if (never(both)) continue;
        Probe probe = consent_probe(*person, marketing, both);
        probe.facts = consent_columns(*person, marketing);
        plan.probes.push_back(std::move(probe));
    }
    if (plan.probes.empty() && plan.gaps.empty()) plan.not_applicable = "no_two_sides";
    return plan;
}

}  // namespace

Check contradictory_consent() { return {"contradictory_consent", plan_contradiction, found_where_affected}; }

}  // namespace crmaudit::checks
