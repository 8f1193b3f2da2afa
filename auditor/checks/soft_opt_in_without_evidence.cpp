// Customers who get marketing mail and have neither agreed nor refused, where nothing shows that the exception for
// existing customers holds: similar goods, and the right to object told at collection and in each message.
#include "auditor/checks/consent.h"
#include "auditor/checks/marketing.h"
#include "auditor/checks/registry.h"
#include "auditor/checks/roles.h"

namespace crmaudit::checks {
namespace {

Plan plan_soft_opt_in(const CheckInput& input) {
    Plan plan;
    for (const Entity* person : persons(input, plan)) {
        if (person->absence(Role::customer) != nullptr) continue;
        if (!consent_usable(*person, marketing, plan)) continue;
        if (!usable(*person, {Role::customer, Role::similar_goods, Role::objection_notice}, plan)) continue;
        const auto reached = marketed(*person, plan);
        if (!reached) continue;
        const Condition evidence =
            all({some_hold(*person, Role::similar_goods), some_hold(*person, Role::objection_notice)});
        Probe probe = consent_probe(*person, marketing, negate(evidence));
        probe.total = all(
            {person->live, *reached, consent_states(*person, marketing).unknown, some_hold(*person, Role::customer)});
        probe.facts = columns_of(*person, Role::customer);
        if (person->absence(Role::similar_goods) != nullptr) probe.facts.emplace_back("no_place_for_similar_goods");
        if (person->absence(Role::objection_notice) != nullptr) {
            probe.facts.emplace_back("no_place_for_objection_notice");
        }
        plan.probes.push_back(std::move(probe));
    }
    if (plan.probes.empty() && plan.gaps.empty()) plan.not_applicable = "no_customers";
    return plan;
}

}  // namespace

Check soft_opt_in_without_evidence() {
    return {"soft_opt_in_without_evidence", plan_soft_opt_in, found_where_affected};
}

}  // namespace crmaudit::checks
