// Requests of persons that nobody has dealt with: shared by the checks for each right.
#pragma once

#include "auditor/checks/check.h"

namespace crmaudit::checks {

/// A probe for each entity of requests that keeps requests of this right: those that are open, of all of them.
/// Says in `plan` why there is none.
std::vector<Probe> open_requests(const CheckInput& input, Role right, Plan& plan);

/// Those that came in before the period `within` of the rule began.
Plan plan_overdue(const CheckInput& input, Role right);

}  // namespace crmaudit::checks
