// What is read of each row of a table: columns as text, cut by the database itself before anything is transferred.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "connectors/dialect.h"

namespace crmaudit::connectors {

struct Selection {
    std::vector<std::string> cells;  // SQL, in a statement that calls the table t
    std::size_t longest_cell = 0;    // bytes
    std::size_t widest_row = 0;      // bytes that a row can take at most
};

/// Each of the columns, in that order.
Selection select_columns(const Dialect& dialect, const Table& table, const std::vector<std::string>& columns,
                         std::size_t longest_cell);

/// Parts of SQL with `between` them.
std::string joined(const std::vector<std::string>& parts, const std::string& between);

}  // namespace crmaudit::connectors
