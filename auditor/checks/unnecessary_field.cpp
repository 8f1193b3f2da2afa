// Filled columns of categories that no declared purpose needs, birthdays without an age limit first.
#include <algorithm>

#include "auditor/checks/fields.h"
#include "auditor/checks/purposes.h"
#include "auditor/checks/registry.h"

namespace crmaudit::checks {
namespace {

Plan plan_unnecessary(const CheckInput& input) {
    const auto names = input.rule.words("categories");
    Plan plan;
    plan.probes = filled_fields(input, [&](const ColumnClassification& classified) {
        return std::find(names.begin(), names.end(), to_string(classified.category)) != names.end() &&
               !is_justified(input, classified.category);
    });
    return plan;
}

}  // namespace

Check unnecessary_field() { return {"unnecessary_field", plan_unnecessary, found_where_affected, "categories"}; }

}  // namespace crmaudit::checks
