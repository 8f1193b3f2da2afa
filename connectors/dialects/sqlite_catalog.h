// Reads the structure of a SQLite database. It has no accounts and no grants.
#pragma once

#include <string_view>

#include "auditor/model/catalog.h"
#include "connectors/dialect.h"

namespace crmaudit::connectors {

/// By the declared type, which binds nothing: a column holds what was put into it.
ColumnKind sqlite_kind(std::string_view declared_type);

/// A view or virtual table that cannot be read becomes a gap and does not end the reading.
Catalog read_sqlite_catalog(const CatalogQuery& query);

}  // namespace crmaudit::connectors
