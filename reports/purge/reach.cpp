#include "reports/purge/reach.h"

#include <algorithm>
#include <set>

namespace crmaudit::reports::purge {
namespace {

bool is_always(const Condition& condition) { return std::holds_alternative<Always>(condition.node); }

std::vector<JoinColumn> pairs_of(const ForeignKey& key) {
    std::vector<JoinColumn> on;
    for (std::size_t i = 0; i < key.columns.size(); ++i) {
        on.push_back({key.columns[i], i < key.referenced_columns.size() ? key.referenced_columns[i] : "", false});
    }
    return on;
}

bool cascades(const ForeignKey& key) { return key.on_delete == "CASCADE"; }
bool lets_go(const ForeignKey& key) { return key.on_delete == "SET NULL" || key.on_delete == "SET DEFAULT"; }

class ReachFinder {
public:
    ReachFinder(const AuditResult& result, const Entity& entity) : result_(result), entity_(entity) {}

    std::variant<Reach, Problem> find() {
        add_removals();
        if (!problem_) order_removals();
        if (!problem_) follow_references(entity_.table, {"", {}});
        for (std::size_t i = 0; i < reach_.removals.size() && !problem_; ++i) {
            Path way = reach_.removals[i].path;
            way.joins.resize(reach_.removals[i].joins);
            follow_references(reach_.removals[i].table, way);
        }
        if (problem_) return *problem_;
        return std::move(reach_);
    }

private:
    void fail(std::string reason, const TableName& about) {
        if (!problem_) problem_ = Problem{std::move(reason), to_string(about)};
    }

    bool holds_persons(const TableName& table) const {
        return std::any_of(result_.entities.begin(), result_.entities.end(),
                           [&](const Entity& each) { return is_person(each.kind) && each.table == table; });
    }

    bool is_removed(const TableName& table) const {
        return std::any_of(reach_.removals.begin(), reach_.removals.end(),
                           [&](const Removal& each) { return each.table == table; });
    }

    void add_removals() {
        for (const Path& path : entity_.paths) {
            if (path.purge == PathPurge::keep) continue;
            const std::size_t joins = path.purge == PathPurge::links ? 1 : path.joins.size();
            if (joins > 2) return fail("path_too_long", path.joins.back().table);
            for (std::size_t i = 1; i <= joins; ++i) {
                const TableName& table = path.joins[i - 1].table;
                if (holds_persons(table)) return fail("other_persons", table);
                if (auto why = unfit(result_, table)) {
                    problem_ = std::move(why);
                    return;
                }
                Removal removal{table, table_named(result_, table)->primary_key, path, i, {}, false};
                // A row of a link is this person's alone; a row that stands for itself may be others' too.
                if (i == path.joins.size()) removal.unless = other_holders(path, table);
                reach_.removals.push_back(std::move(removal));
            }
        }
    }

    std::vector<OtherHolder> other_holders(const Path& own, const TableName& table) const {
        std::vector<OtherHolder> holders;
        for (const Entity& entity : result_.entities) {
            if (!is_person(entity.kind)) continue;
            for (const Path& path : entity.paths) {
                const auto last = std::find_if(path.joins.begin(), path.joins.end(),
                                               [&](const Join& join) { return join.table == table; });
                if (last == path.joins.end()) continue;
                if (last != path.joins.begin()) {
                    holders.push_back({std::prev(last)->table, last->on, {}, false});
                } else if (entity.name != entity_.name || path.joins.front() != own.joins.front()) {
                    holders.push_back({entity.table, last->on, last->where, entity.table == entity_.table});
                }
            }
        }
        return holders;
    }

    /// Children before parents; links, which are found first, before what they link.
    void order_removals() {
        std::vector<Removal> rest = std::move(reach_.removals);
        reach_.removals.clear();
        std::stable_sort(rest.begin(), rest.end(), [](const Removal& a, const Removal& b) {
            return a.joins < a.path.joins.size() && b.joins == b.path.joins.size();
        });
        while (!rest.empty()) {
            const auto next = std::find_if(rest.begin(), rest.end(), [&](const Removal& each) {
                return std::none_of(rest.begin(), rest.end(), [&](const Removal& other) {
                    return other.table != each.table && refers(other.table, each.table);
                });
            });
            if (next == rest.end()) return fail("cycle", rest.front().table);
            next->after_person = refers(entity_.table, next->table);
            if (next->after_person && refers(next->table, entity_.table)) return fail("cycle", next->table);
            reach_.removals.push_back(std::move(*next));
            rest.erase(next);
        }
    }

    bool refers(const TableName& child, const TableName& parent) const {
        const TouchedTable* table = table_named(result_, child);
        return table != nullptr &&
               std::any_of(table->foreign_keys.begin(), table->foreign_keys.end(),
                           [&](const ForeignKey& key) { return key.referenced == parent && !lets_go(key); });
    }

    /// `way` leads from the person to the rows that go; without joins they are the persons themselves.
    void follow_references(const TableName& name, const Path& way) {
        const TouchedTable* table = table_named(result_, name);
        if (table == nullptr) return fail("structure_unknown", name);
        for (std::size_t i = 0; i < table->referenced_by.size() && !problem_; ++i) {
            const TableName& child = table->referenced_by[i];
            const ForeignKey& key = table->referenced_by_keys.at(i);
            if (lets_go(key)) continue;
            Path there = way;
            there.joins.push_back({child, pairs_of(key), {}});
            if (way.joins.empty() && (!cascades(key) || holds_persons(child))) {
                add_blocker(child, key, std::move(there));
            } else if (is_removed(child)) {
                continue;
            } else if (!cascades(key)) {
                fail("pointed_at", child);
            } else if (holds_persons(child)) {
                fail("other_persons", child);
            } else {
                add_cascade(child, std::move(there));
            }
        }
    }

    void add_cascade(const TableName& child, Path way) {
        if (!cascaded_.insert(child).second) return;
        if (auto why = unfit(result_, child); why && why->reason != "no_key") {
            problem_ = std::move(why);
            return;
        }
        const TouchedTable& table = *table_named(result_, child);
        std::vector<std::string> key = table.primary_key;
        if (key.empty()) {
            for (const JoinColumn& pair : way.joins.back().on) key.push_back(pair.column);
        }
        reach_.cascades.push_back({child, std::move(key), way});
        follow_references(child, way);
    }

    /// Rows that a path removes from the same columns block nobody.
    void add_blocker(const TableName& child, const ForeignKey& key, Path way) {
        std::vector<Condition> removed;
        for (const Removal& each : reach_.removals) {
            const Join& join = each.path.joins.front();
            const bool all_rows = each.joins == 1 && each.table == child && each.unless.empty();
            if (!all_rows || join.on.size() != key.columns.size()) continue;
            if (!std::equal(join.on.begin(), join.on.end(), key.columns.begin(),
                            [](const JoinColumn& pair, const std::string& column) { return pair.column == column; })) {
                continue;
            }
            if (is_always(join.where)) return;
            removed.push_back(join.where);
        }
        if (!removed.empty()) way.joins.back().where = negate(any(std::move(removed)));
        way.name = "=blocker " + std::to_string(reach_.blockers.size() + 1);
        reach_.blockers.push_back({child, std::move(way), child == entity_.table});
    }

    const AuditResult& result_;
    const Entity& entity_;
    Reach reach_;
    std::optional<Problem> problem_;
    std::set<TableName> cascaded_;
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
