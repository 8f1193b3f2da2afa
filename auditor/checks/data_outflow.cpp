// What carries data out of the database to places that the policy does not name as recipients: linked servers with
// stored logins, publications, replication, tables that live elsewhere.
#include <algorithm>

#include "auditor/checks/grants.h"
#include "auditor/checks/registry.h"
#include "auditor/model/wildcard.h"

namespace crmaudit::checks {
namespace {

Plan plan_outflow(const CheckInput& input) {
    Plan plan = whole_permission_plan(input);
    add_gap_about(input, "outlets", plan);
    return plan;
}

bool is_declared(const CheckInput& input, const std::string& name) {
    return std::any_of(input.policy.recipients.begin(), input.policy.recipients.end(),
                       [&](const Recipient& each) { return matches_wildcard(name, each.name); });
}

std::vector<Finding> judge_outflow(const CheckInput& input, const Plan& plan,
                                   std::span<const std::optional<Measured>> /*measured*/) {
    std::vector<Finding> findings;
    if (cannot_judge(input, plan)) return findings;
    for (const Permissions::Outlet& outlet : input.access->facts().outlets) {
        if (is_declared(input, outlet.name)) continue;
        Object object;
        object.entity = outlet.what;
        if (outlet.what == "replication_account") {
            object.principal = outlet.name;
        } else if (outlet.what == "remote_table") {
            object.table = {input.catalog.default_schema, outlet.name};
        } else {
            object.part = outlet.name;
        }
        findings.push_back(permission_finding(input, std::move(object), {"outlet_" + outlet.what}));
        findings.back().affected = 1;
    }
    return findings;
}

}  // namespace

Check data_outflow() { return {"data_outflow", plan_outflow, judge_outflow}; }

}  // namespace crmaudit::checks
