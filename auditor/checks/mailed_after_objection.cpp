// Persons who got marketing mail later than the day on which they objected.
#include "auditor/checks/consent.h"
#include "auditor/checks/registry.h"
#include "auditor/checks/roles.h"

namespace crmaudit::checks {
namespace {

Plan plan_objection(const CheckInput& input) {
    Plan plan;
    for (const Entity* person : persons(input, plan)) {
        if (person->absence(Role::marketing_sent) != nullptr || person->absence(Role::marketing_objected) != nullptr) {
            continue;
        }
        if (!consent_usable(*person, marketing, plan)) continue;
        if (!usable(*person, {Role::marketing_sent, Role::marketing_objected}, plan)) continue;
        Probe probe =
            consent_probe(*person, marketing,
                          all({some_known(*person, Role::marketing_objected),
                               some_later_than_all(*person, Role::marketing_sent, Role::marketing_objected)}));
        probe.total = all({person->live, consent_states(*person, marketing).refused});
        probe.details.push_back({"no_date", all({probe.total, some_known(*person, Role::marketing_sent),
                                                 negate(some_known(*person, Role::marketing_objected))})});
        probe.facts = columns_of(*person, Role::marketing_objected);
        plan.probes.push_back(std::move(probe));
    }
    if (plan.probes.empty() && plan.gaps.empty()) plan.not_applicable = "no_objection_dates";
    return plan;
}

}  // namespace

Check mailed_after_objection() { return {"mailed_after_objection", plan_objection, found_where_affected}; }

}  // namespace crmaudit::checks
