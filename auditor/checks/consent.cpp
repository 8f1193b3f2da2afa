#include "auditor/checks/consent.h"

#include <algorithm>

#include "auditor/checks/coded_columns.h"
#include "auditor/checks/roles.h"

namespace crmaudit::checks {
namespace {

/// A date tells as much as a flag: one of the two is enough.
bool side_usable(const Entity& entity, Role flag, Role date, Plan& plan) {
    if (!entity.in_role(date).empty() && entity.in_role(flag).empty()) return whole(entity, {flag, date}, plan);
    return usable(entity, flag, plan) && whole(entity, {date}, plan);
}

}  // namespace

ConsentStates consent_states(const Entity& entity, const ConsentPurpose& purpose) {
    const Condition outdated = some_later_than_all(entity, purpose.granted_at, purpose.refused_at);
    const Condition refused =
        any({some_hold(entity, purpose.refused), all({some_known(entity, purpose.refused_at), negate(outdated)})});
    const Condition sign = any({some_hold(entity, purpose.granted), some_known(entity, purpose.granted_at)});
    return {all({sign, negate(refused)}), refused, all({negate(sign), negate(refused)})};
}

bool consent_usable(const Entity& entity, const ConsentPurpose& purpose, Plan& plan) {
    const bool granted = side_usable(entity, purpose.granted, purpose.granted_at, plan);
    const bool refused = side_usable(entity, purpose.refused, purpose.refused_at, plan);
    return granted && refused;
}

std::vector<std::string> consent_columns(const Entity& entity, const ConsentPurpose& purpose) {
    std::vector<std::string> columns;
    for (const Role role : {purpose.granted, purpose.granted_at, purpose.refused, purpose.refused_at}) {
        for (std::string& each : columns_of(entity, role)) {
            if (std::find(columns.begin(), columns.end(), each) == columns.end()) columns.push_back(std::move(each));
        }
    }
    return columns;
}

Probe consent_probe(const Entity& entity, const ConsentPurpose& purpose, Condition affected) {
    Probe probe = probe_of(entity, std::move(affected));
    probe.coded = coded_columns(probe.entity, {purpose.granted, purpose.refused});
    return probe;
}

}  // namespace crmaudit::checks
