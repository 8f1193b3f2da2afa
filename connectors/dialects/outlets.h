// What carries data out of a database besides its accounts' statements: linked servers with stored logins, replication,
// tables that live elsewhere. Which hosts they lead to is told by the readers of hosts.
#pragma once

#include "auditor/model/permissions.h"
#include "connectors/dialect.h"

namespace crmaudit::connectors {

/// Both add to Permissions::outlets, and a gap about "outlets" for what the account may not see.
void read_postgresql_outlets(const CatalogQuery& query, Permissions& permissions);
void read_mariadb_outlets(const CatalogQuery& query, Permissions& permissions);

}  // namespace crmaudit::connectors
