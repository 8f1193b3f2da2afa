// Permissions made from the plain list of grants, for databases of which no more than that list is known: nothing about
// owners, views or schemas that may not be used.
#pragma once

#include "auditor/model/permissions.h"

namespace crmaudit::access {

Permissions from_plain_list(const Catalog& catalog);

}  // namespace crmaudit::access
