// Persons whose opens or clicks are kept by a CRM in which nobody can agree to that, or nobody can refuse.
#include "auditor/checks/consent.h"
#include "auditor/checks/registry.h"
#include "auditor/checks/roles.h"

namespace crmaudit::checks {
namespace {

bool has_place(const Entity& person, Role flag, Role date) {
    return !person.in_role(flag).empty() || !person.in_role(date).empty();
}

Plan plan_choice(const CheckInput& input) {
    Plan plan;
    bool tracks = false;
    for (const Entity* person : persons(input, plan)) {
        if (person->absence(Role::tracked) != nullptr) continue;
        tracks = true;
        if (!usable(*person, Role::tracked, plan) || !consent_usable(*person, tracking, plan)) continue;
        const bool can_agree = has_place(*person, tracking.granted, tracking.granted_at);
        const bool can_refuse = has_place(*person, tracking.refused, tracking.refused_at);
        if (can_agree && can_refuse) continue;
        Probe probe = probe_of(*person, some_hold(*person, Role::tracked));
        if (!can_agree) probe.facts.emplace_back("no_place_for_consent");
        if (!can_refuse) probe.facts.emplace_back("no_place_for_refusal");
        plan.probes.push_back(std::move(probe));
    }
    if (!tracks && plan.gaps.empty()) plan.not_applicable = "no_tracking";
    return plan;
}

}  // namespace

Check no_tracking_choice() { return {"no_tracking_choice", plan_choice, found_where_affected}; }

}  // namespace crmaudit::checks
