// Principals who can get at personal data as a whole, on whatever way, or, where the policy says who may access what,
// at more than it says.
#include <algorithm>

#include "auditor/checks/grants.h"
#include "auditor/checks/registry.h"

namespace crmaudit::checks {
namespace {

using access::Path;
using access::Paths;

/// What everybody has is not a principal's own; public_grant tells of it.
bool is_only_public(Paths paths) { return paths.only() == Path::everybody; }

bool is_wide(Paths paths) {
    return paths.has(Path::schema_grant) || paths.has(Path::pattern_grant) || paths.has(Path::server_grant) ||
           paths.has(Path::predefined_role);
}

bool is_beyond(const CheckInput& input, access::Id principal) {
    const DeclaredAccess declared{input, principal};
    const auto& ways = input.access->of(principal).ways;
    return std::any_of(ways.begin(), ways.end(), [&](const access::Way& way) {
        return is_core_personal(way.category) && way.path != Path::everybody && !declared.covers(way.category);
    });
}

std::vector<Finding> judge_broad(const CheckInput& input, const Plan& plan,
                                 std::span<const std::optional<Measured>> /*measured*/) {
    if (cannot_judge(input, plan)) return {};
    // In percent: from more than this share of the tables on, access table by table counts as broad.
    const std::int64_t share = input.rule.number("share", 50);
    const std::int64_t all = tables_that_count(*input.access);
    std::vector<Offender> offenders;
    for (const access::Id principal : ordinary_principals(*input.access)) {
        Offender offender{principal, {}, {}};
        Rights rights = 0;
        bool wide = false;
        for (const access::TableReach& table : input.access->of(principal).tables) {
            if (is_only_public(table.paths)) continue;
            offender.tables.push_back(table);
            rights |= table.rights;
            wide = wide || is_wide(table.paths);
        }
        const auto reached = static_cast<std::int64_t>(counted(*input.access, offender.tables).size());
        const bool broad = wide || reached * 100 > share * all;
        if (offender.tables.empty() || (!broad && input.policy.access.empty()) || !is_beyond(input, principal))
            continue;
        offender.facts = privileges(rights);
        offenders.push_back(std::move(offender));
    }
    return findings_about(input, offenders);
}

}  // namespace

Check broad_grant() { return {"broad_grant", permission_plan, judge_broad}; }

}  // namespace crmaudit::checks
