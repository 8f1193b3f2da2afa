// How accounts prove who they are, who may come from where, and whether lines are encrypted: what the second part of
// scripts/grants opens, or an account that may read the catalogs anyway. Facts only: no statement asks for a secret.
#pragma once

#include "auditor/model/permissions.h"
#include "connectors/dialect.h"
#include "connectors/dialects/access_reading.h"

namespace crmaudit::connectors {

/// Both fill in logins, locks, periods, host rules and the transport; what the account may not see is a gap of the
/// kinds in fact_kinds that names the script which opens it. `principals` are places by the database's own numbers.
void read_postgresql_logins(const CatalogQuery& query, const Places& principals, Permissions& permissions);
void read_mariadb_logins(const CatalogQuery& query, Permissions& permissions);

}  // namespace crmaudit::connectors
