// migration-columns.csv: every column with its category, purpose, period and what becomes of it, for tools that move
// data. Codes are the same in every language; the explanation is for the reader.
#include "reports/formats/formats.h"
#include "reports/locale.h"
#include "reports/migration.h"

namespace crmaudit::reports {
namespace {

std::string joined(const std::vector<std::string>& parts) {
    std::string text;
    for (const std::string& part : parts) text += (text.empty() ? "" : "; ") + part;
    return text;
}

std::string number(const std::optional<std::int64_t>& value) { return value ? std::to_string(*value) : ""; }

std::string explanation(const AuditResult& result, const Verdict& verdict, const Locale& locale) {
    if (verdict.reason != "rule") return locale.text("migration.reason." + verdict.reason);
    const Rule* rule = rule_of(result, verdict.rule);
    return rule == nullptr ? verdict.rule : std::string{in_language(rule->texts.title, locale.language())};
}

std::string csv_of(const AuditResult& result, const ColumnMove& column, const Locale& locale) {
    std::vector<std::string> periods;
    for (const KeptFor& each : column.kept_for) periods.push_back(each.rule + "=" + each.period);
    const Verdict& verdict = column.verdict;
    return csv_line({column.table.schema, column.table.name, column.column, column.type,
                     column.category == Category::none ? "" : std::string{to_string(column.category)},
                     joined(column.entities), joined(column.purposes), joined(periods),
                     std::string{to_string(verdict.move)}, verdict.rule.empty() ? verdict.reason : verdict.rule,
                     explanation(result, verdict, locale), number(column.rows), number(column.filled)});
}

}  // namespace

std::string write_migration_csv(const AuditResult& result, std::string_view language) {
    const Locale locale{language};
    std::string csv = csv_line({"schema", "table", "column", "type", "category", "entity", "purpose", "period",
                                "decision", "reason", "explanation", "rows", "filled"});
    for (const ColumnMove& each : plan_migration(result).columns) csv += csv_of(result, each, locale);
    return csv;
}

}  // namespace crmaudit::reports
