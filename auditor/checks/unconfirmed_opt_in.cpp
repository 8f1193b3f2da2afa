// Persons who were asked for their consent and never confirmed it.
#include "auditor/checks/consent.h"
#include "auditor/checks/registry.h"
#include "auditor/checks/roles.h"

namespace crmaudit::checks {
namespace {

Plan plan_unconfirmed(const CheckInput& input) {
    Plan plan;
    for (const Entity* person : persons(input, plan)) {
        if (person->absence(Role::marketing_pending) != nullptr) continue;
        if (!usable(*person, Role::marketing_pending, plan) || !consent_usable(*person, marketing, plan)) continue;
        Probe probe = consent_probe(
            *person, marketing,
            all({some_hold(*person, Role::marketing_pending), consent_states(*person, marketing).unknown}));
        probe.facts = columns_of(*person, Role::marketing_pending);
        plan.probes.push_back(std::move(probe));
    }
    if (plan.probes.empty() && plan.gaps.empty()) plan.not_applicable = "no_pending_consent";
    return plan;
}

}  // namespace

Check unconfirmed_opt_in() { return {"unconfirmed_opt_in", plan_unconfirmed, found_where_affected}; }

}  // namespace crmaudit::checks
