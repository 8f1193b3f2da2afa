// The verdict on one column: what its name, comment, type and table say, weighed against each other.
#pragma once

#include "auditor/classify/table_view.h"
#include "auditor/model/classification.h"

namespace crmaudit::classify {

/// Below this strength a category is not believed.
inline constexpr double threshold = 0.5;

/// The column at `index` of the table. Evidence also tells what was overruled; it never holds a value of a row.
ColumnClassification judge_column(const Vocabulary& vocabulary, NameReader& reader, const Languages& languages,
                                  const Table& table, const TableView& view, std::size_t index);

}  // namespace crmaudit::classify
