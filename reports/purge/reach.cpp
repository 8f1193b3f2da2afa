#include "reports/purge/reach.h"

#include <algorithm>
#include <map>
#include <set>

#include "reports/purge/removal_order.h"

namespace crmaudit::reports::purge {
namespace {

/// Databases join some sixty tables at most. Whoever is held by more is told apart when the turn comes.
constexpr std::size_t most_blockers = 16;
constexpr std::size_t most_ways = 4;

bool is_always(const Condition& condition) { return std::holds_alternative<Always>(condition.node); }

std::vector<JoinColumn> pairs_of(const ForeignKey& key) {
    std::vector<JoinColumn> on;
    for (std::size_t i = 0; i < key.columns.size(); ++i) {
        on.push_back({key.columns[i], i < key.referenced_columns.size() ? key.referenced_columns[i] : "", false});
    }
    return on;
}

bool cascades(const ForeignKey& key) { return key.on_delete == "CASCADE"; }

/// The same pairs, in whatever order.
bool same_pairs(const std::vector<JoinColumn>& a, const std::vector<JoinColumn>& b) {
    return std::is_permutation(a.begin(), a.end(), b.begin(), b.end(), [](const JoinColumn& x, const JoinColumn& y) {
        return x.column == y.column && x.previous == y.previous;
    });
}

std::vector<JoinColumn> turned(const std::vector<JoinColumn>& on) {
    std::vector<JoinColumn> pairs;
    for (const JoinColumn& each : on) pairs.push_back({each.previous, each.column, each.as_text});
    return pairs;
}

bool begins_like(const Path& path, const Path& other, std::size_t joins) {
    return path.joins.size() >= joins && other.joins.size() >= joins &&
           std::equal(path.joins.begin(), path.joins.begin() + static_cast<std::ptrdiff_t>(joins), other.joins.begin());
}

class ReachFinder {
public:
    ReachFinder(const AuditResult& result, const Entity& entity) : result_(result), entity_(entity) {
        for (const TouchedTable& each : result.tables) structure_.emplace(each.name, &each);
        for (const Entity& each : result.entities) {
            if (is_person(each.kind)) persons_.insert(each.table);
        }
    }

    std::variant<Reach, Problem> find() {
        const FindTable find_table = [this](const TableName& name) { return table(name); };
        add_removals();
        if (!problem_) follow_references(entity_.table, {"", {}});
        for (std::size_t i = 0; i < reach_.removals.size() && !problem_; ++i) {
            Path way = reach_.removals[i].path;
            way.joins.resize(reach_.removals[i].joins);
            follow_references(reach_.removals[i].table, way);
        }
        if (!problem_) problem_ = put_in_order(reach_, entity_.table, find_table);
        if (problem_) return *problem_;
        return std::move(reach_);
    }

private:
    const TouchedTable* table(const TableName& name) const {
        const auto found = structure_.find(name);
        return found == structure_.end() ? nullptr : found->second;
    }

    void fail(std::string reason, const TableName& about) {
        if (!problem_) problem_ = Problem{std::move(reason), to_string(about)};
    }

    void add_removals() {
        for (const Path& path : entity_.paths) {
            if (path.purge == PathPurge::keep) continue;
            const std::size_t first = begins_with_person(path) ? 2 : 1;
            const std::size_t joins = path.purge == PathPurge::links ? first : path.joins.size();
            for (std::size_t i = first; i <= joins && !problem_; ++i) add_removal(path, i);
        }
        for (Removal& each : reach_.removals) {
            if (each.joins == 1) continue;
            each.with_previous =
                std::any_of(reach_.removals.begin(), reach_.removals.end(), [&](const Removal& previous) {
                    return previous.joins == each.joins - 1 && begins_like(previous.path, each.path, previous.joins) &&
                           !is_link(previous);
                });
        }
    }

    /// The first join leads to the person again, so that the next can begin at any column and not only at the key.
    bool begins_with_person(const Path& path) const {
        const Join& join = path.joins.front();
        return join.table == entity_.table && is_always(join.where) && join.on.size() == entity_.key.size() &&
               std::all_of(join.on.begin(), join.on.end(),
                           [](const JoinColumn& pair) { return pair.column == pair.previous; });
    }

    void add_removal(const Path& path, std::size_t joins) {
        const Join& join = path.joins[joins - 1];
        const bool known = std::any_of(reach_.removals.begin(), reach_.removals.end(), [&](const Removal& each) {
            return each.joins == joins && begins_like(each.path, path, joins);
        });
        if (known) return;
        if (persons_.contains(join.table)) return fail("other_persons", join.table);
        Removal removal{join.table, {}, path, joins, {}, false, false};
        auto why = unfit(result_, join.table);
        if (const TouchedTable* structure = table(join.table)) removal.key = structure->primary_key;
        // A row of a link is this person's alone; a row that stands for itself may be others' too.
        if (!is_link(removal)) removal.unless = other_holders(removal);
        // Without a key, rows go together that are joined by the same values.
        if (why && why->reason == "no_key" && is_always(join.where) && removal.unless.empty()) {
            for (const JoinColumn& pair : join.on) removal.key.push_back(pair.column);
            why.reset();
        }
        if (why) {
            problem_ = std::move(why);
            return;
        }
        removed_.insert(join.table);
        reach_.removals.push_back(std::move(removal));
    }

    /// Rows that are the person's alone: a path says that they are links, or they point at what comes next on the way
    /// rather than being pointed at by it.
    bool is_link(const Removal& removal) const {
        return removal.joins == 1 && std::any_of(entity_.paths.begin(), entity_.paths.end(), [&](const Path& each) {
                   if (each.purge == PathPurge::keep || !begins_like(each, removal.path, 1)) return false;
                   return each.purge == PathPurge::links || (each.joins.size() > 1 && !pairs_with_key(each, 1));
               });
    }

    /// The join `at` of the path leads to rows that each belong to one row of the table before.
    bool pairs_with_key(const Path& path, std::size_t at) const {
        const TouchedTable* previous = table(path.joins[at - 1].table);
        if (previous == nullptr) return false;
        std::set<std::string> paired;
        for (const JoinColumn& pair : path.joins[at].on) paired.insert(pair.previous);
        return paired == std::set<std::string>(previous->primary_key.begin(), previous->primary_key.end());
    }

    std::vector<OtherHolder> other_holders(const Removal& removal) const {
        std::vector<OtherHolder> holders;
        const bool is_part = removal.joins > 1 && pairs_with_key(removal.path, removal.joins - 1);
        for (const Entity& entity : result_.entities) {
            if (!is_person(entity.kind)) continue;
            for (const Path& path : entity.paths) {
                const auto found = std::find_if(path.joins.begin(), path.joins.end(),
                                                [&](const Join& join) { return join.table == removal.table; });
                if (found == path.joins.end()) continue;
                const auto at = static_cast<std::size_t>(found - path.joins.begin());
                const bool is_own =
                    entity.name == entity_.name && removal.joins == 1 && begins_like(path, removal.path, 1);
                if (is_own && at == 0) continue;
                // A part goes with what it is a part of, which has holders of its own.
                if (is_part && at > 0 && is_same_part(path, at, removal)) continue;
                add_holder(holders, holder_by(entity, path, at, removal));
            }
        }
        if (!is_part) add_owners(holders, removal.table);
        return holders;
    }

    static void add_holder(std::vector<OtherHolder>& holders, OtherHolder holder) {
        if (std::find(holders.begin(), holders.end(), holder) == holders.end()) holders.push_back(std::move(holder));
    }

    /// Whoever the profile says such rows belong to, staff for one.
    void add_owners(std::vector<OtherHolder>& holders, const TableName& name) const {
        for (const Entity& entity : result_.entities) {
            if (is_person(entity.kind) || entity.table != name) continue;
            for (const Attribute* each : entity.in_role(Role::owner)) {
                const auto* related = std::get_if<Related>(&each->value);
                const Path* path = related == nullptr ? nullptr : entity.path(related->path);
                if (path != nullptr) add_holder(holders, {path->joins, {}});
            }
        }
    }

    static bool is_same_part(const Path& path, std::size_t at, const Removal& removal) {
        const std::size_t own = removal.joins - 1;
        return path.joins[at - 1].table == removal.path.joins[own - 1].table &&
               same_pairs(path.joins[at].on, removal.path.joins[own].on);
    }

    /// From the row of the path's join `at` back to the person, or to the person's link.
    static OtherHolder holder_by(const Entity& entity, const Path& path, std::size_t at, const Removal& removal) {
        if (at == 0) return {{{entity.table, turned(path.joins.front().on), {}}}, path.joins.front().where};
        OtherHolder holder;
        for (std::size_t i = at; i > 0; --i) {
            const Join& previous = path.joins[i - 1];
            // Any row of the link that leads to the row holds it too, whosever it is.
            const bool is_link =
                at == 1 && removal.joins > 1 && removal.path.joins[removal.joins - 2].table == previous.table;
            holder.way.push_back({previous.table, turned(path.joins[i].on), is_link ? Condition{} : previous.where});
        }
        return holder;
    }

    /// `way` leads from the person to the rows that go; without joins they are the persons themselves.
    void follow_references(const TableName& name, const Path& way) {
        const TouchedTable* pointed_at = table(name);
        if (pointed_at == nullptr) return fail("structure_unknown", name);
        for (std::size_t i = 0; i < pointed_at->referenced_by.size() && !problem_; ++i) {
            const ForeignKey& key = pointed_at->referenced_by_keys.at(i);
            if (lets_go(key)) continue;
            Path there = way;
            there.joins.push_back({pointed_at->referenced_by[i], pairs_of(key), {}});
            follow(std::move(there), key);
        }
    }

    /// The last join of the way is the foreign key.
    void follow(Path way, const ForeignKey& key) {
        const TableName child = way.joins.back().table;
        if (child == entity_.table) return add_persons(std::move(way), key);
        if (removed_.contains(child)) {
            if (!is_covered(way)) add_tie(child, std::move(way));
        } else if (!cascades(key)) {
            add_blocker(child, std::move(way));
        } else if (!persons_.contains(child)) {
            add_cascade(child, std::move(way));
        } else if (way.joins.size() == 1) {
            add_blocker(child, std::move(way));
        } else {
            fail("other_persons", child);
        }
    }

    /// Persons of the same kind that point at each other, or at what goes with them.
    void add_persons(Path way, const ForeignKey& key) {
        const std::vector<std::string> columns = emptiable(*table(entity_.table), key);
        if (way.joins.size() > 1) return add_tie(entity_.table, std::move(way));
        if (columns.empty()) return add_blocker(entity_.table, std::move(way));
        add_unlink(reach_, entity_.table, columns);
        add_tie(entity_.table, std::move(way));
    }

    /// Every row that points by the key goes with what it points at.
    bool is_covered(const Path& way) const {
        const std::size_t joins = way.joins.size();
        return std::any_of(reach_.removals.begin(), reach_.removals.end(), [&](const Removal& each) {
            const Join& last = each.path.joins[each.joins - 1];
            return each.joins == joins && each.unless.empty() && begins_like(each.path, way, joins - 1) &&
                   last.table == way.joins.back().table && is_always(last.where) &&
                   same_pairs(last.on, way.joins.back().on);
        });
    }

    void add_tie(const TableName& child, Path way) { reach_.ties.push_back({child, std::move(way)}); }

    void add_blocker(const TableName& child, Path way) {
        if (reach_.blockers.size() >= most_blockers && child != entity_.table) return add_tie(child, std::move(way));
        way.name = "=blocker " + std::to_string(reach_.blockers.size() + 1);
        reach_.blockers.push_back({child, std::move(way), child == entity_.table});
    }

    /// Where ways part and meet again they multiply: of those to the same table, only the first are followed further.
    void add_cascade(const TableName& child, Path way) {
        auto known = std::find_if(reach_.cascades.begin(), reach_.cascades.end(),
                                  [&](const Cascade& each) { return each.table == child; });
        if (known == reach_.cascades.end()) {
            if (auto why = unfit(result_, child); why && why->reason != "no_key") {
                problem_ = std::move(why);
                return;
            }
            std::vector<std::string> key = table(child)->primary_key;
            if (key.empty()) {
                for (const JoinColumn& pair : way.joins.back().on) key.push_back(pair.column);
            }
            known = reach_.cascades.insert(known, {child, std::move(key), {}});
        }
        known->paths.push_back(way);
        if (known->paths.size() <= most_ways) follow_references(child, way);
    }

    const AuditResult& result_;
    const Entity& entity_;
    std::map<TableName, const TouchedTable*> structure_;
    std::set<TableName> persons_;
    std::set<TableName> removed_;
    Reach reach_;
    std::optional<Problem> problem_;
};

}  // namespace

std::variant<Reach, Problem> reach_of(const AuditResult& result, const Entity& entity) {
    return ReachFinder{result, entity}.find();
}

const TouchedTable* table_named(const AuditResult& result, const TableName& name) {
    const auto found = std::find_if(result.tables.begin(), result.tables.end(),
                                    [&](const TouchedTable& each) { return each.name == name; });
    return found == result.tables.end() ? nullptr : &*found;
}

std::optional<Problem> unfit(const AuditResult& result, const TableName& name) {
    const TouchedTable* table = table_named(result, name);
    if (table == nullptr || table->columns.empty()) return Problem{"structure_unknown", to_string(name)};
    if (!table->is_table) return Problem{"no_table", to_string(name)};
    const auto& without = result.source.inconsistent_tables;
    if (std::find(without.begin(), without.end(), to_string(name)) != without.end()) {
        return Problem{"no_transactions", to_string(name)};
    }
    if (table->primary_key.empty()) return Problem{"no_key", to_string(name)};
    return std::nullopt;
}

}  // namespace crmaudit::reports::purge
