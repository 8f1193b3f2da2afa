#include "connectors/table_reader.h"

#include <algorithm>

namespace crmaudit::connectors {
namespace {

using Columns = std::vector<std::string>;

constexpr std::size_t first_page = 1000;
constexpr std::size_t largest_page = 20000;

std::string joined(const Columns& parts, const char* between) {
    std::string text;
    for (const auto& part : parts) text += (text.empty() ? "" : between) + part;
    return text;
}

Columns quoted(const sql::Grammar& grammar, const Columns& columns) {
    Columns names;
    for (const auto& column : columns) names.push_back(grammar.quote(column));
    return names;
}

/// `columns` are SQL.
std::string select(const sql::Grammar& grammar, const Table& table, const Columns& columns) {
    return "SELECT " + joined(columns, ", ") + " FROM " + grammar.quote(table.name);
}

bool is_range_column(const Table& table, const std::string& name) {
    const Column* column = table.find(name);
    if (column == nullptr || column->nullable) return false;
    // An enumeration sorts by the position of its words, a floating-point number's text is not its value.
    const bool is_enumeration = column->type.starts_with("enum") || column->type.starts_with("set");
    switch (column->kind) {
        case ColumnKind::integer:
        case ColumnKind::date:
        case ColumnKind::timestamp: return true;
        case ColumnKind::text: return !is_enumeration;
        default: return false;
    }
}

bool is_range_key(const Table& table, const Columns& key) {
    return !key.empty() &&
           std::all_of(key.begin(), key.end(), [&](const auto& name) { return is_range_column(table, name); });
}

/// A part of what pages are cut by.
struct KeyPart {
    std::string sql;
    bool is_number = false;
};
using PageKey = std::vector<KeyPart>;

PageKey page_key(const sql::Grammar& grammar, const Table& table, const Columns& columns) {
    PageKey key;
    for (const auto& name : columns) {
        key.push_back({grammar.quote(name), table.find(name)->kind == ColumnKind::integer});
    }
    return key;
}

/// "after the row with these key values", written so that an index on the key serves it.
std::string after(const PageKey& key, const Columns& literals) {
    std::string condition;
    for (std::size_t i = key.size(); i-- > 0;) {
        const std::string& column = key[i].sql;
        const std::string later = column + " > " + literals[i];
        condition = condition.empty()
                        ? later
                        : "(" + later + " OR (" + column + " = " + literals[i] + " AND " + condition + "))";
    }
    return key.front().sql + " >= " + literals.front() + " AND " + condition;
}

std::string literal(const sql::Grammar& grammar, const KeyPart& part, const std::string& value) {
    const bool is_number =
        part.is_number && !value.empty() && value.find_first_not_of("-0123456789") == std::string::npos;
    return is_number ? value : grammar.text_literal(value);
}

std::size_t size_of(const sql::Row& row) {
    std::size_t bytes = 0;
    for (const auto& cell : row) bytes += 16 + (cell ? cell->size() : 0);
    return bytes;
}

ReadOptions reading(const TableReadOptions& options) {
    return {.rows_per_block = 1000, .cell_bytes = 512, .longest_cell = options.longest_cell};
}

std::int64_t read_pages(Session& session, const Table& table, const Columns& columns, const PageKey& key,
                        const RowSink& sink, const TableReadOptions& options) {
    const sql::Grammar& grammar = session.dialect().grammar();
    Columns parts;
    for (const KeyPart& part : key) parts.push_back(part.sql);
    Columns selected = quoted(grammar, columns);
    selected.insert(selected.end(), parts.begin(), parts.end());
    const std::string all = select(grammar, table, selected);
    const std::string order = " ORDER BY " + joined(parts, ", ") + " LIMIT ";

    std::int64_t total = 0;
    std::size_t limit = first_page;
    std::string range;
    sql::Row last;
    for (bool more = true; more;) {
        std::size_t rows = 0;
        std::size_t bytes = 0;
        bool wanted = true;
        session.read(all + range + order + std::to_string(limit), reading(options), [&](const sql::Row& row) {
            ++rows;
            bytes += size_of(row);
            last = row;
            ++total;
            wanted = sink(sql::Row(row.begin(), row.begin() + static_cast<std::ptrdiff_t>(columns.size())));
            return wanted;
        });
        more = wanted && rows == limit;
        if (!more) break;
        Columns literals;
        for (std::size_t i = 0; i < key.size(); ++i) {
            literals.push_back(literal(grammar, key[i], last[columns.size() + i].value_or("")));
        }
        range = " WHERE " + after(key, literals);
        const std::size_t fitting = options.memory_bytes / std::max<std::size_t>(bytes / rows, 1);
        // Grown slowly, as the next rows may be larger than these.
        limit = std::clamp<std::size_t>(fitting, 1, std::min(limit * 4, largest_page));
    }
    return total;
}

bool fits(Session& session, const Table& table, const Columns& columns, const TableReadOptions& options) {
    const sql::Grammar& grammar = session.dialect().grammar();
    Columns lengths;
    for (const auto& name : quoted(grammar, columns)) lengths.push_back("COALESCE(OCTET_LENGTH(" + name + "), 0) + 16");
    const auto rows = session.rows("SELECT SUM(" + joined(lengths, " + ") + ") FROM " + grammar.quote(table.name));
    const std::string bytes = rows.empty() || rows.front().empty() ? "" : rows.front().front().value_or("0");
    return !bytes.empty() && bytes.size() < 15 && std::stod(bytes) <= static_cast<double>(options.memory_bytes);
}

std::int64_t read_whole(Session& session, const Table& table, const Columns& columns, const RowSink& sink,
                        const TableReadOptions& options) {
    std::int64_t total = 0;
    const sql::Grammar& grammar = session.dialect().grammar();
    session.read(select(grammar, table, quoted(grammar, columns)), reading(options), [&](const sql::Row& row) {
        ++total;
        return sink(row);
    });
    return total;
}

}  // namespace

std::vector<std::string> range_key(const Table& table) {
    if (is_range_key(table, table.primary_key)) return table.primary_key;
    const auto found = std::find_if(table.indexes.begin(), table.indexes.end(), [&](const Index& index) {
        return index.unique && is_range_key(table, index.columns);
    });
    return found == table.indexes.end() ? Columns{} : found->columns;
}

std::int64_t read_rows(Session& session, const Table& table, const std::vector<std::string>& columns,
                       const RowSink& sink, const TableReadOptions& options) {
    const LargeResult large = session.dialect().large_result();
    const std::string row_number = session.in_snapshot() ? session.dialect().row_number(table) : "";
    if (!row_number.empty()) return read_pages(session, table, columns, {{row_number, true}}, sink, options);
    if (large == LargeResult::streamed) return read_whole(session, table, columns, sink, options);
    const Columns key = large == LargeResult::by_key_pages ? range_key(table) : Columns{};
    if (!key.empty()) {
        return read_pages(session, table, columns, page_key(session.dialect().grammar(), table, key), sink, options);
    }
    if (fits(session, table, columns, options)) return read_whole(session, table, columns, sink, options);
    throw sql::QueryError(sql::QueryError::Reason::other, "HY014",
                          to_string(table.name) +
                              ": has no key by which it could be read in parts, and is too large to be "
                              "read whole through this driver");
}

}  // namespace crmaudit::connectors
