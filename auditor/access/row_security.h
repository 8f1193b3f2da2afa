// Row-level security: whether somebody who may read or change a table does so with all of its rows.
#pragma once

#include "auditor/access/reach.h"

namespace crmaudit::access {

/// none: no policy lets any row through. some: policies decide row by row. all: there is no row-level security, or it
/// does not apply to this session's user.
enum class Rows { none, some, all };

/// Of a table, for a right that the session has. Views are asked about by the tables that they read and the user whom
/// they are checked against.
Rows rows_within_reach(const Index& index, const Session& session, Id relation, Right right);

}  // namespace crmaudit::access
