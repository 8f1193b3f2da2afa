#include "auditor/sql/column_forms.h"

namespace crmaudit::sql {
namespace {

constexpr char folded_mark = '~';
constexpr char dated_mark = '@';
constexpr char plausible_mark = '^';
constexpr char nothing_mark = '!';

}  // namespace

Value ColumnForms::named(Value value, const Name& name) const {
    if (value.form != Value::Form::column && value.form != Value::Form::moment) return value;
    value.plausible = name(plausible_mark);
    if (value.form == Value::Form::moment) return value;
    value.folded = name(folded_mark);
    value.dated = name(dated_mark);
    if (value.kind == ColumnKind::text) value.nothing = name(nothing_mark) + " = 1";
    return value;
}

void ColumnForms::for_each(const Value& raw, const Name& name, const std::vector<std::string>& codes,
                           const Visit& visit) const {
    if (raw.form == Value::Form::moment) {
        visit(name(plausible_mark), raw.plausible);
        return;
    }
    if (raw.form != Value::Form::column) return;
    const std::string text = grammar_.as_text(raw.sql, raw.kind);
    const std::string folded = "CASE WHEN " + raw.sql + " IS NULL THEN '' ELSE " + grammar_.folded(text) + " END";
    std::string as_code;
    for (const std::string& code : codes) as_code += " WHEN " + code + " THEN " + code;
    visit(name(folded_mark), as_code.empty() ? folded : "CASE " + text + as_code + " ELSE " + folded + " END");
    visit(name(dated_mark), grammar_.moment_of(raw.sql, raw.kind));
    visit(name(plausible_mark), grammar_.moment_between(raw.sql, raw.kind, earliest_plausible, day_after(latest_)));
    if (raw.kind == ColumnKind::text) {
        visit(name(nothing_mark), grammar_.flag("(" + raw.sql + " IS NULL OR " + grammar_.is_blank(text) + ")"));
    }
}

}  // namespace crmaudit::sql
