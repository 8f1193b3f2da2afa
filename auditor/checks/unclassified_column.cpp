// Columns that an earlier audit did not see, beside personal data or personal by themselves, and of which nobody has
// said what they hold.
#include <algorithm>

#include "auditor/checks/fields.h"
#include "auditor/checks/registry.h"
#include "auditor/checks/structure.h"
#include "auditor/model/reasons.h"

namespace crmaudit::checks {
namespace {

Plan plan_unclassified(const CheckInput& input) {
    Plan plan;
    if (input.baseline == nullptr) {
        plan.not_applicable = "no_baseline";
    } else if (input.baseline->seen.empty() && input.baseline->source.tables > 0) {
        plan.gaps.push_back({"", std::string{reasons::old_baseline}});
    }
    return plan;
}

const SeenTable* seen(const AuditResult& baseline, const TableName& table) {
    const auto found = std::find_if(baseline.seen.begin(), baseline.seen.end(),
                                    [&](const SeenTable& each) { return each.name == table; });
    return found == baseline.seen.end() ? nullptr : &*found;
}

bool is_declared(const CheckInput& input, const ColumnClassification& classified) {
    return std::any_of(input.declared.begin(), input.declared.end(), [&](const DeclaredColumn& each) {
        return each.table == classified.table.name && each.column == classified.column;
    });
}

/// Of a new table its personal columns are news; what stands beside them came with them.
bool is_new(const SeenTable* before, const ColumnClassification& classified) {
    if (before == nullptr) return is_core_personal(classified.category);
    return std::find(before->columns.begin(), before->columns.end(), classified.column) == before->columns.end();
}

std::vector<Finding> judge_unclassified(const CheckInput& input, const Plan& plan,
                                        std::span<const std::optional<Measured>> /*measured*/) {
    std::vector<Finding> findings;
    if (plan.not_applicable || !plan.gaps.empty()) return findings;
    for (const Table* table : personal_tables(input)) {
        if (!holds_rows(*table)) continue;
        const SeenTable* before = seen(*input.baseline, table->name);
        for (const ColumnClassification* each : input.classification.of(table->name)) {
            if (each->field || is_declared(input, *each) || !is_new(before, *each)) continue;
            Finding finding = finding_about_column(input, *each);
            if (before == nullptr) finding.facts.emplace_back("new_table");
            findings.push_back(std::move(finding));
        }
    }
    return findings;
}

}  // namespace

Check unclassified_column() { return {"unclassified_column", plan_unclassified, judge_unclassified}; }

}  // namespace crmaudit::checks
