// Rights on whole databases that are given to patterns of their names, as MariaDB does.
#pragma once

#include <vector>

#include "auditor/access/session.h"

namespace crmaudit::access {

struct SchemaRight {
    Id schema = Permissions::none;
    Rights rights = 0;
    Path path = Path::schema_grant;
};

/// What the patterns of a session's holders give, by schema.
std::vector<SchemaRight> schema_rights(const Index& index, const Session& session);

}  // namespace crmaudit::access
