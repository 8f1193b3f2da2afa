// Accounts that nobody misses and that still can do everything they could: of the database those whose password has run
// out, of the CRM itself its users that can log in and have not for a long time.
#include "auditor/checks/crm_users.h"
#include "auditor/checks/grants.h"
#include "auditor/checks/registry.h"
#include "auditor/checks/roles.h"

namespace crmaudit::checks {
namespace {

/// Where roles add to one's own rights, the server keeps no such day.
Plan plan_accounts(const CheckInput& input) {
    Plan plan = whole_permission_plan(input);
    const bool is_known = !plan.not_applicable && plan.gaps.empty() && input.access != nullptr;
    if (is_known && input.access->facts().roles_add_to_own) plan.not_applicable = "no_last_login";
    return plan;
}

/// A new user has had no time to log in. Whoever has no day of either kind counts: nobody knows that they are needed.
Plan plan_users(const CheckInput& input) {
    Plan plan;
    const Date limit = cutoff(input.as_of, input.rule.period("unused_for"));
    for (const Entity* users : crm_users(input, plan)) {
        if (users->absence(Role::last_login) != nullptr) continue;
        if (!usable(*users, Role::last_login, plan) || !whole(*users, {Role::can_log_in, Role::created}, plan))
            continue;
        Probe probe = probe_of_users(
            *users,
            negate(any({some_since(*users, Role::last_login, limit), some_since(*users, Role::created, limit)})));
        probe.object.part = "crm_users";
        probe.details = {
            {"never_logged_in", all({probe.total, probe.affected, negate(some_known(*users, Role::last_login))})}};
        probe.facts = {"not_since: " + to_string(limit)};
        plan.probes.push_back(std::move(probe));
    }
    if (plan.probes.empty() && plan.gaps.empty()) plan.not_applicable = "no_last_login";
    return plan;
}

Plan plan_dormant(const CheckInput& input) { return together(plan_accounts(input), plan_users(input)); }

std::vector<Finding> judge_accounts(const CheckInput& input) {
    std::vector<Finding> findings;
    if (cannot_judge(input, plan_accounts(input))) return findings;
    for (const access::Id id : input.access->principals()) {
        const auto& principal = input.access->facts().principals[id];
        const auto until = parse_date(principal.valid_until);
        const auto& reach = input.access->of(id);
        if (!principal.can_login || !until || *until >= input.as_of || (reach.tables.empty() && !reach.is_superuser)) {
            continue;
        }
        Object object;
        object.principal = principal.name;
        Finding finding = permission_finding(input, std::move(object), {"valid_until: " + to_string(*until)});
        set_reach(*input.access, reach.tables, finding);
        findings.push_back(std::move(finding));
    }
    return findings;
}

std::vector<Finding> judge_dormant(const CheckInput& input, const Plan& plan,
                                   std::span<const std::optional<Measured>> measured) {
    std::vector<Finding> findings = judge_accounts(input);
    for (Finding& finding : found_where_affected(input, plan, measured)) findings.push_back(std::move(finding));
    return findings;
}

}  // namespace

Check dormant_account() { return {"dormant_account", plan_dormant, judge_dormant, "unused_for"}; }

}  // namespace crmaudit::checks
