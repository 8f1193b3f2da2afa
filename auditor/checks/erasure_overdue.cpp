// Requests to be erased that are open: a finding from the day they come in, and as severe as the rule says once the
// policy's delay is over.
#include "auditor/checks/registry.h"
#include "auditor/checks/requests.h"
#include "auditor/checks/roles.h"

namespace crmaudit::checks {
namespace {

Plan plan_erasure(const CheckInput& input) {
    Plan plan;
    const Date limit = cutoff(input.as_of, input.rule.period("undue_delay"));
    for (Probe& probe : open_requests(input, Role::request_erasure, plan)) {
        probe.details.push_back(
            {"overdue", all({probe.total, probe.affected, some_before(probe.entity, Role::received, limit)})});
        plan.probes.push_back(std::move(probe));
    }
    return plan;
}

std::vector<Finding> judge_erasure(const CheckInput& input, const Plan& plan,
                                   std::span<const std::optional<Measured>> measured) {
    std::vector<Finding> findings = found_where_affected(input, plan, measured);
    const auto in_time = severity_from(input.rule.parameter("in_time"));
    for (Finding& finding : findings) {
        const bool overdue = finding.details.front().count > 0;
        if (!overdue && in_time) finding.severity = *in_time;
    }
    return findings;
}

}  // namespace

Check erasure_overdue() { return {"erasure_overdue", plan_erasure, judge_erasure, "undue_delay"}; }

}  // namespace crmaudit::checks
