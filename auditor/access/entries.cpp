#include "auditor/access/entries.h"

#include <algorithm>
#include <map>
#include <set>
#include <utility>

#include "auditor/access/name_pattern.h"

namespace crmaudit::access {
namespace {

using Level = Permissions::Level;
using Grant = Permissions::Grant;

bool touches(const std::vector<Permissions::Use>& uses, const std::set<Id>& relations) {
    return std::any_of(uses.begin(), uses.end(), [&](const auto& use) { return relations.contains(use.relation); });
}

/// The relations, and views that read one of them, directly or through others.
std::set<Id> leading_to(const Permissions& facts, const std::vector<Id>& relations) {
    std::set<Id> found(relations.begin(), relations.end());
    for (std::size_t before = 0; before != found.size();) {
        before = found.size();
        for (Id id = 0; id < facts.relations.size(); ++id) {
            if (touches(facts.relations[id].reads, found)) found.insert(id);
        }
    }
    return found;
}

bool does(const std::vector<Permissions::Use>& uses, const std::set<Id>& relations, Rights rights) {
    return std::any_of(uses.begin(), uses.end(),
                       [&](const auto& use) { return relations.contains(use.relation) && (use.rights & rights) != 0; });
}

bool is_among(const Permissions& facts, const Grant& grant, const std::set<Id>& relations, Rights rights) {
    switch (grant.level) {
        case Level::relation:
        case Level::column:
            return relations.contains(grant.object) && facts.relations[grant.object].owner != grant.holder;
        case Level::function:
            return does(facts.functions[grant.object].uses, relations, rights) &&
                   facts.functions[grant.object].owner != grant.holder;
        case Level::schema:
            return std::any_of(relations.begin(), relations.end(),
                               [&](Id id) { return facts.relations[id].schema == grant.object; });
        case Level::server: return true;
    }
    return false;
}

/// What of a grant the aim is about: rights on rows, or to call what leads to them; with only the option, that.
Rights aimed_at(const Permissions& facts, const Aim& aim, Rights rights, Rights may_pass_on, bool is_function) {
    const Rights wanted = is_function ? rights::execute : aim.rights;
    if (!aim.option) return static_cast<Rights>(rights & wanted);
    if (!facts.roles_add_to_own) return static_cast<Rights>(may_pass_on & wanted);
    return (rights & wanted) != 0 ? static_cast<Rights>(rights & rights::give) : Rights{0};
}

Entry aimed(List list, Id place, Rights rights, const Aim& aim) {
    return {list, place, aim.option ? Rights{0} : rights, aim.option ? rights : Rights{0}, false};
}

using Key = std::pair<List, Id>;

/// What is given from a grant that goes, and has no other source.
class Dependents {
public:
    explicit Dependents(const Index& index)
        : index_(index),
          facts_(index.facts),
          given_by_(facts_.grants, facts_.principals.size(), [](const Grant& each) { return each.grantor; }) {}

    std::vector<Entry> of(const Entry& entry, const std::map<Key, Entry>& going) const {
        if (entry.list != List::grant || facts_.grants[entry.place].holder >= facts_.principals.size()) return {};
        const Grant& source = facts_.grants[entry.place];
        auto lost = static_cast<Rights>((entry.rights | entry.options) & source.may_pass_on);
        std::vector<Entry> found;
        if (lost == 0) return found;
        lost = static_cast<Rights>(lost & ~kept_option(entry.place, going));
        for (const Id place : given_by_.of(source.holder)) {
            const Grant& each = facts_.grants[place];
            const auto rights = static_cast<Rights>(each.rights & lost);
            if (place == entry.place || rights == 0 || !is_within(each, source)) continue;
            found.push_back({List::grant, place, rights, 0, true});
        }
        return found;
    }

private:
    static bool is_within(const Grant& each, const Grant& source) {
        if (each.object != source.object) return false;
        if (each.level == source.level) return each.column == source.column;
        return source.level == Level::relation && each.level == Level::column;
    }

    /// What the holder could still give to others, by other grants on the same.
    Rights kept_option(Id place, const std::map<Key, Entry>& going) const {
        const Grant& source = facts_.grants[place];
        Rights kept = 0;
        for (const Id other : index_.grants.of(index_.slot(source.holder))) {
            const Grant& each = facts_.grants[other];
            if (other == place || !is_within(source, each)) continue;
            const auto goes = going.find({List::grant, other});
            const Rights gone =
                goes == going.end() ? Rights{0} : static_cast<Rights>(goes->second.rights | goes->second.options);
            kept = static_cast<Rights>(kept | (each.may_pass_on & ~gone));
        }
        return kept;
    }

    const Index& index_;
    const Permissions& facts_;
    Groups given_by_;
};

void add(std::map<Key, Entry>& going, const Entry& entry) {
    const auto [known, is_new] = going.try_emplace({entry.list, entry.place}, entry);
    if (is_new) return;
    known->second.rights = static_cast<Rights>(known->second.rights | entry.rights);
    known->second.options = static_cast<Rights>(known->second.options | entry.options);
    known->second.depends = known->second.depends && entry.depends;
}

}  // namespace

std::vector<Entry> entries_behind(const Index& index, const Aim& aim) {
    const Permissions& facts = index.facts;
    std::vector<Entry> found;
    const std::set<Id> relations = leading_to(facts, aim.relations);
    for (const Id place : index.grants.of(index.slot(aim.principal))) {
        const Grant& each = facts.grants[place];
        if (each.by_default || !is_among(facts, each, relations, aim.rights)) continue;
        const bool is_function = each.level == Level::function;
        const Rights rights = aimed_at(facts, aim, each.rights, each.may_pass_on, is_function);
        if (rights != 0) found.push_back(aimed(List::grant, place, rights, aim));
    }
    for (const Id place : index.patterns.of(index.slot(aim.principal))) {
        const auto& each = facts.patterns[place];
        const bool fits_here = std::any_of(relations.begin(), relations.end(), [&](Id id) {
            return fits(each.pattern, facts.schemas[facts.relations[id].schema].name);
        });
        const Rights rights = aimed_at(facts, aim, each.rights, 0, false);
        if (fits_here && rights != 0) found.push_back(aimed(List::pattern, place, rights, aim));
    }
    return found;
}

std::vector<Entry> open_functions(const Index& index, const std::vector<Id>& relations) {
    const Permissions& facts = index.facts;
    std::vector<Entry> found;
    const std::set<Id> leading = leading_to(facts, relations);
    for (const Id place : index.grants.of(index.everybody())) {
        const Grant& each = facts.grants[place];
        if (each.level != Level::function) continue;
        const auto& function = facts.functions[each.object];
        if (function.has_owner_rights && touches(function.uses, leading))
            found.push_back({List::grant, place, rights::execute});
    }
    return found;
}

std::vector<Entry> in_order(const Index& index, const std::vector<Entry>& entries) {
    const Dependents dependents{index};
    std::map<Key, Entry> going;
    for (const Entry& entry : entries) add(going, entry);
    for (std::size_t before = 0; before != going.size();) {
        before = going.size();
        const std::map<Key, Entry> known = going;
        for (const auto& [key, entry] : known) {
            for (const Entry& each : dependents.of(entry, known)) add(going, each);
        }
    }
    std::vector<Entry> ordered;
    std::set<Key> done;
    const auto visit = [&](const auto& self, const Entry& entry) -> void {
        if (!done.insert({entry.list, entry.place}).second) return;
        for (const Entry& each : dependents.of(entry, going)) {
            const auto found = going.find({each.list, each.place});
            if (found != going.end()) self(self, found->second);
        }
        ordered.push_back(entry);
    };
    for (const auto& [key, entry] : going) visit(visit, entry);
    return ordered;
}

Permissions without(const Permissions& facts, std::span<const Entry> entries) {
    Permissions left = facts;
    for (const Entry& entry : entries) {
        const auto take = [](Rights& from, Rights what) { from = static_cast<Rights>(from & ~what); };
        const auto both = static_cast<Rights>(entry.rights | entry.options);
        const auto listed = static_cast<Rights>(entry.rights | (entry.options & rights::give));
        switch (entry.list) {
            case List::grant:
                take(left.grants[entry.place].rights, listed);
                take(left.grants[entry.place].may_pass_on, both);
                break;
            case List::pattern: take(left.patterns[entry.place].rights, listed); break;
            case List::default_privilege:
                take(left.default_privileges[entry.place].rights, entry.rights);
                take(left.default_privileges[entry.place].may_pass_on, both);
                break;
            case List::membership: {
                auto& membership = left.memberships[entry.place];
                membership.may_pass_on = false;
                if (entry.rights == 0) break;
                membership.inherits = membership.may_set = false;
                Id& usual = left.principals[membership.member].default_role;
                if (usual == membership.role) usual = Permissions::none;
                break;
            }
            case List::exports: left.principals[entry.place].exports.clear(); break;
        }
    }
    return left;
}

}  // namespace crmaudit::access
