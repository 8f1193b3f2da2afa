// Persons who got mail that went to many, without a positive sign of consent. Mail that staff write to one person is no
// such mail, and neither is a list that nothing was sent to.
#include "auditor/checks/consent.h"
#include "auditor/checks/registry.h"
#include "auditor/checks/roles.h"

namespace crmaudit::checks {
namespace {

Plan plan_bulk_mail(const CheckInput& input) {
    Plan plan;
    for (const Entity* person : persons(input, plan)) {
        if (person->absence(Role::marketing_sent) != nullptr) continue;
        if (!consent_usable(*person, marketing, plan) || !usable(*person, Role::marketing_sent, plan)) continue;
        const ConsentStates consent = consent_states(*person, marketing);
        Probe probe = consent_probe(*person, marketing, negate(consent.granted));
        probe.total = all({person->live, some_known(*person, Role::marketing_sent)});
        probe.details.push_back({"refused", all({probe.total, consent.refused})});
        probe.details.push_back({"unknown", all({probe.total, consent.unknown})});
        probe.facts = consent_columns(*person, marketing);
        plan.probes.push_back(std::move(probe));
    }
    if (plan.probes.empty() && plan.gaps.empty()) plan.not_applicable = "no_marketing";
    return plan;
}

}  // namespace

Check bulk_mail_without_consent() { return {"bulk_mail_without_consent", plan_bulk_mail, found_where_affected}; }

}  // namespace crmaudit::checks
