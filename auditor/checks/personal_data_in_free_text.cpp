// Identifiers, and hints of special categories, that stand in notes and other prose. Numbers alone, never the text.
#include <algorithm>
#include <map>
#include <optional>

#include "auditor/checks/content.h"
#include "auditor/checks/registry.h"
#include "auditor/model/reasons.h"

namespace crmaudit::checks {
namespace {

bool is_free_text(const ColumnClassification& classified) {
    if (!classified.content || classified.content->filled == 0) return false;
    if (classified.category == Category::free_text || classified.by_name == Category::free_text) return true;
    return classified.category == Category::none && classified.content->texts * 2 >= classified.content->filled;
}

using Counts = std::map<Category, std::int64_t>;

/// Values by what they hold, hints and identifiers apart. More values of one kind than hold any identifier at all would
/// only come from the shapes of much else, or from counting a value twice.
Counts counted(const ColumnContent& content, bool hints) {
    Counts counts;
    for (const Category category : all_categories()) {
        const std::int64_t values = matching(
            content, [&](const PatternCount& each) { return each.hint == hints && each.category == category; });
        const std::int64_t seen = hints ? values : std::min(values, content.identified);
        if (seen > 0) counts[category] = seen;
    }
    return counts;
}

/// What few values hold is not told: a small number of them might be somebody.
void add_details(Finding& finding, const Counts& counts, std::int64_t min_cell) {
    for (const auto& [category, values] : counts) {
        if (values >= min_cell) finding.details.push_back({std::string{to_string(category)}, values});
    }
}

/// Identifiers among other values of a column whose name says nothing: too few to decide what it holds, and there all
/// the same. Only kinds that nothing else looks like, which the rule names.
std::optional<Finding> among_other_values(const CheckInput& input, const ColumnClassification& classified,
                                          std::int64_t at_least, std::int64_t min_cell) {
    if (classified.category != Category::none || !classified.content) return std::nullopt;
    const auto names = input.rule.words("categories");
    Counts counts = counted(*classified.content, false);
    std::erase_if(counts, [&](const auto& each) {
        return each.second < at_least || std::find(names.begin(), names.end(), to_string(each.first)) == names.end();
    });
    if (counts.empty()) return std::nullopt;
    const auto most = std::max_element(counts.begin(), counts.end(),
                                       [](const auto& a, const auto& b) { return a.second < b.second; });
    Finding finding = finding_about_values(input, classified, most->second);
    finding.category = most->first;
    add_details(finding, counts, min_cell);
    finding.facts.emplace_back("among_other_values");
    return finding;
}

std::vector<Finding> judge_texts(const CheckInput& input, const Plan& /*plan*/,
                                 std::span<const std::optional<Measured>> /*measured*/) {
    const std::int64_t at_least = input.rule.number("at_least", 3);
    const std::int64_t min_cell = input.rule.number("min_cell", 5);
    std::vector<Finding> findings;
    for (const ColumnClassification& classified : input.classification.columns) {
        if (!is_free_text(classified)) {
            if (auto finding = among_other_values(input, classified, at_least, min_cell))
                findings.push_back(std::move(*finding));
            continue;
        }
        const ColumnContent& content = *classified.content;
        Counts hints = counted(content, true);
        std::erase_if(hints, [&](const auto& each) { return each.second < at_least; });
        // How many values hold both is not known: as many as the larger of these surely hold something.
        std::int64_t affected = content.identified < at_least ? 0 : content.identified;
        for (const auto& [category, values] : hints) affected = std::max(affected, values);
        if (affected == 0) continue;
        Finding finding = finding_about_values(input, classified, affected);
        finding.category = Category::free_text;
        add_details(finding, counted(content, false), min_cell);
        add_details(finding, hints, min_cell);
        for (const auto& [category, values] : hints) {
            finding.facts.push_back(reasons::text("hint", to_string(category)));
        }
        findings.push_back(std::move(finding));
    }
    return findings;
}

}  // namespace

Check personal_data_in_free_text() { return {"personal_data_in_free_text", content_plan, judge_texts}; }

}  // namespace crmaudit::checks
