// Which values a column can hold, and so which categories it cannot.
#pragma once

#include <string_view>

#include "auditor/model/catalog.h"
#include "auditor/model/category.h"

namespace crmaudit::classify {

/// The kind that a database's own type name stands for: "varchar(100)", "tinyint(1)", "timestamp without time zone".
ColumnKind kind_of_type(std::string_view type);

/// The column's kind, with flags told from numbers ("tinyint(1)") and unknown ones read from the type name.
ColumnKind kind_of(const Column& column);

/// 1 where the kind suits the category, 0 where it cannot hold it, between where it would be unusual.
double suits(ColumnKind kind, Category category);

}  // namespace crmaudit::classify
