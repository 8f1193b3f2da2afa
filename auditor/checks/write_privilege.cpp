// Principals who can change or delete personal data, on whatever way, though the policy does not say that they need to.
#include <algorithm>

#include "auditor/checks/grants.h"
#include "auditor/checks/registry.h"

namespace crmaudit::checks {
namespace {

constexpr Rights changing = rights::insert | rights::update;

std::vector<Finding> judge_write(const CheckInput& input, const Plan& plan,
                                 std::span<const std::optional<Measured>> /*measured*/) {
    if (cannot_judge(input, plan)) return {};
    std::vector<Offender> offenders;
    for (const access::Id principal : ordinary_principals(*input.access)) {
        const DeclaredAccess declared{input, principal};
        const auto& reach = input.access->of(principal);
        // Of what everybody can do public_grant tells.
        const auto is_beyond = [&](AccessRight right) {
            return std::any_of(reach.ways.begin(), reach.ways.end(), [&](const access::Way& way) {
                return way.right == right && is_core_personal(way.category) && way.path != access::Path::everybody &&
                       !declared.covers(way.category, right);
            });
        };
        Rights beyond = 0;
        if (is_beyond(AccessRight::change)) beyond |= changing;
        if (is_beyond(AccessRight::remove)) beyond |= rights::remove;
        Offender offender{principal, {}, {}};
        Rights all = 0;
        for (access::TableReach table : reach.tables) {
            table.rights &= beyond;
            if (table.rights == 0 || table.paths.only() == access::Path::everybody) continue;
            all |= table.rights;
            offender.tables.push_back(table);
        }
        if (offender.tables.empty()) continue;
        offender.facts = privileges(all);
        offenders.push_back(std::move(offender));
    }
    return findings_about(input, offenders);
}

}  // namespace

Check write_privilege() { return {"write_privilege", permission_plan, judge_write}; }

}  // namespace crmaudit::checks
