#include "auditor/checks/exemptions.h"

#include "auditor/checks/roles.h"

namespace crmaudit::checks {

bool exemptions_usable(const Entity& entity, Plan& plan) {
    return whole(entity, {Role::hold, Role::retention_duty}, plan);
}

void tell_apart(Probe& probe, Role exemption) {
    const Condition exempt = some_hold(probe.entity, exemption);
    if (never(exempt)) return;
    probe.details.push_back({std::string{to_string(exemption)}, all({probe.total, probe.affected, exempt})});
}

void leave_out(Probe& probe, Role exemption) {
    tell_apart(probe, exemption);
    probe.affected = all({probe.affected, negate(some_hold(probe.entity, exemption))});
}

}  // namespace crmaudit::checks
