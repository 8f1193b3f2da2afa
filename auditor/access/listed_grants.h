// Entries of the lists in the words of SQL's grants, with everything that it takes to give them back.
#pragma once

#include <vector>

#include "auditor/access/entries.h"
#include "auditor/model/revocation.h"

namespace crmaudit::access {

/// One for rights that go, one for rights of which only the option goes. Empty where a statement cannot name it: a
/// function that another one shares its name with.
std::vector<ListedGrant> listed_grants(const Permissions& facts, const Entry& entry);

}  // namespace crmaudit::access
