// Reads structure and permissions of the connected database from MariaDB or MySQL. What is not granted to the account
// is invisible there; gaps say where that may hide something.
#pragma once

#include <string_view>

#include "auditor/model/catalog.h"
#include "connectors/dialect.h"

namespace crmaudit::connectors {

/// tinyint(1) is what BOOL becomes.
ColumnKind mariadb_kind(std::string_view data_type, std::string_view column_type);

/// Fills in tables, columns, keys and indexes; `own` are the account's grants.
void read_mariadb_structure(const CatalogQuery& query, const std::vector<Grant>& own, Catalog& catalog);

/// The account's own grants, those of its active roles and of PUBLIC included.
std::vector<Grant> read_own_grants(const CatalogQuery& query);

/// Fills in principals, memberships and grants: everybody's where mysql.* may be read, else the account's own and a
/// gap.
void read_mariadb_permissions(const CatalogQuery& query, const std::vector<Grant>& own, Catalog& catalog);

/// Fills in the hosts of servers that tables may live on, of such tables, and of replication, as far as the account
/// sees them.
void read_mariadb_hosts(const CatalogQuery& query, const std::vector<Grant>& own, Catalog& catalog);

}  // namespace crmaudit::connectors
