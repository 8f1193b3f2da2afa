// Large tables for the tests of sampling, made by the database itself, and what a port read of them.
#pragma once

#include <cstdio>
#include <string>
#include <vector>

#include "connectors/database.h"
#include "tests/support/live.h"

namespace crmaudit::live {

/// FROM … with the numbers 1 to `last` as i.
inline std::string numbers(Product product, std::int64_t last) {
    const std::string end = std::to_string(last);
    if (product == Product::postgresql) return " FROM (SELECT i FROM generate_series(1, " + end + ") AS n(i)) AS n";
    if (product == Product::mariadb) return " FROM (SELECT seq AS i FROM seq_1_to_" + end + ") AS n";
    return " FROM (WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < " + end +
           ") SELECT i FROM n) AS n";
}

/// SQL for `text` `times` times.
inline std::string repeated(Product product, const std::string& text, int times) {
    const std::string count = std::to_string(times);
    if (product == Product::sqlite) return "REPLACE(HEX(ZEROBLOB(" + count + ")), '00', '" + text + "')";
    return "REPEAT('" + text + "', " + count + ")";
}

constexpr std::int64_t scatter = 2654435761;
constexpr std::int64_t scattered_range = 4294967296;

/// A key that looks like a UUID and lies anywhere in the order, for each i: as SQL, and as the text that it gives.
inline std::string uuid_of_i(Product product) {
    const std::string number = "(i * " + std::to_string(scatter) + ") % " + std::to_string(scattered_range);
    const std::string rest = "-0000-4000-8000-000000000000'";
    if (product == Product::postgresql) return "lpad(to_hex(" + number + "), 8, '0') || '" + rest;
    if (product == Product::mariadb) return "CONCAT(LPAD(LOWER(HEX(" + number + ")), 8, '0'), '" + rest + ")";
    return "printf('%08x', " + number + ") || '" + rest;
}
inline std::string uuid_of(std::int64_t i) {
    char digits[9];
    std::snprintf(digits, sizeof digits, "%08llx", static_cast<unsigned long long>(i * scatter % scattered_range));
    return std::string(digits) + "-0000-4000-8000-000000000000";
}

struct Sampled {
    TableSample sample;
    std::vector<sql::Row> rows;

    std::vector<std::string> column(std::size_t index) const {
        std::vector<std::string> cells;
        for (const auto& row : rows) cells.push_back(row.at(index).value_or("NULL"));
        return cells;
    }
    std::size_t filled(std::size_t index) const {
        std::size_t count = 0;
        for (const auto& row : rows) count += row.at(index).has_value() ? 1U : 0U;
        return count;
    }
};

inline const Table& table_in(const Catalog& catalog, const std::string& name) {
    for (const auto& table : catalog.tables) {
        if (table.name.name == name) return table;
    }
    throw std::runtime_error("the catalog has no table " + name);
}

inline Sampled sampled(connectors::Database& database, const Table& table, const std::vector<std::string>& columns,
                       const sql::SampleRequest& request = {}) {
    Sampled result;
    result.sample = database.read_values(table, columns, request, [&](const sql::Row& row) {
        result.rows.push_back(row);
        return true;
    });
    return result;
}

inline Sampled sampled(Scratch& scratch, const std::string& table, const std::vector<std::string>& columns,
                       const sql::SampleRequest& request = {}) {
    const auto database = connectors::open_database(scratch.options());
    const Catalog catalog = database->read_catalog();
    return sampled(*database, table_in(catalog, table), columns, request);
}

}  // namespace crmaudit::live
