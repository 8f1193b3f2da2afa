// Rows with personal data whose person is gone: messages, events and lists that an erasure has left behind.
#include "auditor/checks/registry.h"
#include "auditor/checks/roles.h"
#include "auditor/model/reasons.h"

namespace crmaudit::checks {
namespace {

Plan plan_orphans(const CheckInput& input) {
    Plan plan;
    bool said = false;
    for (const Entity& entity : input.entities) {
        if (is_person(entity.kind)) continue;
        if (!whole(entity, {Role::owner, Role::personal}, plan)) continue;
        said = said || entity.absence(Role::owner) != nullptr;
        if (entity.in_role(Role::owner).empty()) continue;
        const Condition alone = negate(some_hold(entity, Role::owner));
        const bool knows_columns = !entity.in_role(Role::personal).empty();
        Probe probe = probe_of(entity, knows_columns ? all({alone, some_known(entity, Role::personal)}) : alone);
        probe.facts = columns_of(entity, Role::personal);
        plan.probes.push_back(std::move(probe));
    }
    if (!plan.probes.empty() || !plan.gaps.empty()) return plan;
    if (said) {
        plan.not_applicable = "no_owners";
    } else {
        plan.gaps.push_back({"", input.has_profile ? reasons::text(reasons::not_mapped, to_string(Role::owner))
                                                   : std::string{reasons::no_profile}});
    }
    return plan;
}

}  // namespace

Check orphaned_personal_rows() { return {"orphaned_personal_rows", plan_orphans, found_where_affected}; }

}  // namespace crmaudit::checks
