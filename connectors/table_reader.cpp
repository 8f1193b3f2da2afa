#include "connectors/table_reader.h"

#include <algorithm>

#include "connectors/key_order.h"

namespace crmaudit::connectors {
namespace {

constexpr std::size_t largest_page = 20000;

ReadOptions reading(const Selection& selection) {
    return {.rows_per_block = 1000, .cell_bytes = 512, .longest_cell = selection.longest_cell};
}

std::string from(const Session& session, const Table& table) {
    return " FROM " + session.dialect().grammar().quote(table.name) + " t";
}

std::int64_t read_pages(Session& session, const Table& table, const Selection& selection, const KeyOrder& order,
                        const RowSink& sink, std::size_t memory_bytes) {
    const std::size_t page = std::clamp<std::size_t>(memory_bytes / selection.widest_row, 1, largest_page);
    const std::string all =
        "SELECT " + joined(selection.cells, ", ") + ", " + joined(order.texts("t."), ", ") + from(session, table);
    // Of the table: a bare name would mean a column of the result, and that is the key as text.
    const std::string in_order = " ORDER BY " + order.columns("t.") +
                                 session.dialect().grammar().rows_between(0, static_cast<std::int64_t>(page));

    const auto width = static_cast<std::ptrdiff_t>(selection.cells.size());
    std::int64_t total = 0;
    sql::Row last;
    for (bool more = true; more;) {
        std::size_t rows = 0;
        bool wanted = true;
        session.read(all + order.after(last) + in_order, reading(selection), [&](const sql::Row& row) {
            ++rows;
            ++total;
            last.assign(row.begin() + width, row.end());
            wanted = sink(sql::Row(row.begin(), row.begin() + width));
            return wanted;
        });
        more = wanted && rows == page;
    }
    return total;
}

bool fits(Session& session, const Table& table, const Selection& selection, std::size_t memory_bytes) {
    std::vector<std::string> lengths;
    for (const auto& cell : selection.cells) lengths.push_back("COALESCE(OCTET_LENGTH(" + cell + "), 0) + 16");
    const auto rows = session.rows("SELECT SUM(" + joined(lengths, " + ") + ")" + from(session, table));
    const std::string bytes = rows.empty() || rows.front().empty() ? "" : rows.front().front().value_or("0");
    return !bytes.empty() && bytes.size() < 15 && std::stod(bytes) <= static_cast<double>(memory_bytes);
}

std::int64_t read_whole(Session& session, const Table& table, const Selection& selection, const RowSink& sink) {
    std::int64_t total = 0;
    session.read("SELECT " + joined(selection.cells, ", ") + from(session, table), reading(selection),
                 [&](const sql::Row& row) {
                     ++total;
                     return sink(row);
                 });
    return total;
}

/// The order to read the table's pages in; absent when it is read whole.
std::optional<KeyOrder> page_order(const Session& session, const Table& table, std::size_t widest_row,
                                   std::size_t memory_bytes) {
    const Dialect& dialect = session.dialect();
    if (dialect.large_result() == LargeResult::whole) return std::nullopt;
    const bool is_streamed = dialect.large_result() == LargeResult::streamed &&
                             (!session.in_snapshot() || dialect.row_number(table).empty());
    if (is_streamed && dialect.rows_held() * widest_row <= memory_bytes) return std::nullopt;
    return key_order(dialect, table);
}

}  // namespace

std::int64_t read_rows(Session& session, const Table& table, const Selection& selection, const RowSink& sink,
                       std::size_t memory_bytes) {
    if (const auto order = page_order(session, table, selection.widest_row, memory_bytes)) {
        return read_pages(session, table, selection, *order, sink, memory_bytes);
    }
    const bool is_streamed = session.dialect().large_result() == LargeResult::streamed;
    if (is_streamed || fits(session, table, selection, memory_bytes)) {
        return read_whole(session, table, selection, sink);
    }
    throw sql::QueryError(sql::QueryError::Reason::unsupported, "HY014",
                          "has no key by which it could be read in parts, and is too large to be read whole through "
                          "this driver");
}

}  // namespace crmaudit::connectors
