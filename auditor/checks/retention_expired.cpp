// Rows of one kind whose retention period, counted from the day the policy names, is over.
#include <stdexcept>

#include "auditor/checks/exemptions.h"
#include "auditor/checks/registry.h"
#include "auditor/checks/roles.h"

namespace crmaudit::checks {
namespace {

[[noreturn]] void refuse(const Rule& rule, const char* parameter, const char* what) {
    throw std::invalid_argument("rule " + rule.id + ": parameter " + parameter + " must be " + what);
}

Plan plan_retention(const CheckInput& input) {
    Plan plan;
    const Date limit = cutoff(input.as_of, input.rule.period("after"));
    const auto kind = entity_kind_from(input.rule.parameter("kind"));
    if (!kind) refuse(input.rule, "kind", "a kind of entity such as message or request");
    const auto start = role_from(input.rule.parameter("start"));
    if (!start || value_type_of(*start) != ValueType::date) refuse(input.rule, "start", "the role of a date");
    for (const Entity* entity : of_kind(input, *kind, "no_such_kind", plan)) {
        if (entity->absence(*start) != nullptr) continue;
        if (!usable(*entity, *start, plan) || !whole(*entity, {Role::relationship}, plan)) continue;
        if (!exemptions_usable(*entity, plan)) continue;
        Probe probe = probe_of(*entity, all({some_known(*entity, *start), negate(some_since(*entity, *start, limit)),
                                             negate(some_hold(*entity, Role::relationship))}));
        probe.details.push_back({"no_date", all({probe.total, negate(some_known(*entity, *start))})});
        leave_out(probe, Role::hold);
        leave_out(probe, Role::retention_duty);
        probe.oldest = entity->in_role(*start).front()->name;
        probe.facts = columns_of(*entity, *start);
        plan.probes.push_back(std::move(probe));
    }
    if (plan.probes.empty() && plan.gaps.empty() && !plan.not_applicable) plan.not_applicable = "no_start_dates";
    return plan;
}

}  // namespace

Check retention_expired() { return {"retention_expired", plan_retention, found_where_affected, "after kind start"}; }

}  // namespace crmaudit::checks
