// Persons who get marketing mail, or are on a list that gets it, without a positive sign of consent.
#include "auditor/checks/registry.h"
#include "auditor/checks/roles.h"
#include "auditor/model/reasons.h"

namespace crmaudit::checks {
namespace {

Plan plan_marketing(const CheckInput& input) {
    Plan plan;
    for (const Entity* person : persons(input, plan)) {
        if (!usable(*person, {Role::marketing_granted, Role::marketing_refused}, plan)) continue;
        if (!whole(*person, {Role::marketing_sent, Role::marketing_listed}, plan)) continue;
        const Condition marketed =
            any({some_known(*person, Role::marketing_sent), some_hold(*person, Role::marketing_listed)});
        if (never(marketed)) {
            if (person->absence(Role::marketing_sent) == nullptr) {
                plan.gaps.push_back(
                    {person->name, reasons::text(reasons::not_mapped, to_string(Role::marketing_sent))});
            }
            continue;
        }
        const ConsentStates consent = marketing_consent(*person);
        Probe probe = probe_of(*person, negate(consent.granted));
        probe.total = all({person->live, marketed});
        probe.details.push_back({"refused", all({probe.total, consent.refused})});
        probe.details.push_back({"unknown", all({probe.total, consent.unknown})});
        probe.facts = columns_of(*person, Role::marketing_granted);
        for (std::string& column : columns_of(*person, Role::marketing_refused)) {
            probe.facts.push_back(std::move(column));
        }
        plan.probes.push_back(std::move(probe));
    }
    if (plan.probes.empty() && plan.gaps.empty()) plan.not_applicable = "no_marketing";
    return plan;
}

}  // namespace

Check marketing_without_consent() { return {"marketing_without_consent", plan_marketing, found_where_affected}; }

}  // namespace crmaudit::checks
