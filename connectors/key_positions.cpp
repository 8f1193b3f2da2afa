#include "connectors/key_positions.h"

#include <algorithm>
#include <set>

#include "connectors/table_reader.h"

namespace crmaudit::connectors {
namespace {

using Positions = std::vector<std::int64_t>;

/// Up to here one statement that numbers all keys costs less than many that each go a step along the index. Beyond, it
/// would take the server time to sort and room to store them, and planners would read the whole table for the join.
constexpr std::int64_t most_numbered = 100000;

/// SQL that gives keys under names of their own, and finds their rows again.
struct KeyNames {
    std::vector<std::string> columns;  // key AS k1
    std::vector<std::string> pairs;    // t.key = p.k1

    explicit KeyNames(const KeyOrder& order) {
        for (const auto& part : order.parts()) {
            const std::string name = "k" + std::to_string(columns.size() + 1);
            columns.push_back(part.sql + " AS " + name);
            pairs.push_back("t." + part.sql + " = p." + name);
        }
    }
};

std::int64_t read_numbered(Session& session, const std::string& table, const KeyOrder& order,
                           const Selection& selection, const Positions& positions, const RowSink& sink) {
    const KeyNames names(order);
    const std::string start = "SELECT " + joined(selection.cells, ", ") + " FROM (SELECT " +
                              joined(names.columns, ", ") + ", ROW_NUMBER() OVER (ORDER BY " + order.columns() +
                              ") AS n FROM " + table + ") p JOIN " + table + " t ON " + joined(names.pairs, " AND ") +
                              " WHERE p.n IN (";
    const ReadOptions options{.rows_per_block = 100, .cell_bytes = 512, .longest_cell = selection.longest_cell};
    const std::size_t at_once = std::max<std::size_t>(reading_memory / selection.widest_row, 1);
    std::int64_t read = 0;
    bool wanted = true;
    for (std::size_t first = 0; wanted && first < positions.size(); first += at_once) {
        std::vector<std::string> numbers;
        for (std::size_t i = first; i < std::min(first + at_once, positions.size()); ++i) {
            numbers.push_back(std::to_string(positions[i]));
        }
        session.read(start + joined(numbers, ", ") + ") ORDER BY p.n", options, [&](const sql::Row& row) {
            wanted = sink(row) && read + 1 < static_cast<std::int64_t>(positions.size());
            ++read;
            return wanted;
        });
    }
    return read;
}

std::int64_t walk(Session& session, const std::string& table, const KeyOrder& order, const Selection& selection,
                  const Positions& positions, const RowSink& sink) {
    const KeyNames names(order);
    const std::string start = "SELECT " + joined(selection.cells, ", ") + ", " + joined(order.texts("t."), ", ") +
                              " FROM (SELECT " + joined(names.columns, ", ") + " FROM " + table + " s";
    const std::string in_order = " ORDER BY " + order.columns("s.");
    const std::string end = ") p JOIN " + table + " t ON " + joined(names.pairs, " AND ");
    const ReadOptions options{.rows_per_block = 1, .cell_bytes = 512, .longest_cell = selection.longest_cell};
    const auto width = static_cast<std::ptrdiff_t>(selection.cells.size());
    std::int64_t read = 0;
    std::int64_t reached = 0;
    sql::Row key;
    std::set<sql::Row> keys_met;
    for (const std::int64_t position : positions) {
        bool found = false;
        bool wanted = true;
        const std::string skip = session.dialect().grammar().rows_between(position - reached - 1, 1);
        session.read(start + order.after(key) + in_order + skip + end, options, [&](const sql::Row& row) {
            found = true;
            key.assign(row.begin() + width, row.end());
            wanted = sink(sql::Row(row.begin(), row.begin() + width));
            return false;
        });
        if (!found) break;
        if (!keys_met.insert(key).second) {
            throw sql::QueryError(sql::QueryError::Reason::unsupported, "", "its key does not sort as it is written");
        }
        ++read;
        if (!wanted) break;
        reached = position;
    }
    return read;
}

}  // namespace

std::int64_t read_positions(Session& session, const Table& table, const KeyOrder& order, const Selection& selection,
                            const Positions& positions, std::int64_t total, const RowSink& sink) {
    const std::string name = session.dialect().grammar().quote(table.name);
    return total <= most_numbered ? read_numbered(session, name, order, selection, positions, sink)
                                  : walk(session, name, order, selection, positions, sink);
}

}  // namespace crmaudit::connectors
