// Which rows of one table are read as they are: for the copy of one person's data, and for nothing else.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "auditor/model/condition.h"

namespace crmaudit::sql {

/// Columns that hold one of these combinations of values, as Renderer::rows gave them. `as_text`: compared as text,
/// where the values come from columns of another kind.
struct SameValues {
    std::vector<Operand> columns;
    std::vector<std::vector<std::string>> values;
    bool as_text = false;
};

struct RowsQuestion {
    TableName table;
    std::vector<Operand> cells;         // columns with their kinds
    std::vector<std::string> key = {};  // by which the rows are ordered, perhaps none
    std::optional<SameValues> same = {};
    Condition where = {};                // over columns of the table
    std::size_t characters = 64U << 10;  // of a value; the database itself cuts what is longer
    std::int64_t offset = 0;
    std::int64_t limit = 1;
};

}  // namespace crmaudit::sql
