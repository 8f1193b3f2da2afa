// The hosts of other services that the CRM's settings name, where the profile says which columns they stand in.
#pragma once

#include <vector>

#include "auditor/model/catalog.h"
#include "auditor/model/profile.h"
#include "auditor/model/result.h"
#include "auditor/sql/query_port.h"
#include "auditor/sql/render.h"

namespace crmaudit::engine {

struct SettingHosts {
    std::vector<FoundHost> hosts;
    std::vector<Gap> gaps;  // columns that could not be read, or whose values are no hosts
};

/// Reads a bounded number of values of each column and keeps the hosts in them, nothing else. A table that this
/// installation does not have names no host. Throws sql::QueryError only when the connection is lost or the run was
/// cancelled.
SettingHosts find_setting_hosts(const Profile& profile, const Catalog& catalog, const sql::Renderer& renderer,
                                sql::QueryPort& port);

}  // namespace crmaudit::engine
