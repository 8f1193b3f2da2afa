// Requests to correct data that nobody has answered within the policy's period.
#include "auditor/checks/registry.h"
#include "auditor/checks/requests.h"

namespace crmaudit::checks {
namespace {

Plan plan_rectification(const CheckInput& input) { return plan_overdue(input, Role::request_rectification); }

}  // namespace

Check rectification_overdue() { return {"rectification_overdue", plan_rectification, found_where_affected, "within"}; }

}  // namespace crmaudit::checks
