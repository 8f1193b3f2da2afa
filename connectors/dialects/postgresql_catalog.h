// Reads structure and permissions from PostgreSQL's system catalogs, which every account may read. PostgreSQL 11 and
// later.
#pragma once

#include "auditor/model/catalog.h"
#include "connectors/dialect.h"

namespace crmaudit::connectors {

/// Fills in schemas, tables, columns, keys, indexes and what the account may read and write.
void read_postgresql_structure(const CatalogQuery& query, Catalog& catalog);

/// Fills in what the account could do besides reading.
void read_postgresql_powers(const CatalogQuery& query, Catalog& catalog);

/// Fills in the hosts of foreign servers, subscriptions, replicas and the primary server.
void read_postgresql_hosts(const CatalogQuery& query, Catalog& catalog);

}  // namespace crmaudit::connectors
