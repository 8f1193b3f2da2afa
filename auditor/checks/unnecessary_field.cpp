// Filled columns of categories that no declared purpose needs, birthdays without an age limit first.
#include <algorithm>

#include "auditor/checks/fields.h"
#include "auditor/checks/registry.h"

namespace crmaudit::checks {
namespace {

bool is_justified(const CheckInput& input, Category category) {
    return std::any_of(input.policy.purposes.begin(), input.policy.purposes.end(), [&](const Purpose& purpose) {
        const auto& declared = input.declared_purposes;
        return std::find(declared.begin(), declared.end(), purpose.id) != declared.end() &&
               std::find(purpose.justifies.begin(), purpose.justifies.end(), category) != purpose.justifies.end();
    });
}

Plan plan_unnecessary(const CheckInput& input) {
    const auto names = input.rule.words("categories");
    Plan plan;
    plan.probes = filled_fields(input, [&](Category category) {
        return std::find(names.begin(), names.end(), to_string(category)) != names.end() &&
               !is_justified(input, category);
    });
    return plan;
}

}  // namespace

Check unnecessary_field() { return {"unnecessary_field", plan_unnecessary, found_where_affected, "categories"}; }

}  // namespace crmaudit::checks
