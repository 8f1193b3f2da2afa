// Persons who get marketing mail, or are on a list that gets it, without a positive sign of consent. The policy decides
// whether mail that staff write to one person counts, and whether customers are a matter of their own.
#include "auditor/checks/consent.h"
#include "auditor/checks/marketing.h"
#include "auditor/checks/registry.h"
#include "auditor/checks/roles.h"

namespace crmaudit::checks {
namespace {

/// Staff wrote to somebody who never answered and with whom there is no business: cold mail.
Condition mailed_cold(const Entity& person, Plan& plan) {
    if (!usable(person, {Role::individual_sent, Role::responded, Role::customer}, plan)) return any({});
    if (!whole(person, {Role::relationship}, plan)) return any({});
    return all({some_known(person, Role::individual_sent), negate(some_known(person, Role::responded)),
                negate(some_hold(person, Role::relationship)), negate(some_hold(person, Role::customer))});
}

Plan plan_marketing(const CheckInput& input) {
    Plan plan;
    const bool individual_counts = input.rule.parameter("individual") == "counts";
    const bool customers_apart = input.rule.parameter("existing_customers") == "apart";
    for (const Entity* person : persons(input, plan)) {
        if (!consent_usable(*person, marketing, plan)) continue;
        std::vector<Condition> mailed{marketed(*person, plan).value_or(any({}))};
        if (individual_counts) mailed.push_back(mailed_cold(*person, plan));
        const Condition reached = any(std::move(mailed));
        if (never(reached)) continue;
        const ConsentStates consent = consent_states(*person, marketing);
        Probe probe = consent_probe(*person, marketing, negate(consent.granted));
        probe.total = all({person->live, reached});
        if (customers_apart && usable(*person, Role::customer, plan)) {
            probe.total = all({probe.total, negate(all({some_hold(*person, Role::customer), consent.unknown}))});
        }
        probe.details.push_back({"refused", all({probe.total, consent.refused})});
        probe.details.push_back({"unknown", all({probe.total, consent.unknown})});
        probe.facts = consent_columns(*person, marketing);
        plan.probes.push_back(std::move(probe));
    }
    if (plan.probes.empty() && plan.gaps.empty()) plan.not_applicable = "no_marketing";
    return plan;
}

}  // namespace

Check marketing_without_consent() { return {"marketing_without_consent", plan_marketing, found_where_affected}; }

}  // namespace crmaudit::checks
