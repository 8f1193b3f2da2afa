#include "auditor/checks/structure.h"

namespace crmaudit::checks {

Finding finding_about_column(const CheckInput& input, const ColumnClassification& classified) {
    Finding finding;
    finding.rule = input.rule.id;
    finding.check = input.rule.check;
    finding.severity = input.rule.severity;
    finding.object.table = classified.table;
    finding.object.column = field_name_of(classified);
    if (classified.category != Category::none) finding.category = classified.category;
    finding.affected = 1;
    return finding;
}

}  // namespace crmaudit::checks
