// Rows that the CRM's users see as deleted and that still hold personal data after the policy's period.
#include "auditor/checks/fields.h"
#include "auditor/checks/registry.h"
#include "auditor/checks/roles.h"

namespace crmaudit::checks {
namespace {

Plan plan_soft_deleted(const CheckInput& input) {
    Plan plan;
    const Date limit = cutoff(input.as_of, input.rule.period("after"));
    for (const Entity* person : persons(input, plan)) {
        if (person->absence(Role::deleted) != nullptr) continue;
        if (!usable(*person, Role::deleted, plan) || !whole(*person, {Role::deleted_at}, plan)) continue;
        const Table* table = input.catalog.find(person->table);
        if (table == nullptr) continue;
        Probe probe = probe_of(
            *person, all({negate(some_since(*person, Role::deleted_at, limit)), holds_personal_data(input, *table)}));
        probe.total = some_hold(*person, Role::deleted);
        probe.details.push_back(
            {"no_date", all({probe.total, probe.affected, negate(some_known(*person, Role::deleted_at))})});
        const auto deleted_at = person->in_role(Role::deleted_at);
        if (!deleted_at.empty()) probe.oldest = deleted_at.front()->name;
        plan.probes.push_back(std::move(probe));
    }
    if (plan.probes.empty() && plan.gaps.empty()) plan.not_applicable = "no_soft_deletion";
    return plan;
}

}  // namespace

Check soft_deleted_not_erased() {
    return {"soft_deleted_not_erased", plan_soft_deleted, found_where_affected, "after"};
}

}  // namespace crmaudit::checks
