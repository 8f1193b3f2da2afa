// findings.csv: RFC 4180, one line a finding, for people with a spreadsheet.
#include <array>

#include "auditor/xml/text.h"
#include "reports/formats/formats.h"
#include "reports/locale.h"

namespace crmaudit::reports {
namespace {

/// A cell that a spreadsheet takes for text: a formula from the database must not run on the reader's machine.
std::string cell(std::string_view value) {
    constexpr std::string_view formula_starts = "=+-@\t\r";
    // Before control characters are replaced: a tab in front is a formula's start, too.
    const bool formula = !value.empty() && formula_starts.find(value.front()) != std::string_view::npos;
    std::string text = (formula ? "'" : "") + xml::legal(value);
    if (text.find_first_of(",\"\r\n") == std::string::npos) return text;
    std::string quoted = "\"";
    for (const char c : text) {
        quoted += c;
        if (c == '"') quoted += '"';
    }
    return quoted + '"';
}

std::string joined(const std::vector<std::string>& parts) {
    std::string text;
    for (const std::string& part : parts) text += (text.empty() ? "" : "; ") + part;
    return text;
}

std::string unit(const Finding& finding) {
    if (finding.sampled) return finding.object.entity.empty() ? "sampled values" : "sampled messages";
    if (finding.persons) return "persons";
    if (finding.rows) return "rows";
    if (!finding.object.host.empty()) return "hosts";
    if (finding.object.entity == "source") return "statements";
    return finding.total > 0 ? "tables" : "privileges";
}

std::vector<std::string> values_of(const Finding& finding, const Rule* rule, const Locale& locale) {
    std::vector<std::string> details;
    for (const NamedCount& detail : finding.details)
        details.push_back(detail.name + "=" + std::to_string(detail.count));
    std::vector<std::string> basis;
    if (rule != nullptr) {
        for (const LegalBasis& each : rule->basis) basis.push_back(locale.basis(each));
    }
    const auto text = [&](const Texts& texts) { return std::string{in_language(texts, locale.language())}; };
    return {std::string{to_string(finding.severity)},
            std::string{to_string(finding.state)},
            finding.rule,
            rule == nullptr ? "" : text(rule->texts.title),
            finding.object.table.schema,
            finding.object.table.name,
            finding.object.column,
            finding.object.principal,
            finding.object.entity,
            finding.category ? std::string{to_string(*finding.category)} : "",
            std::to_string(finding.affected),
            std::to_string(finding.total),
            unit(finding),
            finding.affected_before ? std::to_string(*finding.affected_before) : "",
            finding.oldest ? to_string(*finding.oldest) : "",
            joined(details),
            joined(finding.facts),
            joined(basis),
            rule == nullptr ? "" : text(rule->texts.remedy),
            finding.check,
            finding.fingerprint,
            finding.object.host};
}

}  // namespace

std::string csv_line(const std::vector<std::string>& values) {
    std::string line;
    for (const std::string& value : values) {
        if (&value != &values.front()) line += ',';
        line += cell(value);
    }
    return line + "\r\n";
}

std::string write_csv(const AuditResult& result, std::string_view language) {
    const Locale locale{language};
    std::string csv;
    csv += csv_line({"severity", "state",           "rule",        "title",    "schema",   "table",
                     "column",   "principal",       "entity",      "category", "affected", "total",
                     "unit",     "affected_before", "oldest",      "details",  "facts",    "legal_basis",
                     "remedy",   "check",           "fingerprint", "host"});
    for (const Finding& finding : result.findings) {
        csv += csv_line(values_of(finding, rule_of(result, finding.rule), locale));
    }
    return csv;
}

}  // namespace crmaudit::reports
