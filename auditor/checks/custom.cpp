// Rows that the policy selects by itself: every one of them is affected.
#include <stdexcept>

#include "auditor/checks/registry.h"
#include "auditor/checks/roles.h"
#include "auditor/model/attribute_use.h"

namespace crmaudit::checks {
namespace {

Plan plan_custom(const CheckInput& input) {
    if (input.rows == nullptr || !input.rule.rows) {
        throw std::invalid_argument("rule " + input.rule.id + " selects no rows");
    }
    const BoundRows& rows = *input.rows;
    const Entity& named = input.rule.rows->entity;
    Plan plan;
    const std::string object = named.name.empty() ? named.table.name : named.name;
    for (const std::string& reason : rows.gaps) plan.gaps.push_back({object, reason});
    if (!plan.gaps.empty()) return plan;
    // What an attribute of the profile is, and the kind of a column, is known only now.
    if (const auto wrong = misuse(rows.where, rows.entity)) {
        throw std::invalid_argument("rule " + input.rule.id + ": " + *wrong);
    }
    Probe probe = probe_of(rows.entity, rows.where);
    probe.object.entity = named.name;
    plan.probes.push_back(std::move(probe));
    return plan;
}

}  // namespace

Check custom() { return {"custom", plan_custom, found_where_affected}; }

}  // namespace crmaudit::checks
