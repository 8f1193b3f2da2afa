// Requests for access to one's data that nobody has answered within the policy's period.
#include "auditor/checks/registry.h"
#include "auditor/checks/requests.h"

namespace crmaudit::checks {
namespace {

Plan plan_access(const CheckInput& input) { return plan_overdue(input, Role::request_access); }

}  // namespace

Check access_request_overdue() { return {"access_request_overdue", plan_access, found_where_affected, "within"}; }

}  // namespace crmaudit::checks
