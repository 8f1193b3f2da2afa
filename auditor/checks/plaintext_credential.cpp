// Passwords and other secrets that are kept as they are: values that are neither a hash nor a random token.
#include <algorithm>

#include "auditor/checks/content.h"
#include "auditor/checks/registry.h"
#include "auditor/model/reasons.h"

namespace crmaudit::checks {
namespace {

/// The time of the last change of a password, or whether there is one, is no secret.
bool may_hold_a_secret(ColumnKind kind) {
    return kind == ColumnKind::text || kind == ColumnKind::binary || kind == ColumnKind::unknown ||
           kind == ColumnKind::other;
}

bool is_secret(const CheckInput& input, const ColumnClassification& classified) {
    if (classified.category != Category::credential) return false;
    const Table* table = input.catalog.find(classified.table);
    if (table == nullptr || !holds_rows(*table)) return false;
    const Column* column = table->find(classified.column);
    return column != nullptr && may_hold_a_secret(column->kind);
}

bool is_protected(const PatternCount& each) {
    return each.pattern.starts_with("hash_") || each.pattern.starts_with("token_");
}

bool has_gap(const Plan& plan, const ColumnClassification& classified) {
    return std::any_of(plan.gaps.begin(), plan.gaps.end(), [&](const Gap& gap) {
        return gap.object.empty() || gap.object == to_string(classified.table) ||
               gap.object == to_string(classified.table) + "." + classified.column;
    });
}

/// Besides what the scan could not read, secrets that it does not read: bytes, and columns that somebody has declared.
Plan plan_secrets(const CheckInput& input) {
    Plan plan = content_plan(input);
    for (const ColumnClassification& classified : input.classification.columns) {
        if (!is_secret(input, classified) || classified.content || has_gap(plan, classified)) continue;
        plan.gaps.push_back({name_of(classified), std::string{reasons::content_not_read}});
    }
    return plan;
}

std::vector<Finding> judge_secrets(const CheckInput& input, const Plan& /*plan*/,
                                   std::span<const std::optional<Measured>> /*measured*/) {
    const auto weak_ids = input.rule.words("weak");
    std::vector<Finding> findings;
    for (const ColumnClassification& classified : input.classification.columns) {
        if (!is_secret(input, classified) || !classified.content) continue;
        const ColumnContent& content = *classified.content;
        const std::int64_t readable = content.filled - matching(content, is_protected);
        if (readable == 0) continue;
        Finding finding = finding_about_values(input, classified, readable);
        const std::int64_t weak = matching(content, [&](const PatternCount& each) {
            return std::find(weak_ids.begin(), weak_ids.end(), each.pattern) != weak_ids.end();
        });
        if (weak > 0) finding.details.push_back({"weak_hash", weak});
        findings.push_back(std::move(finding));
    }
    return findings;
}

}  // namespace

Check plaintext_credential() { return {"plaintext_credential", plan_secrets, judge_secrets}; }

}  // namespace crmaudit::checks
