// The CRM's own ways out, where the profile says in which tables they stand: by name, host, number and last use.
#pragma once

#include "auditor/model/catalog.h"
#include "auditor/model/crm_outlet.h"
#include "auditor/model/profile.h"
#include "auditor/sql/query_port.h"
#include "auditor/sql/render.h"

namespace crmaudit::engine {

/// Of names only those leave that hold no address, of targets only hosts; secrets and owners are not read at all. What
/// the catalog lacks, the account may not read, or goes beyond a bounded number of names is a gap; a table that this
/// installation does not have has no outlets. Throws sql::QueryError only when the connection is lost or the run was
/// cancelled.
CrmOutlets find_crm_outlets(const Profile& profile, const Catalog& catalog, const sql::Renderer& renderer,
                            sql::QueryPort& port);

}  // namespace crmaudit::engine
