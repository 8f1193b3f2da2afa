#include "auditor/app/explain_column.h"

#include <algorithm>
#include <cmath>

#include "auditor/app/columns.h"

namespace crmaudit::app {
namespace {

using Evidence = std::vector<ClassificationEvidence>;

std::string percent(double share, const reports::Locale& locale) {
    return locale.text("number.percent", {{"n", locale.number(std::llround(share * 100))}});
}

std::string category(Category which, const reports::Locale& locale) {
    return locale.word("category", to_string(which)) + " (" + std::string{to_string(which)} + ")";
}

std::string weight(double value) {
    const auto hundredths = std::llround(std::abs(value) * 100);
    return (value < 0 ? "−" : "+") + std::to_string(hundredths / 100) + "." + (hundredths % 100 < 10 ? "0" : "") +
           std::to_string(hundredths % 100);
}

/// The chosen category first, then those with the strongest evidence.
std::vector<Category> categories_of(const ColumnClassification& column) {
    std::vector<std::pair<double, Category>> best;
    for (const ClassificationEvidence& each : column.evidence) {
        const auto known =
            std::find_if(best.begin(), best.end(), [&](const auto& entry) { return entry.second == each.category; });
        if (known == best.end()) {
            best.emplace_back(each.weight, each.category);
        } else {
            known->first = std::max(known->first, each.weight);
        }
    }
    std::stable_sort(best.begin(), best.end(), [&](const auto& a, const auto& b) {
        const bool first = a.second == column.category;
        const bool second = b.second == column.category;
        return first != second ? first : a.first > b.first;
    });
    std::vector<Category> order;
    for (const auto& [strength, which] : best) order.push_back(which);
    return order;
}

std::string evidence_lines(const ColumnClassification& column, Category which, bool in_favour,
                           const reports::Locale& locale) {
    std::vector<std::vector<std::string>> rows;
    for (const ClassificationEvidence& each : column.evidence) {
        if (each.category != which || (each.weight >= 0) != in_favour) continue;
        rows.push_back({"    " + weight(each.weight), locale.word("evidence_kind", to_string(each.kind)), each.text});
    }
    if (rows.empty()) return {};
    return "  " + locale.text(in_favour ? "explain.for" : "explain.against") + "\n" + in_columns(rows);
}

std::string content_lines(const ColumnClassification& column, const ContentScan& scan, const reports::Locale& locale) {
    std::string text = "\n" + locale.text("explain.content") + "\n";
    if (!column.content) return text + "  " + locale.text("explain.not_read") + "\n";
    const ColumnContent& seen = *column.content;
    const auto sample = std::find_if(scan.samples.begin(), scan.samples.end(),
                                     [&](const TableSample& each) { return each.table == column.table; });
    text += "  " +
            locale.text("explain.read", {{"read", locale.number(seen.read)},
                                         {"filled", locale.percent(seen.filled, seen.read)},
                                         {"seed", std::to_string(scan.seed)}}) +
            "\n";
    if (sample != scan.samples.end()) text += "  " + locale.word("sample_method", to_string(sample->method)) + "\n";
    std::vector<std::vector<std::string>> rows;
    for (const PatternCount& each : seen.patterns) {
        rows.push_back({"    " + each.pattern, locale.word("category", to_string(each.category)),
                        locale.text("explain.pattern", {{"whole", locale.percent(each.whole, seen.filled)},
                                                        {"within", locale.percent(each.within, seen.filled)}})});
    }
    return text + (rows.empty() ? "  " + locale.text("explain.no_pattern") + "\n" : in_columns(rows));
}

}  // namespace

std::string explain_column(const ColumnClassification& column, const TableTopic& topic, const ContentScan& content,
                           const reports::Locale& locale) {
    std::string text = name_of(column) + " (" + column.type + ")\n\n";
    text += locale.text("explain.verdict", {{"category", category(column.category, locale)},
                                            {"confidence", percent(column.confidence, locale)}}) +
            "\n";
    if (column.by_name != column.category) {
        text += locale.text("explain.by_name", {{"category", category(column.by_name, locale)}}) + "\n";
    }
    text += locale.text("explain.topic", {{"topic", locale.word("topic", to_string(topic.topic))},
                                          {"reason", topic.reason.empty() ? "–" : topic.reason}}) +
            "\n";
    const std::vector<Category> order = categories_of(column);
    if (order.empty()) text += "\n" + locale.text("explain.no_evidence") + "\n";
    for (const Category which : order) {
        text += "\n" + category(which, locale) + "\n" + evidence_lines(column, which, true, locale) +
                evidence_lines(column, which, false, locale);
    }
    return text + content_lines(column, content, locale);
}

}  // namespace crmaudit::app
