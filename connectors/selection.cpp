#include "connectors/selection.h"

#include <algorithm>

namespace crmaudit::connectors {

Selection select_columns(const Dialect& dialect, const Table& table, const std::vector<std::string>& columns,
                         std::size_t longest_cell) {
    constexpr std::size_t overhead = 32;  // of a cell, in a driver's buffer
    Selection selection{.cells = {}, .longest_cell = longest_cell, .widest_row = overhead};
    const sql::Grammar& grammar = dialect.grammar();
    for (const auto& name : columns) {
        const Column* column = table.find(name);
        const ColumnKind kind = column == nullptr ? ColumnKind::unknown : column->kind;
        selection.cells.push_back(grammar.head_of("t." + grammar.quote(name), kind, longest_cell));
        const auto declared = column == nullptr ? std::nullopt : dialect.widest_value(*column);
        selection.widest_row += std::min(declared.value_or(longest_cell), longest_cell) + overhead;
    }
    return selection;
}

std::string joined(const std::vector<std::string>& parts, const std::string& between) {
    std::string text;
    for (const auto& part : parts) text += (text.empty() ? "" : between) + part;
    return text;
}

}  // namespace crmaudit::connectors
