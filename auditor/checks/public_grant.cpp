// Personal data that everybody who can log in gets at, without any role: what PUBLIC can really reach.
#include "auditor/checks/grants.h"
#include "auditor/checks/registry.h"

namespace crmaudit::checks {
namespace {

std::vector<Finding> judge_public(const CheckInput& input, const Plan& plan,
                                  std::span<const std::optional<Measured>> /*measured*/) {
    if (cannot_judge(input, plan)) return {};
    std::vector<Finding> findings;
    for (const access::TableReach& reached : input.access->everybody().tables) {
        Object object;
        object.table = input.access->table(reached.relation);
        object.principal = "PUBLIC";
        findings.push_back(permission_finding(input, std::move(object), privileges(reached.rights)));
        findings.back().affected = static_cast<std::int64_t>(findings.back().facts.size());
    }
    return findings;
}

}  // namespace

Check public_grant() { return {"public_grant", permission_plan, judge_public}; }

}  // namespace crmaudit::checks
