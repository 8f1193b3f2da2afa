#include "auditor/checks/crm_users.h"

#include "auditor/checks/roles.h"

namespace crmaudit::checks {

std::vector<const Entity*> crm_users(const CheckInput& input, Plan& plan) {
    return of_kind(input, EntityKind::user, "no_crm_users", plan);
}

Probe probe_of_users(const Entity& users, Condition affected) {
    Probe probe = probe_of(users, std::move(affected));
    const bool all_can = users.in_role(Role::can_log_in).empty();
    if (!all_can) probe.total = all({probe.total, some_hold(users, Role::can_log_in)});
    return probe;
}

Plan together(Plan database, Plan crm) {
    Plan plan = std::move(database);
    if (!crm.not_applicable) plan.not_applicable.reset();
    plan.gaps.insert(plan.gaps.end(), crm.gaps.begin(), crm.gaps.end());
    plan.probes = std::move(crm.probes);
    return plan;
}

}  // namespace crmaudit::checks
