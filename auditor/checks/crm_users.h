// What the checks about the CRM's own users share. Users are employees: they are counted, and a report names them by
// their keys at most.
#pragma once

#include <vector>

#include "auditor/checks/check.h"

namespace crmaudit::checks {

/// Where the CRM keeps its users; notes in `plan` why that is not known.
std::vector<const Entity*> crm_users(const CheckInput& input, Plan& plan);

/// A probe about the live users that can log in.
Probe probe_of_users(const Entity& users, Condition affected);

/// A plan about database and CRM together: it is not applicable only where neither has such a thing.
Plan together(Plan database, Plan crm);

}  // namespace crmaudit::checks
