// Persons whose opens or clicks were recorded after they withdrew their consent to that, or objected to the mail.
#include "auditor/checks/registry.h"
#include "auditor/checks/roles.h"

namespace crmaudit::checks {
namespace {

bool is_absent(const Entity& person, Role role) { return person.absence(role) != nullptr; }

/// The open or click is later than every withdrawal.
Condition later_than_withdrawals(const Entity& person, const Operand& tracked) {
    std::vector<Condition> later;
    for (const Role role : {Role::tracking_refused_at, Role::marketing_objected}) {
        for (const Attribute* each : person.in_role(role)) {
            const Operand withdrawn = attribute(each->name);
            later.push_back(any({missing(withdrawn), {LaterThan{tracked, withdrawn, Period{}}}}));
        }
    }
    return all(std::move(later));
}

/// Between the withdrawals and the open or click the person agreed to tracking anew.
Condition agreed_meanwhile(const Entity& person, const Operand& tracked) {
    std::vector<Condition> agreed;
    for (const Attribute* each : person.in_role(Role::tracking_granted_at)) {
        const Operand granted = attribute(each->name);
        agreed.push_back(all({present(granted), later_than_withdrawals(person, granted),
                              negate({LaterThan{granted, tracked, Period{}}})}));
    }
    return any(std::move(agreed));
}

Condition tracked_against(const Entity& person) {
    std::vector<Condition> against;
    for (const Attribute* each : person.in_role(Role::tracked_at)) {
        const Operand tracked = attribute(each->name);
        against.push_back(all(
            {present(tracked), later_than_withdrawals(person, tracked), negate(agreed_meanwhile(person, tracked))}));
    }
    return any(std::move(against));
}

Plan plan_withdrawal(const CheckInput& input) {
    Plan plan;
    bool tracks = false;
    for (const Entity* person : persons(input, plan)) {
        if (is_absent(*person, Role::tracked_at)) continue;
        tracks = true;
        if (is_absent(*person, Role::tracking_refused_at) && is_absent(*person, Role::marketing_objected)) continue;
        if (!usable(*person, {Role::tracked_at, Role::tracking_refused_at, Role::marketing_objected}, plan)) continue;
        if (!whole(*person, {Role::tracking_granted_at}, plan)) continue;
        const Condition withdrawn = some_known(*person, Role::tracking_refused_at);
        const Condition objected = some_known(*person, Role::marketing_objected);
        Probe probe = probe_of(*person, tracked_against(*person));
        probe.total = all({person->live, any({withdrawn, objected})});
        probe.details.push_back({"after_tracking_withdrawal", all({probe.total, probe.affected, withdrawn})});
        probe.details.push_back({"after_mail_objection", all({probe.total, probe.affected, objected})});
        probe.facts = columns_of(*person, Role::tracked_at);
        plan.probes.push_back(std::move(probe));
    }
    if (plan.probes.empty() && plan.gaps.empty()) {
        plan.not_applicable = "no_tracking";
        if (tracks) plan.not_applicable = "no_objection_dates";
    }
    return plan;
}

}  // namespace

Check tracking_after_withdrawal() { return {"tracking_after_withdrawal", plan_withdrawal, found_where_affected}; }

}  // namespace crmaudit::checks
