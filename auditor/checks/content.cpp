#include "auditor/checks/content.h"

#include <algorithm>

#include "auditor/checks/structure.h"
#include "auditor/model/reasons.h"

namespace crmaudit::checks {

Plan content_plan(const CheckInput& input) {
    Plan plan;
    if (input.content.extent == ContentExtent::none) {
        plan.gaps.push_back({"", std::string{reasons::content_not_read}});
    } else {
        plan.gaps = input.content.gaps;
    }
    return plan;
}

std::int64_t matching(const ColumnContent& content, const std::function<bool(const PatternCount&)>& wanted) {
    std::int64_t values = 0;
    for (const PatternCount& each : content.patterns) {
        if (wanted(each)) values += each.whole + each.within;
    }
    return std::min(values, content.filled);
}

Finding finding_about_values(const CheckInput& input, const ColumnClassification& classified, std::int64_t affected) {
    Finding finding = finding_about_column(input, classified);
    finding.affected = affected;
    finding.total = classified.content->filled;
    finding.sampled = true;
    return finding;
}

}  // namespace crmaudit::checks
