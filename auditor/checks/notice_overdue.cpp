// Persons who were not told in time that their data is kept: due at the earliest of the collection (if they were the
// source), the first message to them, and the collection plus the policy's period.
#include "auditor/checks/registry.h"
#include "auditor/checks/roles.h"

namespace crmaudit::checks {
namespace {

/// A notice sent on the same day as the event it accompanies is in time, whatever the hour.
constexpr Period same_day{0, 1};

Condition due(const Entity& person, Date limit) {
    const Condition created = some_known(person, Role::created);
    return any({all({some_hold(person, Role::collected_from_person), created}), some_known(person, Role::first_message),
                some_before(person, Role::created, limit)});
}

Condition noticed_in_time(const Entity& person, Period within) {
    std::vector<Condition> in_time;
    for (const Attribute* each : person.in_role(Role::notice)) {
        const Operand notice = attribute(each->name);
        std::vector<Condition> late;
        for (const Attribute* created : person.in_role(Role::created)) {
            const Operand collected = attribute(created->name);
            late.push_back({LaterThan{notice, collected, within}});
            late.push_back(
                all({some_hold(person, Role::collected_from_person), {LaterThan{notice, collected, same_day}}}));
        }
        for (const Attribute* message : person.in_role(Role::first_message)) {
            late.push_back({LaterThan{notice, attribute(message->name), same_day}});
        }
        in_time.push_back(all({present(notice), negate(any(std::move(late)))}));
    }
    return any(std::move(in_time));
}

Plan plan_notice(const CheckInput& input) {
    Plan plan;
    const Period within = input.rule.period("within");
    const Date limit = cutoff(input.as_of, within);
    for (const Entity* person : persons(input, plan)) {
        if (!usable(*person, {Role::notice, Role::created}, plan)) continue;
        if (!whole(*person, {Role::first_message, Role::collected_from_person}, plan)) continue;
        Probe probe = probe_of(*person, all({due(*person, limit), negate(noticed_in_time(*person, within))}));
        if (person->absence(Role::notice) != nullptr) probe.facts.emplace_back("no_place_for_notice");
        const auto created = person->in_role(Role::created);
        if (!created.empty()) probe.oldest = created.front()->name;
        plan.probes.push_back(std::move(probe));
    }
    return plan;
}

}  // namespace

Check notice_overdue() { return {"notice_overdue", plan_notice, found_where_affected, "within"}; }

}  // namespace crmaudit::checks
