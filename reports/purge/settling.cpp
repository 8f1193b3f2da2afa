#include "reports/purge/settling.h"

#include <algorithm>
#include <tuple>

#include "reports/purge/script_grammar.h"

namespace crmaudit::reports::purge {
namespace {

/// Persons who are spared may leave something behind that holds others. After so many rounds everybody whom that could
/// concern is spared.
constexpr int rounds = 3;

bool is_always(const Condition& condition) { return std::holds_alternative<Always>(condition.node); }

bool begins_like(const Removal& removal, const Path& path) {
    return path.joins.size() >= removal.joins &&
           std::equal(path.joins.begin(), path.joins.begin() + static_cast<std::ptrdiff_t>(removal.joins),
                      removal.path.joins.begin());
}

/// Rows of the table may hold the removal's, as long as they stay themselves.
bool has_holder_in(const Removal& removal, const TableName& table) {
    return std::any_of(removal.unless.begin(), removal.unless.end(), [&](const OtherHolder& holder) {
        return std::any_of(holder.way.begin(), holder.way.end(), [&](const Join& join) { return join.table == table; });
    });
}

/// Rows of the one go only with rows of the other.
bool goes_with(const Removal& removal, const Removal& previous) {
    return removal.with_previous && previous.joins + 1 == removal.joins && begins_like(previous, removal.path);
}

std::string alias(char letter, std::size_t number) { return letter + std::to_string(number); }

}  // namespace

std::vector<std::string> Settling::settled() const {
    Statements statements;
    add_held(statements);
    const std::vector<Tie>& ties = step_.reach.ties;
    if (ties.empty()) return statements;
    const std::string columns = prefixed(sql_.columns, "g.");
    const auto spare_tied = [&](const std::string& whom, const std::string& when) {
        statements.push_back(spare(sql_, in_batch_,
                                   "EXISTS (SELECT 1 FROM (SELECT DISTINCT " + columns + " " + whom + ") b WHERE " +
                                       same(sql_.columns, "b", sql_.columns, sql_.work) + ")" + when));
    };
    for (int round = 0; round < rounds; ++round) {
        for (const Tie& each : ties) spare_tied(tied(each), "");
        collect_again(statements);
    }
    std::string some;
    for (const Tie& each : ties) {
        if (is_among_persons(each))
            some += (some.empty() ? "EXISTS (SELECT 1 " : " OR EXISTS (SELECT 1 ") + tied(each) + ")";
    }
    for (const Tie& each : ties) {
        if (is_among_persons(each)) spare_tied(tied(each, true), " AND (" + some + ")");
    }
    if (!some.empty()) collect_again(statements);
    bool is_rest = false;
    for (const Tie& each : ties) {
        if (is_among_persons(each)) continue;
        is_rest = true;
        statements.push_back(
            spare(sql_, in_batch_, "EXISTS (SELECT 1 FROM (SELECT DISTINCT " + columns + " " + tied(each) + ") b)"));
    }
    if (is_rest) collect_again(statements);
    return statements;
}

std::vector<std::string> Settling::unlinked(const std::string& token) const {
    Statements statements;
    for (const Unlink& each : step_.reach.unlinks) {
        const std::string table = grammar_.quote(each.table);
        std::string set;
        for (const std::string& column : each.columns) {
            set += (set.empty() ? "" : ", ") + grammar_.quote(column) + " = NULL";
        }
        const auto add = [&](const std::vector<std::string>& key, const std::string& rows,
                             const std::vector<std::string>& columns) {
            statements.push_back("UPDATE " + table + " SET " + set + " WHERE EXISTS (SELECT 1 FROM " + rows +
                                 " w WHERE " + same(columns, "w", key, table) + ") AND EXISTS (SELECT 1 FROM " + token +
                                 ")");
        };
        if (each.table == step_.entity.table) add(sql_.key, sql_.going, sql_.columns);
        for (std::size_t i = 0; i < step_.reach.removals.size(); ++i) {
            const RemovalSql& removal = sql_.removals.at(i);
            if (step_.reach.removals[i].table == each.table) add(removal.key, removal.rows, removal.columns);
        }
    }
    return statements;
}

void Settling::add_held(Statements& statements) const {
    const std::vector<Removal>& removals = step_.reach.removals;
    std::set<std::size_t> open = all_removals();
    std::erase_if(open,
                  [&](std::size_t each) { return removals[each].unless.empty() && !removals[each].with_previous; });
    std::set<std::size_t> settled = all_removals();
    for (const std::size_t each : open) settled.erase(each);
    while (!open.empty()) {
        const std::size_t each = next_of(open);
        const std::string rows = "DELETE FROM " + sql_.removals.at(each).rows + " WHERE ";
        for (const OtherHolder& holder : removals[each].unless)
            statements.push_back(rows + held(each, holder, settled));
        if (removals[each].with_previous) statements.push_back(rows + left_by_previous(each));
        open.erase(each);
        settled.insert(each);
    }
}

std::size_t Settling::next_of(const std::set<std::size_t>& open) const {
    const std::vector<Removal>& removals = step_.reach.removals;
    const auto rank = [&](std::size_t each) {
        const Removal& removal = removals[each];
        bool lacks_previous = false;
        bool is_held = false;
        for (const std::size_t other : open) {
            if (goes_with(removal, removals[other])) lacks_previous = true;
            // What goes with the row itself decides nothing about it.
            if (other != each && !goes_with(removals[other], removal) && has_holder_in(removal, removals[other].table))
                is_held = true;
        }
        return std::tuple{lacks_previous, is_held, removal.joins, each};
    };
    return *std::min_element(open.begin(), open.end(), [&](std::size_t a, std::size_t b) { return rank(a) < rank(b); });
}

void Settling::collect_again(Statements& statements) const {
    for (const RemovalSql& each : sql_.removals) {
        statements.push_back("DELETE FROM " + each.rows);
        statements.push_back("INSERT INTO " + each.rows + " " + each.collect);
    }
    add_held(statements);
}

std::string Settling::held(std::size_t removal, const OtherHolder& holder, const std::set<std::size_t>& settled) const {
    const RemovalSql& own = sql_.removals.at(removal);
    std::string from = "EXISTS (SELECT 1 FROM " + own.table + " t";
    std::string where = " WHERE " + same(own.key, "t", own.columns, own.rows);
    if (!is_always(holder.where)) where += " AND " + renderer_.condition(holder.where, "t");
    std::string previous = "t";
    for (std::size_t i = 0; i < holder.way.size(); ++i) {
        const Join& join = holder.way[i];
        const std::string hop = alias('h', i + 1);
        from += " JOIN " + grammar_.quote(join.table) + " " + hop + " ON " + pairs(join.on, hop, previous);
        if (!is_always(join.where)) where += " AND " + renderer_.condition(join.where, hop);
        where += stays(join.table, hop, settled);
        previous = hop;
    }
    return from + where + ")";
}

std::string Settling::left_by_previous(std::size_t removal) const {
    const Removal& row = step_.reach.removals[removal];
    const RemovalSql& own = sql_.removals.at(removal);
    std::string any;
    for (std::size_t i = 0; i < step_.reach.removals.size(); ++i) {
        const Removal& before = step_.reach.removals[i];
        if (before.joins != row.joins - 1 || !begins_like(before, row.path)) continue;
        const RemovalSql& rows = sql_.removals.at(i);
        any += " AND NOT EXISTS (SELECT 1 FROM " + own.table + " t JOIN " + rows.table + " h ON " +
               pairs(row.path.joins[row.joins - 1].on, "t", "h") + " JOIN " + rows.rows + " w ON " +
               same(rows.key, "h", rows.columns, "w") + " WHERE " + same(own.key, "t", own.columns, own.rows) + ")";
    }
    return any.substr(5);
}

std::string Settling::tied(const Tie& tie, bool whoever_goes) const {
    std::string from =
        "FROM " + sql_.going + " g JOIN " + sql_.table + " j0 ON " + same(sql_.key, "j0", sql_.columns, "g");
    std::string where;
    const std::size_t last = tie.path.joins.size();
    for (std::size_t i = 1; i <= last; ++i) {
        const Join& join = tie.path.joins[i - 1];
        const std::string row = alias('j', i);
        from += " JOIN " + grammar_.quote(join.table) + " " + row + " ON " + pairs(join.on, row, alias('j', i - 1));
        if (!is_always(join.where)) where += " AND " + renderer_.condition(join.where, row);
        if (i == last) continue;
        for (std::size_t each = 0; each < step_.reach.removals.size(); ++each) {
            const Removal& removal = step_.reach.removals[each];
            if (removal.joins != i || !begins_like(removal, tie.path)) continue;
            const RemovalSql& rows = sql_.removals.at(each);
            where +=
                " AND EXISTS (SELECT 1 FROM " + rows.rows + " w WHERE " + same(rows.columns, "w", rows.key, row) + ")";
        }
    }
    const std::string row = alias('j', last);
    if (whoever_goes) return from + " WHERE NOT (" + same(sql_.key, row, sql_.columns, "g") + ")";
    where += stays(tie.table, row, all_removals());
    return where.empty() ? from : from + " WHERE " + where.substr(5);
}

bool Settling::is_among_persons(const Tie& tie) const {
    return tie.path.joins.size() == 1 && tie.table == step_.entity.table;
}

std::string Settling::stays(const TableName& table, const std::string& alias,
                            const std::set<std::size_t>& removals) const {
    std::string text;
    const auto add = [&](const std::string& rows, const std::vector<std::string>& columns,
                         const std::vector<std::string>& key) {
        text += " AND NOT EXISTS (SELECT 1 FROM " + rows + " w WHERE " + same(columns, "w", key, alias) + ")";
    };
    if (table == step_.entity.table) add(sql_.going, sql_.columns, sql_.key);
    for (const std::size_t each : removals) {
        const RemovalSql& removal = sql_.removals.at(each);
        if (step_.reach.removals[each].table == table) add(removal.rows, removal.columns, removal.key);
    }
    return text;
}

std::set<std::size_t> Settling::all_removals() const {
    std::set<std::size_t> all;
    for (std::size_t i = 0; i < step_.reach.removals.size(); ++i) all.insert(i);
    return all;
}

std::string Settling::pairs(const std::vector<JoinColumn>& on, const std::string& left,
                            const std::string& right) const {
    std::string text;
    for (const JoinColumn& pair : on) {
        std::string one = left + "." + grammar_.quote(pair.column);
        std::string other = right + "." + grammar_.quote(pair.previous);
        if (pair.as_text) {
            one = grammar_.as_text(one, ColumnKind::unknown);
            other = grammar_.as_text(other, ColumnKind::unknown);
        }
        text += (text.empty() ? "" : " AND ") + one + " = " + other;
    }
    return text;
}

}  // namespace crmaudit::reports::purge
