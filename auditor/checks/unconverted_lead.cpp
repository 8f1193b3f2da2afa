// Leads that never became a customer and with whom nothing has happened for the policy's period.
#include "auditor/checks/exemptions.h"
#include "auditor/checks/registry.h"
#include "auditor/checks/roles.h"
#include "auditor/model/reasons.h"

namespace crmaudit::checks {
namespace {

Plan plan_unconverted(const CheckInput& input) {
    Plan plan;
    const Date limit = cutoff(input.as_of, input.rule.period("after"));
    bool has_leads = false;
    const auto people = persons(input, plan);
    for (const Entity* lead : people) {
        if (lead->kind != EntityKind::lead) continue;
        has_leads = true;
        if (!usable(*lead, {Role::converted, Role::created, Role::activity}, plan)) continue;
        if (!whole(*lead, {Role::relationship}, plan) || !exemptions_usable(*lead, plan)) continue;
        const Condition created_long_ago = some_before(*lead, Role::created, limit);
        Probe probe = probe_of(*lead, all({created_long_ago, negate(some_hold(*lead, Role::converted)),
                                           negate(some_since(*lead, Role::activity, limit)),
                                           negate(some_hold(*lead, Role::relationship))}));
        leave_out(probe, Role::hold);
        leave_out(probe, Role::retention_duty);
        const auto created = lead->in_role(Role::created);
        if (!created.empty()) probe.oldest = created.front()->name;
        plan.probes.push_back(std::move(probe));
    }
    if (people.empty() || has_leads) return plan;
    // Somebody who wrote a profile would have mapped leads; a draft may just not have recognised them.
    if (input.discovered) {
        plan.gaps.push_back({"", reasons::text(reasons::not_mapped, to_string(Role::converted))});
    } else {
        plan.not_applicable = "no_leads";
    }
    return plan;
}

}  // namespace

Check unconverted_lead() { return {"unconverted_lead", plan_unconverted, found_where_affected, "after"}; }

}  // namespace crmaudit::checks
