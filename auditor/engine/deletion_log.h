// The log that purge scripts leave in the database, read again: the proof of what was deleted, set against what the
// same rules find now.
#pragma once

#include <vector>

#include "auditor/model/catalog.h"
#include "auditor/model/result.h"
#include "auditor/sql/query_port.h"
#include "auditor/sql/render.h"

namespace crmaudit::engine {

/// Takes the tables that crmaudit's own scripts left out of the catalog, with the gaps that are about them. All but the
/// log are named in Catalog::left_out.
std::vector<Table> take_own_tables(Catalog& catalog);

/// Reads the latest rows of each log among these tables into Result::deletions, with what the rules of the result find
/// now. Rows are believed only where they have the form of what a script writes, about an entity of the result, a table
/// of the catalog or a name that is a word; whatever else stands there, and a log that cannot be read, is a gap of the
/// source. Throws sql::QueryError only when the connection is lost or the run was cancelled.
void add_deletions(AuditResult& result, const Catalog& catalog, const std::vector<Table>& own_tables,
                   const sql::Renderer& renderer, sql::QueryPort& port);

}  // namespace crmaudit::engine
