// Messages to many, and templates of such, with no link by which a recipient could opt out.
#include "auditor/checks/messages.h"
#include "auditor/checks/registry.h"

namespace crmaudit::checks {
namespace {

Plan plan_way_out(const CheckInput& input) {
    return message_plan(input, {Role::body, Role::outbound, Role::bulk, Role::template_text},
                        {Role::bulk, Role::template_text});
}

}  // namespace

Check no_opt_out_link() { return {"no_opt_out_link", plan_way_out, found_where_link_missing, "terms", true}; }

}  // namespace crmaudit::checks
