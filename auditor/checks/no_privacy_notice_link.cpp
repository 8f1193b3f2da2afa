// Messages to many or to somebody for the first time, and templates of such, that do not say where the privacy notice
// is.
#include "auditor/checks/messages.h"
#include "auditor/checks/registry.h"

namespace crmaudit::checks {
namespace {

Plan plan_notice(const CheckInput& input) {
    return message_plan(input, {Role::body, Role::outbound, Role::bulk, Role::first_contact, Role::template_text},
                        {Role::bulk, Role::first_contact, Role::template_text});
}

}  // namespace

Check no_privacy_notice_link() {
    return {"no_privacy_notice_link", plan_notice, found_where_link_missing, "terms", true};
}

}  // namespace crmaudit::checks
