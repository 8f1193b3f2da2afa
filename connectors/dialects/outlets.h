// What carries data out of a database besides its accounts' statements: linked servers with stored logins, replication,
// tables that live elsewhere. Which hosts they lead to is told by the readers of hosts.
#pragma once

#include "auditor/model/permissions.h"
#include "connectors/dialect.h"

namespace crmaudit::connectors {

/// All add to Permissions::outlets, and a gap about "outlets" for what the account may not see.
void read_postgresql_outlets(const CatalogQuery& query, Permissions& permissions);
void read_mariadb_outlets(const CatalogQuery& query, Permissions& permissions);
/// What starts programs of the server counts as well. Without sight of the whole server the list may be short.
void read_mssql_outlets(const CatalogQuery& query, bool sees_server, Permissions& permissions);

}  // namespace crmaudit::connectors
