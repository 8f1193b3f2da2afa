#include "auditor/sql/grammar.h"

#include <algorithm>

namespace crmaudit::sql {

std::string Grammar::quote(const TableName& table) const {
    return table.schema.empty() ? quote(std::string_view{table.name})
                                : quote(std::string_view{table.schema}) + "." + quote(std::string_view{table.name});
}

std::string Grammar::moment_between(const std::string& expression, ColumnKind kind, Date from, Date to) const {
    const std::string moment = moment_of(expression, kind);
    return "CASE WHEN " + moment + " >= " + date_literal(from) + " AND " + moment + " < " + date_literal(to) +
           " THEN " + moment + " END";
}

std::string Grammar::is_between(const std::string& expression, ColumnKind kind, Date from, Date to) const {
    return "(" + moment_between(expression, kind, from, to) + " IS NOT NULL)";
}

std::string Grammar::may_be_between(const std::string& expression, ColumnKind kind, Date from, Date to) const {
    return is_between(expression, kind, from, to);
}

std::string Grammar::is_blank(const std::string& text) const { return folded(text) + " = ''"; }

std::string Grammar::boolean_is(const std::string& expression, bool value) const {
    return expression + (value ? " IS TRUE" : " IS FALSE");
}

std::string Grammar::like(const std::string& text, std::string_view pattern) const {
    constexpr char escape = '!';
    std::string wildcards;
    bool ascii = true;
    for (const char c : pattern) {
        ascii = ascii && static_cast<unsigned char>(c) < 0x80;
        if (c == escape || c == '%' || c == '_' || c == '[') wildcards += escape;
        wildcards += c == '*' ? '%' : c == '?' ? '_' : c;
    }
    const std::string literal = text_literal(wildcards);
    return text + " LIKE " + (ascii ? literal : folded(literal)) + " ESCAPE '" + escape + "'";
}

std::string Grammar::like_some(const std::string& text, const std::vector<std::string>& patterns) const {
    std::string some;
    for (const std::string& pattern : patterns) some += (some.empty() ? "" : " OR ") + like(text, pattern);
    return some;
}

std::string Grammar::latest_of(const std::vector<std::string>& moments) const {
    std::string list;
    for (const std::string& moment : moments) list += (list.empty() ? "" : ", ") + moment;
    return moments.size() == 1 ? list : "GREATEST(" + list + ")";
}

std::string Grammar::binary_is_empty(const std::string& expression) const { return expression + " IS NULL"; }

std::string Grammar::head_of(const std::string& expression, ColumnKind, std::size_t characters) const {
    constexpr std::size_t longest = 4000;
    return "CAST(" + expression + " AS VARCHAR(" + std::to_string(std::min(characters, longest)) + "))";
}

std::string Grammar::tail_of(const std::string&, ColumnKind, std::size_t) const { return {}; }

std::string Grammar::key_text(const std::string& expression, ColumnKind) const { return expression; }

std::string Grammar::key_literal(std::string_view text, ColumnKind kind) const {
    const bool is_number = (kind == ColumnKind::integer || kind == ColumnKind::decimal) && !text.empty() &&
                           text.find_first_not_of("-.0123456789") == std::string_view::npos;
    return is_number ? std::string{text} : text_literal(text);
}

std::string Grammar::comes_after(std::span<const std::string> columns, std::span<const std::string> values) const {
    std::string condition;
    for (std::size_t i = columns.size(); i-- > 0;) {
        const std::string later = columns[i] + " > " + values[i];
        const std::string same = columns[i] + " = " + values[i];
        condition = condition.empty() ? later : "(" + later + " OR (" + same + " AND " + condition + "))";
    }
    return columns.size() < 2 ? condition : columns[0] + " >= " + values[0] + " AND " + condition;
}

std::string Grammar::rows_between(std::int64_t offset, std::int64_t limit) const {
    return " OFFSET " + std::to_string(offset) + " ROWS FETCH NEXT " + std::to_string(limit) + " ROWS ONLY";
}

std::string Grammar::some_blocks(std::int64_t, std::int64_t, std::uint32_t) const { return {}; }

std::string Grammar::row_chance(std::int64_t, std::int64_t, std::uint32_t) const { return {}; }

}  // namespace crmaudit::sql
