// Facts about structure that reports and scripts need without a database.
#pragma once

#include <string>
#include <vector>

#include "auditor/model/catalog.h"
#include "auditor/model/entity.h"
#include "auditor/model/result.h"

namespace crmaudit::engine {

/// SHA-256 over tables, columns, types and keys; row estimates, comments and permissions do not change it.
std::string structure_hash(const Catalog& catalog);

/// Keys and foreign keys, in both directions, of every table the entities read, of those whose rows the database
/// deletes along with them, and of places where addresses are remembered.
std::vector<TouchedTable> touched_tables(const std::vector<Entity>& entities,
                                         const std::vector<SuppressionPlace>& places, const Catalog& catalog);

}  // namespace crmaudit::engine
