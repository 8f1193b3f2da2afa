// Default privileges: what tables that do not exist yet will come with.
#pragma once

#include <string>
#include <vector>

#include "auditor/model/permissions.h"

namespace crmaudit::access {

/// The permissions as they would be if `creator` made a table in `schema` now; the table comes last.
Permissions with_new_table(const Permissions& permissions, Permissions::Id creator, Permissions::Id schema,
                           const std::string& name, const std::vector<std::string>& columns);

}  // namespace crmaudit::access
