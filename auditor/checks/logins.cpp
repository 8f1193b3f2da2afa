#include "auditor/checks/logins.h"

#include <algorithm>
#include <iterator>
#include <set>
#include <utility>

#include "auditor/access/host_rules.h"

namespace crmaudit::checks {

using access::Id;

std::vector<Id> accounts_at_stake(const CheckInput& input) {
    std::vector<Id> accounts;
    for (const Id id : input.access->principals()) {
        const auto& principal = input.access->facts().principals[id];
        const auto& reach = input.access->of(id);
        const bool gets_at_data = reach.is_superuser || principal.replicates || !reach.tables.empty() ||
                                  !reach.powers.empty() || !reach.exports.empty();
        if (principal.can_login && !principal.is_locked.value_or(false) && gets_at_data) accounts.push_back(id);
    }
    std::sort(accounts.begin(), accounts.end());
    return accounts;
}

std::vector<Finding> findings_about_lines(const CheckInput& input, const LineFacts& facts_of) {
    const Permissions& permissions = input.access->facts();
    const std::vector<Id> at_stake = accounts_at_stake(input);
    std::set<std::string> told;
    std::vector<Finding> findings;
    for (std::size_t at = 0; at < permissions.host_rules.size(); ++at) {
        const auto& rule = permissions.host_rules[at];
        auto facts = facts_of(rule);
        const bool never_fits = rule.type == "hostssl" && permissions.transport.offered == false;
        if (facts.empty() || never_fits || access::is_never_reached(permissions, at)) continue;
        const auto let_in = access::admitted(permissions, rule, input.catalog.database);
        std::vector<Id> both;
        std::set_intersection(let_in.begin(), let_in.end(), at_stake.begin(), at_stake.end(), std::back_inserter(both));
        if (both.empty()) continue;
        Object object;
        object.entity = "host_rule";
        object.part = access::text_of(rule);
        if (!told.insert(object.part).second) continue;
        facts.push_back("line: " + std::to_string(rule.line));
        findings.push_back(permission_finding(input, std::move(object), std::move(facts)));
        findings.back().affected = static_cast<std::int64_t>(both.size());
        findings.back().total = static_cast<std::int64_t>(at_stake.size());
    }
    return findings;
}

Finding finding_about_account(const CheckInput& input, Id account, std::vector<std::string> facts) {
    Object object;
    object.principal = input.access->facts().principals[account].name;
    Finding finding = permission_finding(input, std::move(object), std::move(facts));
    set_reach(*input.access, input.access->of(account).tables, finding);
    return finding;
}

void add_listening(const CheckInput& input, std::vector<std::string>& facts) {
    const auto& listens_on = input.access->facts().transport.listens_on;
    if (listens_on) facts.push_back(listens_on->empty() ? "listens_nowhere" : "listens_on: " + *listens_on);
}

}  // namespace crmaudit::checks
