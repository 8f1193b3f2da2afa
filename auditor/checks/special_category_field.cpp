// Filled columns of special categories of personal data and of criminal records.
#include "auditor/checks/fields.h"
#include "auditor/checks/registry.h"

namespace crmaudit::checks {
namespace {

Plan plan_special(const CheckInput& input) {
    Plan plan;
    plan.probes =
        filled_fields(input, [](const ColumnClassification& classified) { return is_special(classified.category); });
    return plan;
}

}  // namespace

Check special_category_field() { return {"special_category_field", plan_special, found_where_affected}; }

}  // namespace crmaudit::checks
