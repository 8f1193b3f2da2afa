// Columns of codes that flags of a profile look for: 'yes', 'confirmed-opt-in', '^consent^'. A list of codes that
// matches nothing of what a column holds is a mistake in the profile, not a database in which nobody has agreed.
#pragma once

#include <initializer_list>
#include <vector>

#include "auditor/checks/check.h"

namespace crmaudit::checks {

/// The columns of texts that decide flags in these roles. A code counts as known if any attribute of the entity looks
/// for it, whatever its role; words for true and false are known beside one another. Left out are flags that look at
/// several columns, because none of them need decide by itself. Adds to the entity what the conditions ask for.
std::vector<CodedColumn> coded_columns(Entity& entity, std::initializer_list<Role> roles);

}  // namespace crmaudit::checks
