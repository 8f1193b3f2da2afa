#include "auditor/checks/grants.h"

#include <algorithm>
#include <map>
#include <string_view>
#include <utility>

#include "auditor/model/reasons.h"
#include "auditor/model/wildcard.h"

namespace crmaudit::checks {
namespace {

using access::Id;
using access::TableReach;

/// Whether all that one offends with is among what the other offends with.
bool is_within(const Offender& one, const Offender& other) {
    const bool has_facts = std::includes(other.facts.begin(), other.facts.end(), one.facts.begin(), one.facts.end());
    return has_facts && std::all_of(one.tables.begin(), one.tables.end(), [&](const TableReach& table) {
               const auto found = std::find_if(other.tables.begin(), other.tables.end(),
                                               [&](const TableReach& each) { return each.relation == table.relation; });
               return found != other.tables.end() && (table.rights & ~found->rights) == 0;
           });
}

/// The offending role from which another offender has everything; null: it offends by itself.
const Offender* source_of(const CheckInput& input, const Offender& offender, const std::map<Id, const Offender*>& all) {
    for (const Id role : input.access->of(offender.principal).roles) {
        const auto found = all.find(role);
        if (found == all.end() || !is_within(offender, *found->second)) continue;
        // Two roles that are members of each other are both told of.
        const auto& back = input.access->of(role).roles;
        if (!std::binary_search(back.begin(), back.end(), offender.principal)) return found->second;
    }
    return nullptr;
}

}  // namespace

Plan permission_plan(const CheckInput& input) {
    Plan plan;
    if (!input.catalog.has_permissions) {
        plan.not_applicable = std::string{reasons::no_permissions};
        return plan;
    }
    for (const CatalogGap& gap : input.catalog.gaps) {
        if (gap.object == "grants") {
            plan.gaps.push_back({gap.object, reasons::text(reasons::permissions_hidden, gap.reason)});
        }
    }
    return plan;
}

Plan whole_permission_plan(const CheckInput& input) {
    Plan plan = permission_plan(input);
    if (!plan.not_applicable && plan.gaps.empty() && !input.catalog.permissions)
        plan.gaps.push_back({"grants", std::string{reasons::own_rights_only}});
    return plan;
}

void add_gap_about(const CheckInput& input, std::string_view fact, Plan& plan) {
    if (!input.catalog.permissions) return;
    for (const CatalogGap& gap : input.catalog.permissions->gaps) {
        if (gap.object == fact)
            plan.gaps.push_back({gap.object, reasons::text(reasons::permissions_hidden, gap.reason)});
    }
}

bool cannot_judge(const CheckInput& input, const Plan& plan) {
    return plan.not_applicable.has_value() || input.access == nullptr;
}

Finding permission_finding(const CheckInput& input, Object object, std::vector<std::string> facts) {
    Finding finding;
    finding.rule = input.rule.id;
    finding.check = input.rule.check;
    finding.severity = input.rule.severity;
    finding.object = std::move(object);
    finding.facts = std::move(facts);
    return finding;
}

std::vector<std::string> privileges(Rights rights) {
    constexpr std::pair<Rights, std::string_view> words[] = {
        {rights::remove, "DELETE"}, {rights::insert, "INSERT"}, {rights::read, "SELECT"}, {rights::update, "UPDATE"}};
    std::vector<std::string> names;
    for (const auto& [bit, word] : words) {
        if ((rights & bit) != 0) names.emplace_back(word);
    }
    return names;
}

std::vector<Id> ordinary_principals(const access::Evaluation& evaluation) {
    std::vector<Id> ordinary;
    for (const Id id : evaluation.principals()) {
        if (!evaluation.is_own(id) && !evaluation.of(id).is_superuser) ordinary.push_back(id);
    }
    return ordinary;
}

bool allows(const Access& access, AccessRight right) {
    if (access.rights.empty()) return right == AccessRight::read;
    return std::find(access.rights.begin(), access.rights.end(), right) != access.rights.end();
}

DeclaredAccess::DeclaredAccess(const CheckInput& input, Id principal) {
    const auto& all = input.access->facts().principals;
    const auto& roles = input.access->of(principal).roles;
    for (const Access& entry : input.policy.access) {
        const auto is_meant = [&](Id id) { return matches_wildcard(all[id].name, entry.principal); };
        if (is_meant(principal) || std::any_of(roles.begin(), roles.end(), is_meant)) entries_.push_back(&entry);
    }
}

bool DeclaredAccess::covers(Category category) const {
    return std::any_of(all_access_rights.begin(), all_access_rights.end(),
                       [&](AccessRight right) { return covers(category, right); });
}

bool DeclaredAccess::covers(Category category, AccessRight right) const {
    return std::any_of(entries_.begin(), entries_.end(), [&](const Access* entry) {
        const auto& named = entry->categories;
        return allows(*entry, right) &&
               (named.empty() || std::find(named.begin(), named.end(), category) != named.end());
    });
}

bool DeclaredAccess::covers(AccessRight right) const {
    return std::any_of(entries_.begin(), entries_.end(), [&](const Access* entry) { return allows(*entry, right); });
}

bool DeclaredAccess::covers_all() const {
    return std::any_of(entries_.begin(), entries_.end(), [](const Access* entry) {
        return entry->categories.empty() && std::all_of(all_access_rights.begin(), all_access_rights.end(),
                                                        [&](AccessRight right) { return allows(*entry, right); });
    });
}

std::vector<TableReach> counted(const access::Evaluation& evaluation, const std::vector<TableReach>& tables) {
    const auto is_reached = [&](const Permissions::Use& use) {
        const auto found = std::lower_bound(tables.begin(), tables.end(), use.relation,
                                            [](const TableReach& each, Id id) { return each.relation < id; });
        return found != tables.end() && found->relation == use.relation;
    };
    std::vector<TableReach> those;
    for (const TableReach& table : tables) {
        const auto& relation = evaluation.facts().relations[table.relation];
        const bool shows_another =
            relation.kind == TableKind::view && std::any_of(relation.reads.begin(), relation.reads.end(), is_reached);
        if (!shows_another) those.push_back(table);
    }
    return those;
}

std::int64_t tables_that_count(const access::Evaluation& evaluation) {
    std::vector<TableReach> all;
    for (const Id relation : evaluation.personal_relations()) all.push_back({relation, 0, {}, false});
    return static_cast<std::int64_t>(counted(evaluation, all).size());
}

void set_reach(const access::Evaluation& evaluation, const std::vector<TableReach>& tables, Finding& finding) {
    finding.affected = static_cast<std::int64_t>(counted(evaluation, tables).size());
    // Somebody may reach what a view makes of a table, and nothing of the table.
    finding.total = std::max(tables_that_count(evaluation), finding.affected);
}

std::vector<Finding> findings_about(const CheckInput& input, const std::vector<Offender>& offenders) {
    std::map<Id, const Offender*> all;
    for (const Offender& offender : offenders) all[offender.principal] = &offender;
    std::map<Id, std::int64_t> members;
    std::vector<const Offender*> told;
    for (const Offender& offender : offenders) {
        const Offender* source = source_of(input, offender, all);
        if (source == nullptr) {
            told.push_back(&offender);
        } else if (input.access->facts().principals[offender.principal].can_login) {
            ++members[source->principal];
        }
    }
    std::vector<Finding> findings;
    for (const Offender* offender : told) {
        Object object;
        object.principal = input.access->facts().principals[offender->principal].name;
        Finding finding = permission_finding(input, std::move(object), offender->facts);
        set_reach(*input.access, offender->tables, finding);
        const auto found = members.find(offender->principal);
        if (found != members.end()) finding.details.push_back({"accounts_with_role", found->second});
        findings.push_back(std::move(finding));
    }
    return findings;
}

}  // namespace crmaudit::checks
