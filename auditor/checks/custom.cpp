// Rows that the policy selects by itself: every one of them is affected.
#include <stdexcept>

#include "auditor/checks/registry.h"
#include "auditor/checks/roles.h"
#include "auditor/model/attribute_use.h"

namespace crmaudit::checks {
namespace {

Plan plan_custom(const CheckInput& input) {
    if (input.rows == nullptr) throw std::invalid_argument("rule " + input.rule.id + " selects no rows");
    const BoundRows& rows = *input.rows;
    Plan plan;
    const std::string object = rows.entity.name.empty() ? rows.entity.table.name : rows.entity.name;
    for (const std::string& reason : rows.gaps) plan.gaps.push_back({object, reason});
    if (!plan.gaps.empty()) return plan;
    // What an attribute of the profile is, and the kind of a column, is known only now.
    if (const auto wrong = misuse(rows.where, rows.entity)) {
        throw std::invalid_argument("rule " + input.rule.id + ": " + *wrong);
    }
    plan.probes.push_back(probe_of(rows.entity, rows.where));
    return plan;
}

}  // namespace

Check custom() { return {"custom", plan_custom, found_where_affected}; }

}  // namespace crmaudit::checks
