// Accounts that may log in from every address of the net: whoever learns the password needs nothing else.
#include "auditor/access/host_rules.h"
#include "auditor/checks/logins.h"
#include "auditor/checks/registry.h"

namespace crmaudit::checks {
namespace {

using access::Origin;

Plan plan_remote(const CheckInput& input) {
    Plan plan = whole_permission_plan(input);
    add_gap_about(input, fact_kinds::host_rules, plan);
    return plan;
}

std::vector<Finding> judge_remote(const CheckInput& input, const Plan& plan,
                                  std::span<const std::optional<Measured>> /*measured*/) {
    if (cannot_judge(input, plan)) return {};
    std::vector<Finding> findings = findings_about_lines(input, [&](const Permissions::HostRule& rule) {
        std::vector<std::string> facts;
        if (access::origin_of(rule) != Origin::anywhere) return facts;
        facts.emplace_back("from_anywhere");
        add_listening(input, facts);
        return facts;
    });
    for (const access::Id id : accounts_at_stake(input)) {
        const auto& principal = input.access->facts().principals[id];
        if (principal.host.empty() || access::origin_of_host(principal.host) != Origin::anywhere) continue;
        std::vector<std::string> facts{"from_anywhere"};
        add_listening(input, facts);
        findings.push_back(finding_about_account(input, id, std::move(facts)));
    }
    return findings;
}

}  // namespace

Check remote_access() { return {"remote_access", plan_remote, judge_remote}; }

}  // namespace crmaudit::checks
