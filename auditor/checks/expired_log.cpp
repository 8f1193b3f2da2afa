// Rows of logs that are older than the policy's period.
#include "auditor/checks/exemptions.h"
#include "auditor/checks/registry.h"
#include "auditor/checks/roles.h"

namespace crmaudit::checks {
namespace {

Plan plan_log(const CheckInput& input) {
    Plan plan;
    const Date limit = cutoff(input.as_of, input.rule.period("after"));
    for (const Entity* log : of_kind(input, EntityKind::log, "no_logs", plan)) {
        if (log->absence(Role::created) != nullptr) continue;
        if (!usable(*log, Role::created, plan) || !exemptions_usable(*log, plan)) continue;
        Probe probe = probe_of(*log, some_before(*log, Role::created, limit));
        leave_out(probe, Role::hold);
        leave_out(probe, Role::retention_duty);
        probe.oldest = log->in_role(Role::created).front()->name;
        plan.probes.push_back(std::move(probe));
    }
    if (plan.probes.empty() && plan.gaps.empty() && !plan.not_applicable) plan.not_applicable = "no_start_dates";
    return plan;
}

}  // namespace

Check expired_log() { return {"expired_log", plan_log, found_where_affected, "after"}; }

}  // namespace crmaudit::checks
