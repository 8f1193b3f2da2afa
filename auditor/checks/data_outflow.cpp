// What carries data to places that the policy does not name as recipients: out of the database linked servers with
// stored logins, publications, replication, tables that live elsewhere; out of the CRM what its users set up there.
#include <algorithm>

#include "auditor/checks/crm_users.h"
#include "auditor/checks/grants.h"
#include "auditor/checks/registry.h"
#include "auditor/model/reasons.h"
#include "auditor/model/wildcard.h"

namespace crmaudit::checks {
namespace {

Plan plan_database(const CheckInput& input) {
    Plan plan = whole_permission_plan(input);
    add_gap_about(input, "outlets", plan);
    return plan;
}

Plan plan_crm(const CheckInput& input) {
    Plan plan;
    plan.gaps = input.outlets.gaps;
    if (input.maps_outlets) return plan;
    const bool has_none = std::any_of(input.absent_kinds.begin(), input.absent_kinds.end(),
                                      [](const AbsentKind& each) { return each.kind == EntityKind::outlet; });
    if (has_none) {
        plan.not_applicable = "no_crm_outlets";
    } else if (input.has_profile && !input.discovered) {
        plan.gaps.push_back({"", reasons::text(reasons::not_mapped, to_string(EntityKind::outlet))});
    } else {
        plan.gaps.push_back({"", std::string{reasons::no_profile}});
    }
    return plan;
}

Plan plan_outflow(const CheckInput& input) { return together(plan_database(input), plan_crm(input)); }

bool is_declared(const CheckInput& input, const std::string& name) {
    return std::any_of(input.policy.recipients.begin(), input.policy.recipients.end(),
                       [&](const Recipient& each) { return matches_wildcard(name, each.name); });
}

std::vector<Finding> judge_database(const CheckInput& input) {
    std::vector<Finding> findings;
    if (cannot_judge(input, plan_database(input))) return findings;
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

/// Of what has neither a name nor a host only the sort can be declared.
bool is_declared(const CheckInput& input, const CrmOutlet& outlet) {
    if (outlet.name.empty() && outlet.host.empty()) return is_declared(input, outlet.what);
    return (!outlet.name.empty() && is_declared(input, outlet.name)) ||
           (!outlet.host.empty() && is_declared(input, outlet.host));
}

std::vector<Finding> judge_crm(const CheckInput& input) {
    std::vector<Finding> findings;
    for (const CrmOutlet& outlet : input.outlets.outlets) {
        if (is_declared(input, outlet)) continue;
        Object object;
        object.entity = outlet.what;
        object.table = outlet.table;
        object.part = outlet.name;
        object.host = outlet.host;
        std::vector<std::string> facts{"outlet_" + outlet.what};
        if (outlet.last_used) facts.push_back("last_used: " + to_string(*outlet.last_used));
        findings.push_back(permission_finding(input, std::move(object), std::move(facts)));
        findings.back().affected = outlet.count;
        findings.back().total = outlet.count;
    }
    return findings;
}

std::vector<Finding> judge_outflow(const CheckInput& input, const Plan& /*plan*/,
                                   std::span<const std::optional<Measured>> /*measured*/) {
    std::vector<Finding> findings = judge_database(input);
    for (Finding& finding : judge_crm(input)) findings.push_back(std::move(finding));
    return findings;
}

}  // namespace

Check data_outflow() { return {"data_outflow", plan_outflow, judge_outflow}; }

}  // namespace crmaudit::checks
