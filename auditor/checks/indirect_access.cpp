// Principals who get at personal data only through views and functions that work with their owner's rights, and have no
// right on the table itself.
#include <algorithm>

#include "auditor/checks/grants.h"
#include "auditor/checks/registry.h"

namespace crmaudit::checks {
namespace {

using access::Path;

/// Before what a way is: the word of a fact.
constexpr const char* way_fact = "path_";

bool lends(Path path) {
    return path == Path::owner_view || path == Path::materialized_view || path == Path::owner_function;
}

/// Views that nobody may see through would hide a way.
Plan plan_indirect(const CheckInput& input) {
    Plan plan = whole_permission_plan(input);
    if (!input.catalog.permissions) return plan;
    for (const auto& gap : input.catalog.permissions->gaps) {
        const auto& relations = input.catalog.permissions->relations;
        const auto& functions = input.catalog.permissions->functions;
        const auto is_named = [&](const auto& each) { return each.name == gap.object; };
        const bool is_about_this = gap.object == "views" || gap.object == "functions" ||
                                   gap.object == "grants on functions" ||
                                   std::any_of(relations.begin(), relations.end(), is_named) ||
                                   std::any_of(functions.begin(), functions.end(), is_named);
        if (is_about_this) add_gap_about(input, gap.object, plan);
    }
    return plan;
}

std::vector<Finding> judge_indirect(const CheckInput& input, const Plan& plan,
                                    std::span<const std::optional<Measured>> /*measured*/) {
    if (cannot_judge(input, plan)) return {};
    std::vector<Offender> offenders;
    for (const access::Id principal : ordinary_principals(*input.access)) {
        const auto& reach = input.access->of(principal);
        const DeclaredAccess declared{input, principal};
        const bool is_beyond = std::any_of(reach.ways.begin(), reach.ways.end(), [&](const access::Way& way) {
            return lends(way.path) && is_core_personal(way.category) && !declared.covers(way.category, way.right);
        });
        if (!is_beyond) continue;
        Offender offender{principal, {}, {}};
        for (const access::TableReach& table : reach.tables) {
            const auto paths = table.paths.list();
            if (!std::all_of(paths.begin(), paths.end(), lends)) continue;
            offender.tables.push_back(table);
            for (const Path path : paths)
                offender.facts.push_back(way_fact + std::string{to_string(path)} + ": " +
                                         input.access->name_of(table.relation));
        }
        if (offender.tables.empty()) continue;
        std::sort(offender.facts.begin(), offender.facts.end());
        offenders.push_back(std::move(offender));
    }
    return findings_about(input, offenders);
}

}  // namespace

Check indirect_access() { return {"indirect_access", plan_indirect, judge_indirect}; }

}  // namespace crmaudit::checks
