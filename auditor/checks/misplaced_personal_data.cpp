// Columns whose values are personal data of another category than their name, comment and table say.
#include <algorithm>

#include "auditor/checks/content.h"
#include "auditor/checks/registry.h"
#include "auditor/model/reasons.h"

namespace crmaudit::checks {
namespace {

/// A name that says nothing does not lie, and in notes anything may stand.
bool contradicts_its_name(const ColumnClassification& classified) {
    if (!classified.content || !is_core_personal(classified.category)) return false;
    if (classified.by_name == Category::none || classified.by_name == Category::free_text) return false;
    if (classified.by_name == classified.category) return false;
    return std::any_of(classified.evidence.begin(), classified.evidence.end(), [&](const ClassificationEvidence& each) {
        return each.kind == EvidenceKind::content && each.category == classified.category && each.weight > 0;
    });
}

std::vector<Finding> judge_misplaced(const CheckInput& input, const Plan& /*plan*/,
                                     std::span<const std::optional<Measured>> /*measured*/) {
    std::vector<Finding> findings;
    for (const ColumnClassification& classified : input.classification.columns) {
        if (!contradicts_its_name(classified)) continue;
        const std::int64_t values = matching(*classified.content, [&](const PatternCount& each) {
            return !each.hint && each.category == classified.category;
        });
        Finding finding = finding_about_values(input, classified, values);
        finding.facts.push_back(reasons::text("name_says", to_string(classified.by_name)));
        finding.facts.push_back(reasons::text("content_says", to_string(classified.category)));
        findings.push_back(std::move(finding));
    }
    return findings;
}

}  // namespace

Check misplaced_personal_data() { return {"misplaced_personal_data", content_plan, judge_misplaced}; }

}  // namespace crmaudit::checks
