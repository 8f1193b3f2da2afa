#include "auditor/checks/marketing.h"

#include "auditor/checks/roles.h"
#include "auditor/model/reasons.h"

namespace crmaudit::checks {

std::optional<Condition> marketed(const Entity& person, Plan& plan) {
    if (!whole(person, {Role::marketing_sent, Role::marketing_listed}, plan)) return std::nullopt;
    Condition mailed = any({some_known(person, Role::marketing_sent), some_hold(person, Role::marketing_listed)});
    if (!never(mailed)) return mailed;
    if (person.absence(Role::marketing_sent) == nullptr) {
        plan.gaps.push_back({person.name, reasons::text(reasons::not_mapped, to_string(Role::marketing_sent))});
    }
    return std::nullopt;
}

}  // namespace crmaudit::checks
