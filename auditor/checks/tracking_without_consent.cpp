// Persons whose opens or clicks are kept without a consent to tracking. Where the CRM has no place for such a consent,
// that is everyone who is tracked.
#include "auditor/checks/consent.h"
#include "auditor/checks/registry.h"
#include "auditor/checks/roles.h"

namespace crmaudit::checks {
namespace {

Plan plan_tracking(const CheckInput& input) {
    Plan plan;
    for (const Entity* person : persons(input, plan)) {
        if (person->absence(Role::tracked) != nullptr) continue;
        if (!usable(*person, Role::tracked, plan) || !consent_usable(*person, tracking, plan)) continue;
        const ConsentStates consent = consent_states(*person, tracking);
        Probe probe = consent_probe(*person, tracking, negate(consent.granted));
        probe.total = all({person->live, some_hold(*person, Role::tracked)});
        probe.details.push_back({"refused", all({probe.total, consent.refused})});
        probe.details.push_back({"unknown", all({probe.total, consent.unknown})});
        if (person->absence(Role::tracking_granted) != nullptr) probe.facts.emplace_back("no_place_for_consent");
        for (std::string& column : columns_of(*person, Role::tracked)) probe.facts.push_back(std::move(column));
        plan.probes.push_back(std::move(probe));
    }
    if (plan.probes.empty() && plan.gaps.empty()) plan.not_applicable = "no_tracking";
    return plan;
}

}  // namespace

Check tracking_without_consent() { return {"tracking_without_consent", plan_tracking, found_where_affected}; }

}  // namespace crmaudit::checks
