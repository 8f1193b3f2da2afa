#include "auditor/engine/offences.h"

#include <algorithm>
#include <array>
#include <string_view>
#include <utility>

namespace crmaudit::engine {
namespace {

using access::Aim;
using access::Entry;
using access::Evaluation;
using access::Id;
using access::Index;
using access::List;

constexpr std::string_view everybody = "PUBLIC";

Id principal_in(const Evaluation& evaluation, const std::string& name) {
    if (name == everybody) return Permissions::everybody;
    const auto& all = evaluation.facts().principals;
    const auto found = std::find_if(all.begin(), all.end(), [&](const auto& each) { return each.name == name; });
    return found == all.end() ? Permissions::none : static_cast<Id>(found - all.begin());
}

Rights rights_in(const std::vector<std::string>& facts) {
    constexpr std::pair<std::string_view, Rights> known[] = {
        {"SELECT", rights::read}, {"INSERT", rights::insert}, {"UPDATE", rights::update}, {"DELETE", rights::remove}};
    Rights found = 0;
    for (const auto& [word, bit] : known) {
        if (std::find(facts.begin(), facts.end(), word) != facts.end()) found = static_cast<Rights>(found | bit);
    }
    return found;
}

/// What everybody has is no principal's own.
std::vector<Id> own_relations(const std::vector<access::TableReach>& tables, Rights rights) {
    std::vector<Id> relations;
    for (const access::TableReach& table : tables) {
        const bool is_public = table.paths.only() == access::Path::everybody;
        if ((table.rights & rights) != 0 && !is_public) relations.push_back(table.relation);
    }
    return relations;
}

std::vector<Id> relation_of(const Evaluation& evaluation, const TableName& table) {
    std::vector<Id> relations;
    for (const Id id : evaluation.personal_relations()) {
        if (evaluation.table(id) == table) relations.push_back(id);
    }
    return relations;
}

Aim aim_of(const Evaluation& evaluation, const Finding& finding, Id principal) {
    if (finding.check == "public_grant") {
        return {principal, relation_of(evaluation, finding.object.table), rights_in(finding.facts)};
    }
    if (principal == Permissions::everybody) return {principal, {}};
    const auto& reach = evaluation.of(principal);
    if (finding.check == "grant_option")
        return {principal, own_relations(reach.gives, rights::on_rows), rights::on_rows, true};
    const Rights rights = finding.check == "write_privilege" ? rights_in(finding.facts) : rights::on_rows;
    return {principal, own_relations(reach.tables, rights), rights};
}

bool brings(const Evaluation& evaluation, Id role, const Aim& aim) {
    const auto& facts = evaluation.facts();
    if ((facts.principals[role].everywhere & aim.rights) != 0) return true;
    const auto& tables = evaluation.of(role).tables;
    return std::any_of(tables.begin(), tables.end(), [&](const access::TableReach& table) {
        return (table.rights & aim.rights) != 0 &&
               std::binary_search(aim.relations.begin(), aim.relations.end(), table.relation);
    });
}

/// Memberships of the product's own making, which nobody gave and nobody can take away, have no grantor where others
/// do.
template <typename Wanted>
std::vector<Entry> memberships(const Evaluation& evaluation, const Index& index, Id member, Wanted wanted) {
    const auto& facts = evaluation.facts();
    std::vector<Entry> found;
    if (member >= facts.principals.size()) return found;
    for (const Id place : index.memberships.of(member)) {
        const auto& each = facts.memberships[place];
        const bool is_given = facts.roles_add_to_own || each.grantor != Permissions::none;
        if (!is_given || each.role >= facts.principals.size() || each.role == member) continue;
        if (const auto entry = wanted(place, each)) found.push_back(*entry);
    }
    return found;
}

std::vector<Entry> future_grants(const Evaluation& evaluation, Id holder) {
    std::vector<Entry> found;
    const auto& all = evaluation.facts().default_privileges;
    const auto& personal = evaluation.personal_relations();
    for (Id place = 0; place < all.size(); ++place) {
        const bool concerns =
            all[place].schema == Permissions::none || std::any_of(personal.begin(), personal.end(), [&](Id id) {
                return evaluation.facts().relations[id].schema == all[place].schema;
            });
        const auto rights = static_cast<Rights>(all[place].rights & rights::on_rows);
        if (all[place].holder == holder && all[place].creator != holder && concerns && rights != 0)
            found.push_back({List::default_privilege, place, rights});
    }
    return found;
}

std::vector<Entry> exports(const Evaluation& evaluation, const Index& index, Id principal) {
    const auto& facts = evaluation.facts();
    if (principal >= facts.principals.size()) return {};
    if (facts.roles_add_to_own && !facts.principals[principal].exports.empty()) return {{List::exports, principal, 1}};
    return memberships(evaluation, index, principal, [&](Id place, const auto& each) -> std::optional<Entry> {
        if (facts.principals[each.role].exports.empty() && evaluation.of(each.role).exports.empty()) return {};
        return Entry{List::membership, place, 1};
    });
}

std::vector<Entry> roles_to_give(const Evaluation& evaluation, const Index& index, Id principal) {
    return memberships(evaluation, index, principal, [&](Id place, const auto& each) -> std::optional<Entry> {
        if (!each.may_pass_on || evaluation.of(each.role).tables.empty()) return {};
        return Entry{List::membership, place, 0, 1};
    });
}

}  // namespace

std::vector<Entry> entries_behind(const Evaluation& evaluation, const Index& index, const Finding& finding) {
    const Id principal = principal_in(evaluation, finding.object.principal);
    if (principal == Permissions::none) return {};
    if (finding.check == "default_privilege") return future_grants(evaluation, principal);
    if (finding.check == "export_privilege") return exports(evaluation, index, principal);
    const Aim aim = aim_of(evaluation, finding, principal);
    std::vector<Entry> found = access::entries_behind(index, aim);
    if (finding.check == "grant_option") {
        for (const Entry& each : roles_to_give(evaluation, index, principal)) found.push_back(each);
    }
    if (!found.empty() || principal == Permissions::everybody) return found;
    found = memberships(evaluation, index, principal, [&](Id place, const auto& each) -> std::optional<Entry> {
        if (!brings(evaluation, each.role, aim)) return {};
        return Entry{List::membership, place, 1};
    });
    if (found.empty() && finding.check == "indirect_access") return access::open_functions(index, aim.relations);
    return found;
}

std::optional<std::string> reason_for_no_statement(const Finding& finding) {
    constexpr std::pair<std::string_view, const char*> known[] = {
        {"administrative_account", "administrative"}, {"row_security_bypass", "row_security"},
        {"unused_permission", "policy_entry"},        {"dormant_account", "dormant"},
        {"weak_authentication", "authentication"},    {"remote_access", "authentication"},
        {"unprotected_transport", "authentication"}};
    for (const auto& [check, reason] : known) {
        if (check == finding.check && !finding.rows) return reason;
    }
    return std::nullopt;
}

std::string reason_it_stays(const Evaluation& evaluation, const Finding& finding) {
    const Id principal = principal_in(evaluation, finding.object.principal);
    if (principal >= evaluation.facts().principals.size()) return "other_way";
    const auto& reach = evaluation.of(principal);
    if (reach.is_superuser) return "superuser";
    const bool owns = std::any_of(reach.tables.begin(), reach.tables.end(),
                                  [](const access::TableReach& table) { return table.paths.has(access::Path::owner); });
    return owns ? "owner" : "other_way";
}

}  // namespace crmaudit::engine
