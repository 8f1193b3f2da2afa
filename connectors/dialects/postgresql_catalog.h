// Reads structure and permissions from PostgreSQL's system catalogs, which every account may read. PostgreSQL 11 and
// later.
#pragma once

#include "auditor/model/catalog.h"
#include "connectors/dialect.h"

namespace crmaudit::connectors {

/// Fills in schemas, tables, columns, keys, indexes and what the account may read and write.
void read_postgresql_structure(const CatalogQuery& query, Catalog& catalog);

/// Fills in principals, memberships and grants.
void read_postgresql_permissions(const CatalogQuery& query, Catalog& catalog);

/// Fills in the hosts of foreign servers, subscriptions, replicas and the primary server.
void read_postgresql_hosts(const CatalogQuery& query, Catalog& catalog);

}  // namespace crmaudit::connectors
