// Persons without any contact for longer than the retention period, and without a running relationship.
#include "auditor/checks/registry.h"
#include "auditor/checks/roles.h"

namespace crmaudit::checks {
namespace {

Plan plan_stale(const CheckInput& input) {
    Plan plan;
    const Date limit = cutoff(input.as_of, input.rule.period("after"));
    const bool by_creation = input.rule.parameter("missing_activity") == "created";
    for (const Entity* person : persons(input, plan)) {
        if (!usable(*person, {Role::activity, Role::created}, plan)) continue;
        if (!whole(*person, {Role::relationship}, plan)) continue;
        const Condition known = some_known(*person, Role::activity);
        const Condition created_long_ago = some_before(*person, Role::created, limit);
        const Condition old = by_creation ? any({known, created_long_ago}) : known;
        // A later contact outweighs any number of earlier ones: the latest of all sources decides.
        Probe probe = probe_of(*person, all({old, negate(some_since(*person, Role::activity, limit)),
                                             negate(some_hold(*person, Role::relationship))}));
        const Condition dateless =
            by_creation ? all({negate(known), negate(some_known(*person, Role::created))}) : negate(known);
        probe.details.push_back({"no_date", all({person->live, dateless})});
        const auto created = person->in_role(Role::created);
        if (!created.empty()) probe.oldest = created.front()->name;
        if (person->in_role(Role::relationship).empty()) probe.facts.emplace_back("no_relationship_mapped");
        plan.probes.push_back(std::move(probe));
    }
    return plan;
}

}  // namespace

Check stale_person() { return {"stale_person", plan_stale, found_where_affected, "after"}; }

}  // namespace crmaudit::checks
