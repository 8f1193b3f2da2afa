// The order of a table's rows by which it is read in parts: a key's columns, or the hidden number of its rows.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "auditor/sql/query_port.h"
#include "connectors/dialect.h"

namespace crmaudit::connectors {

class KeyOrder {
public:
    /// By these columns of the table; all of them exist.
    KeyOrder(const sql::Grammar& grammar, const Table& table, const std::vector<std::string>& columns);
    /// By a hidden number of each row, SQL.
    KeyOrder(const sql::Grammar& grammar, const std::string& row_number);

    struct Part {
        std::string sql;  // quoted
        ColumnKind kind;
    };
    const std::vector<Part>& parts() const { return parts_; }

    /// What `after` takes back, as SQL; `prefix` ("t.") stands before each column.
    std::vector<std::string> texts(const std::string& prefix) const;

    /// "k1, k2" for ORDER BY.
    std::string columns(const std::string& prefix = {}) const;

    /// " WHERE …": the rows after the one whose key has these texts. Empty for no texts.
    std::string after(const sql::Row& texts) const;

    /// Conditions on the columns behind `prefix`: the row comes after the one whose key has these texts; it has one of
    /// these keys.
    std::string later(const sql::Row& texts, const std::string& prefix) const;
    std::string is_one_of(std::span<const sql::Row> keys, const std::string& prefix) const;

private:
    const sql::Grammar& grammar_;
    std::vector<Part> parts_;
};

/// The columns of a key that orders a table: unique, never NULL, and of types whose written values sort as the database
/// sorts them. Empty when the table has none.
std::vector<std::string> range_key(const Dialect& dialect, const Table& table);

/// By range_key, or else by the number of each row where the database has one; absent when a table has neither.
std::optional<KeyOrder> key_order(const Dialect& dialect, const Table& table);

}  // namespace crmaudit::connectors
