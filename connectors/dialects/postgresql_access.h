// Reads who may do what from PostgreSQL's system catalogs, which every account may read. PostgreSQL 11 and later.
#pragma once

#include "auditor/model/permissions.h"
#include "connectors/dialect.h"
#include "connectors/dialects/access_reading.h"

namespace crmaudit::connectors {

/// What may be granted on the connected database, to whom, and what lends rights there. What cannot be read is a gap.
Permissions read_postgresql_access(const CatalogQuery& query);

/// Where what the database knows by a number stands in the lists; columns by "relation.number".
struct PlacesOfPostgresql {
    Places principals;
    Places schemas;
    Places relations;
    Places columns;
    Places functions;
};

/// What views read and can write, and what functions with their owner's rights touch.
void read_postgresql_uses(const CatalogQuery& query, int server_version, const PlacesOfPostgresql& places,
                          Permissions& permissions);

}  // namespace crmaudit::connectors
