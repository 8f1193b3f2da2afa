// Reads who may do what from MariaDB's or MySQL's own tables: everybody's rights on the connected database, and what
// lends rights there. It needs what scripts/grants/mariadb.sql gives; what stays hidden is a gap.
#pragma once

#include "auditor/model/permissions.h"
#include "connectors/dialect.h"

namespace crmaudit::connectors {

Permissions read_mariadb_access(const CatalogQuery& query);

/// Whether it is MySQL that answers.
bool is_mysql(const CatalogQuery& query);

}  // namespace crmaudit::connectors
