// The text of a view as MariaDB and MySQL keep it: every name in backticks, columns after the table or its alias. It
// says which columns of which tables a view reads; nothing else of the servers does.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "auditor/model/catalog.h"

namespace crmaudit::connectors {

struct ViewedColumn {
    TableName table;
    std::string column;  // empty for a table of which no column is named
    auto operator<=>(const ViewedColumn&) const = default;
};

/// Sorted. Names of something else, such as functions or results of subqueries, may be among them; they fit no table.
std::vector<ViewedColumn> columns_in_view(std::string_view text);

}  // namespace crmaudit::connectors
