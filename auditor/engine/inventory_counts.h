// Counts for the inventory: how many rows have each classified column filled, and with how many different values. One
// statement a table (for tables of very many columns, one a group of columns), apart from the rules' own counts.
#pragma once

#include <vector>

#include "auditor/model/catalog.h"
#include "auditor/model/classification.h"
#include "auditor/model/result.h"
#include "auditor/sql/query_port.h"
#include "auditor/sql/render.h"

namespace crmaudit::engine {

/// Fills in ColumnClassification::counts of every column that is not `none`, and gives what could not be counted.
/// Throws sql::QueryError only when the connection is lost or the run was cancelled.
std::vector<Gap> count_inventory(Classification& classification, const Catalog& catalog, const sql::Renderer& renderer,
                                 sql::QueryPort& port);

}  // namespace crmaudit::engine
