// What the CRM itself lets its users do: how many administer it, how many see every person in it, whoever looks after
// them, or how many persons every user sees, measured by the limits of the policy. Whom the database lets at the tables
// is another question.
#include "auditor/checks/crm_users.h"
#include "auditor/checks/registry.h"
#include "auditor/checks/roles.h"

namespace crmaudit::checks {
namespace {

constexpr const char* administrators = "crm_administrators";
constexpr const char* seeing_all = "crm_users_who_see_all";
constexpr const char* visible_to_all = "persons_visible_to_all";

/// So many are always in order, and so many of a hundred.
struct Limit {
    std::int64_t number = 0;
    std::int64_t percent = 0;
    bool allows(std::int64_t affected, std::int64_t total) const {
        return affected <= number || affected * 100 <= percent * total;
    }
};

Limit limit_of(const Rule& rule, const std::string& part) {
    if (part == visible_to_all) return {0, rule.number("visible_to_all_percent", 50)};
    return part == administrators ? Limit{rule.number("administrators", 3), rule.number("administrators_percent", 10)}
                                  : Limit{rule.number("seeing_all", 5), rule.number("seeing_all_percent", 25)};
}

/// Where nothing gives the sight of all, everybody has it whom nothing keeps from it.
Condition see_all(const Entity& users) {
    std::vector<Condition> ways{some_hold(users, Role::administrator), some_hold(users, Role::sees_all)};
    if (!users.in_role(Role::sees_part).empty()) ways.push_back(negate(some_hold(users, Role::sees_part)));
    return any(std::move(ways));
}

void add(const CheckInput& input, Probe probe, const char* part, Plan& plan) {
    const Limit limit = limit_of(input.rule, part);
    probe.object.part = part;
    probe.facts = {"allowed_number: " + std::to_string(limit.number),
                   "allowed_percent: " + std::to_string(limit.percent)};
    plan.probes.push_back(std::move(probe));
}

bool decides_sight(const Entity& users, Plan& plan) {
    if (!whole(users, {Role::administrator, Role::sees_all, Role::sees_part}, plan)) return false;
    return !users.in_role(Role::sees_part).empty() || usable(users, Role::sees_all, plan);
}

/// False where no record says who sees it.
bool add_visible_persons(const CheckInput& input, Plan& plan) {
    bool found = false;
    for (const Entity& persons : input.entities) {
        if (!is_person(persons.kind)) continue;
        const bool is_complete = whole(persons, {Role::visible_to_all}, plan);
        found = found || !is_complete;
        if (!is_complete || persons.in_role(Role::visible_to_all).empty()) continue;
        found = true;
        add(input, probe_of(persons, some_hold(persons, Role::visible_to_all)), visible_to_all, plan);
    }
    return found;
}

Plan plan_roles(const CheckInput& input) {
    Plan plan;
    const bool is_seen_by_record = add_visible_persons(input, plan);
    for (const Entity* users : crm_users(input, plan)) {
        if (!whole(*users, {Role::can_log_in}, plan)) continue;
        const bool knows_administrators =
            users->absence(Role::administrator) == nullptr && usable(*users, Role::administrator, plan);
        if (knows_administrators) {
            add(input, probe_of_users(*users, some_hold(*users, Role::administrator)), administrators, plan);
        }
        // Where each record says who sees it, no user sees more than others.
        if (is_seen_by_record) continue;
        const bool has_no_sight = users->absence(Role::sees_all) != nullptr;
        if (!has_no_sight && decides_sight(*users, plan)) {
            add(input, probe_of_users(*users, see_all(*users)), seeing_all, plan);
        }
    }
    if (plan.probes.empty() && plan.gaps.empty()) plan.not_applicable = "no_crm_roles";
    return plan;
}

std::vector<Finding> judge_roles(const CheckInput& input, const Plan& plan,
                                 std::span<const std::optional<Measured>> measured) {
    std::vector<Finding> findings = found_where_affected(input, plan, measured);
    std::erase_if(findings, [&](const Finding& finding) {
        return limit_of(input.rule, finding.object.part).allows(finding.affected, finding.total);
    });
    return findings;
}

}  // namespace

Check crm_role_too_broad() { return {"crm_role_too_broad", plan_roles, judge_roles}; }

}  // namespace crmaudit::checks
