// Persons who agreed longer ago than the policy's period, and to whom nothing was sent since then.
#include "auditor/checks/consent.h"
#include "auditor/checks/registry.h"
#include "auditor/checks/roles.h"

namespace crmaudit::checks {
namespace {

Plan plan_stale_consent(const CheckInput& input) {
    Plan plan;
    const Date limit = cutoff(input.as_of, input.rule.period("after"));
    for (const Entity* person : persons(input, plan)) {
        if (person->absence(Role::marketing_granted_at) != nullptr) continue;
        if (!consent_usable(*person, marketing, plan)) continue;
        if (!usable(*person, {Role::marketing_granted_at, Role::marketing_sent}, plan)) continue;
        Probe probe = consent_probe(*person, marketing,
                                    all({some_known(*person, Role::marketing_granted_at),
                                         negate(some_since(*person, Role::marketing_granted_at, limit)),
                                         negate(some_since(*person, Role::marketing_sent, limit))}));
        probe.total = all({person->live, consent_states(*person, marketing).granted});
        probe.oldest = person->in_role(Role::marketing_granted_at).front()->name;
        probe.facts = columns_of(*person, Role::marketing_granted_at);
        plan.probes.push_back(std::move(probe));
    }
    if (plan.probes.empty() && plan.gaps.empty()) plan.not_applicable = "no_consent_dates";
    return plan;
}

}  // namespace

Check stale_consent() { return {"stale_consent", plan_stale_consent, found_where_affected, "after"}; }

}  // namespace crmaudit::checks
