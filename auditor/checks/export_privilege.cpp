// Principals who can write what they read to files of the server or into programs there, past every protection of
// tables.
#include "auditor/checks/grants.h"
#include "auditor/checks/registry.h"

namespace crmaudit::checks {
namespace {

std::vector<Finding> judge_export(const CheckInput& input, const Plan& plan,
                                  std::span<const std::optional<Measured>> /*measured*/) {
    if (cannot_judge(input, plan)) return {};
    std::vector<Offender> offenders;
    for (const access::Id principal : input.access->principals()) {
        const auto& reach = input.access->of(principal);
        // Superusers can do everything; administrative_account tells of them. The audit's own account is judged here:
        // it needs nothing of the kind.
        if (reach.exports.empty() || reach.is_superuser) continue;
        if (DeclaredAccess{input, principal}.covers(AccessRight::take_out)) continue;
        Offender offender{principal, {}, reach.exports};
        for (const access::TableReach& table : reach.tables) {
            if ((table.rights & rights::read) != 0) offender.tables.push_back(table);
        }
        offenders.push_back(std::move(offender));
    }
    return findings_about(input, offenders);
}

}  // namespace

Check export_privilege() { return {"export_privilege", whole_permission_plan, judge_export}; }

}  // namespace crmaudit::checks
