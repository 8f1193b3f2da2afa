// Permissions on tables with personal data that everybody has.
#include <map>

#include "auditor/checks/fields.h"
#include "auditor/checks/grants.h"
#include "auditor/checks/registry.h"

namespace crmaudit::checks {
namespace {

std::vector<Finding> judge_public(const CheckInput& input, const Plan& plan,
                                  std::span<const std::optional<Measured>> /*measured*/) {
    if (plan.not_applicable) return {};
    std::map<TableName, std::set<std::string>> privileges;
    const auto tables = personal_tables(input);
    for (const Grant& grant : input.catalog.grants) {
        if (!grant.is_public || !reaches_rows(grant)) continue;
        for (const Table* table : tables) {
            if (covers(grant, table->name)) privileges[table->name].insert(grant.privilege);
        }
    }
    std::vector<Finding> findings;
    for (const auto& [table, names] : privileges) {
        Finding finding = permission_finding(input, {table, "", "PUBLIC", ""}, names);
        finding.affected = static_cast<std::int64_t>(names.size());
        findings.push_back(std::move(finding));
    }
    return findings;
}

}  // namespace

Check public_grant() { return {"public_grant", permission_plan, judge_public}; }

}  // namespace crmaudit::checks
