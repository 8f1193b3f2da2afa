// Persons without any contact for longer than the retention period, and without a running relationship.
#include <algorithm>

#include "auditor/checks/exemptions.h"
#include "auditor/checks/registry.h"
#include "auditor/checks/roles.h"

namespace crmaudit::checks {
namespace {

/// What the policy takes for a contact; any contact, unless it says otherwise.
std::vector<Role> activity_roles(const Rule& rule) {
    std::vector<Role> roles;
    for (const std::string& name : rule.words("activity")) {
        if (const auto role = role_from(name)) roles.push_back(*role);
    }
    if (roles.empty()) roles.push_back(Role::activity);
    return roles;
}

template <typename Ask>
Condition some_role(const std::vector<Role>& roles, Ask ask) {
    std::vector<Condition> conditions;
    for (const Role role : roles) conditions.push_back(ask(role));
    return any(std::move(conditions));
}

Plan plan_stale(const CheckInput& input) {
    Plan plan;
    const Date limit = cutoff(input.as_of, input.rule.period("after"));
    const bool by_creation = input.rule.parameter("missing_activity") == "created";
    const std::vector<Role> roles = activity_roles(input.rule);
    for (const Entity* person : persons(input, plan)) {
        const auto usable_role = [&](Role role) { return usable(*person, role, plan); };
        const bool mapped = std::count_if(roles.begin(), roles.end(), usable_role) == std::ssize(roles);
        if (!usable_role(Role::created) || !mapped) continue;
        if (!whole(*person, {Role::relationship}, plan) || !exemptions_usable(*person, plan)) continue;
        const Condition known = some_role(roles, [&](Role role) { return some_known(*person, role); });
        const Condition recent = some_role(roles, [&](Role role) { return some_since(*person, role, limit); });
        const Condition created_long_ago = some_before(*person, Role::created, limit);
        const Condition old = by_creation ? any({known, created_long_ago}) : known;
        // A later contact outweighs any number of earlier ones: the latest of all sources decides.
        // What most rows are is asked first, as databases stop there.
        Probe probe = probe_of(*person, all({negate(recent), old, negate(some_hold(*person, Role::relationship))}));
        const Condition dateless =
            by_creation ? all({negate(known), negate(some_known(*person, Role::created))}) : negate(known);
        probe.details.push_back({"no_date", all({person->live, dateless})});
        leave_out(probe, Role::hold);
        tell_apart(probe, Role::retention_duty);
        for (const Role role : roles) {
            for (const Attribute* each : person->in_role(role)) probe.ages.push_back(each->name);
        }
        const auto created = person->in_role(Role::created);
        if (!created.empty()) probe.oldest = created.front()->name;
        if (by_creation) {
            for (const Attribute* each : created) probe.ages.push_back(each->name);
        }
        if (person->in_role(Role::relationship).empty()) probe.facts.emplace_back("no_relationship_mapped");
        plan.probes.push_back(std::move(probe));
    }
    return plan;
}

}  // namespace

Check stale_person() { return {"stale_person", plan_stale, found_where_affected, "after"}; }

}  // namespace crmaudit::checks
