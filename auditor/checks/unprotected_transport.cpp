// Lines over the net that nobody has to encrypt: passwords and rows can be read on the way. The audit's own counts too.
#include <algorithm>

#include "auditor/access/host_rules.h"
#include "auditor/checks/logins.h"
#include "auditor/checks/registry.h"

namespace crmaudit::checks {
namespace {

using access::Origin;

/// Whether encryption is asked of accounts one by one: then their names have hosts.
bool asks_accounts(const CheckInput& input) {
    const auto& permissions = *input.catalog.permissions;
    return !permissions.transport.required.value_or(false) &&
           std::any_of(permissions.principals.begin(), permissions.principals.end(),
                       [](const auto& principal) { return !principal.host.empty(); });
}

Plan plan_transport(const CheckInput& input) {
    Plan plan = whole_permission_plan(input);
    add_gap_about(input, fact_kinds::host_rules, plan);
    add_gap_about(input, fact_kinds::transport, plan);
    if (input.catalog.permissions && asks_accounts(input)) add_gap_about(input, fact_kinds::logins, plan);
    return plan;
}

Finding about_server(const CheckInput& input, const char* part, const char* fact) {
    Object object;
    object.entity = "server";
    object.part = part;
    Finding finding = permission_finding(input, std::move(object), {fact});
    finding.affected = 1;
    return finding;
}

std::vector<Finding> judge_transport(const CheckInput& input, const Plan& plan,
                                     std::span<const std::optional<Measured>> /*measured*/) {
    if (cannot_judge(input, plan)) return {};
    const auto& permissions = input.access->facts();
    const auto& transport = permissions.transport;
    std::vector<Finding> findings = findings_about_lines(input, [](const Permissions::HostRule& rule) {
        const bool is_open = access::admits_plain(rule) && access::origin_of(rule) != Origin::this_machine;
        return is_open ? std::vector<std::string>{"plain_allowed"} : std::vector<std::string>{};
    });
    for (const access::Id id : accounts_at_stake(input)) {
        const auto& principal = permissions.principals[id];
        const bool comes_by_net =
            !principal.host.empty() && access::origin_of_host(principal.host) != Origin::this_machine;
        // What is not known is a gap and no reproach.
        if (!comes_by_net || transport.required.value_or(false) || principal.needs_encryption.value_or(true)) continue;
        findings.push_back(finding_about_account(input, id, {"plain_allowed"}));
    }
    if (!findings.empty() && transport.offered == false)
        findings.push_back(about_server(input, "encryption", "encryption_off"));
    if (transport.own_is_protected == false)
        findings.push_back(about_server(input, "own_connection", "own_line_plain"));
    return findings;
}

}  // namespace

Check unprotected_transport() { return {"unprotected_transport", plan_transport, judge_transport}; }

}  // namespace crmaudit::checks
