#include "auditor/checks/requests.h"

#include "auditor/checks/roles.h"

namespace crmaudit::checks {

std::vector<Probe> open_requests(const CheckInput& input, Role right, Plan& plan) {
    std::vector<Probe> probes;
    const auto requests = of_kind(input, EntityKind::request, "no_requests", plan);
    for (const Entity* request : requests) {
        if (request->absence(right) != nullptr) continue;
        if (!usable(*request, {right, Role::answered, Role::received}, plan)) continue;
        Probe probe = probe_of(*request, negate(some_hold(*request, Role::answered)));
        probe.total = all({request->live, some_hold(*request, right)});
        const auto received = request->in_role(Role::received);
        if (!received.empty()) probe.oldest = received.front()->name;
        probes.push_back(std::move(probe));
    }
    if (probes.empty() && plan.gaps.empty() && !plan.not_applicable) plan.not_applicable = "no_such_requests";
    return probes;
}

Plan plan_overdue(const CheckInput& input, Role right) {
    Plan plan;
    const Date limit = cutoff(input.as_of, input.rule.period("within"));
    for (Probe& probe : open_requests(input, right, plan)) {
        probe.affected = all({probe.affected, some_before(probe.entity, Role::received, limit)});
        plan.probes.push_back(std::move(probe));
    }
    return plan;
}

}  // namespace crmaudit::checks
