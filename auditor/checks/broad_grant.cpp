// Principals who can get at personal data as a whole: by a grant on the schema or server, or table by table.
#include <algorithm>
#include <map>

#include "auditor/checks/fields.h"
#include "auditor/checks/grants.h"
#include "auditor/checks/registry.h"
#include "auditor/model/wildcard.h"

namespace crmaudit::checks {
namespace {

struct Reach {
    std::set<TableName> tables;
    std::set<std::string> privileges;
    bool wide = false;
};

std::set<Category> categories_of(const CheckInput& input, const std::set<TableName>& tables) {
    std::set<Category> categories;
    for (const ColumnClassification& classified : input.classification.columns) {
        if (is_core_personal(classified.category) && tables.contains(classified.table)) {
            categories.insert(classified.category);
        }
    }
    return categories;
}

bool is_declared(const CheckInput& input, const std::string& principal, const std::set<TableName>& tables) {
    const auto reached = categories_of(input, tables);
    return std::any_of(input.policy.access.begin(), input.policy.access.end(), [&](const Access& access) {
        if (!matches_wildcard(principal, access.principal)) return false;
        return access.categories.empty() || std::all_of(reached.begin(), reached.end(), [&](Category category) {
                   return std::find(access.categories.begin(), access.categories.end(), category) !=
                          access.categories.end();
               });
    });
}

/// The audit's own account reads everything by design; the report names it elsewhere.
bool is_own_account(const CheckInput& input, const std::string& grantee) { return grantee == input.catalog.account; }

bool is_superuser(const CheckInput& input, const std::string& grantee) {
    return std::any_of(input.catalog.principals.begin(), input.catalog.principals.end(),
                       [&](const Principal& principal) { return principal.superuser && principal.name == grantee; });
}

std::vector<Finding> judge_broad(const CheckInput& input, const Plan& plan,
                                 std::span<const std::optional<Measured>> /*measured*/) {
    if (plan.not_applicable) return {};
    const auto personal = personal_tables(input);
    std::map<std::string, Reach> reach;
    for (const Grant& grant : input.catalog.grants) {
        if (grant.is_public || !reaches_rows(grant)) continue;
        if (is_own_account(input, grant.grantee) || is_superuser(input, grant.grantee)) continue;
        for (const Table* table : personal) {
            if (!covers(grant, table->name)) continue;
            Reach& reached = reach[grant.grantee];
            reached.tables.insert(table->name);
            reached.privileges.insert(grant.privilege);
            reached.wide = reached.wide || is_wide(grant);
        }
    }
    // In percent: from more than this share of the tables on, grants table by table count as broad.
    const auto share = static_cast<std::size_t>(input.rule.number("share", 50));
    std::vector<Finding> findings;
    for (const auto& [principal, reached] : reach) {
        const bool broad = reached.wide || reached.tables.size() * 100 > share * personal.size();
        if (!broad || is_declared(input, principal, reached.tables)) continue;
        Finding finding = permission_finding(input, {{}, "", principal, ""}, reached.privileges);
        finding.affected = static_cast<std::int64_t>(reached.tables.size());
        finding.total = static_cast<std::int64_t>(personal.size());
        findings.push_back(std::move(finding));
    }
    return findings;
}

}  // namespace

Check broad_grant() { return {"broad_grant", permission_plan, judge_broad}; }

}  // namespace crmaudit::checks
