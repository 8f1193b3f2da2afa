#include "connectors/dialects/mssql_grammar.h"

#include <stdexcept>

namespace crmaudit::connectors {
namespace {

constexpr const char* moment_type = "datetime2(3)";

/// Each part fits the integer that DATEADD takes.
std::string epoch(const std::string& seconds) {
    return "DATEADD(second, " + seconds + " % 86400, DATEADD(day, " + seconds + " / 86400, CAST('1970-01-01' AS " +
           moment_type + ")))";
}

/// Style 120 is the ISO way, whatever the language of the session.
std::string moment_from(const std::string& text) {
    return std::string{"TRY_CONVERT("} + moment_type + ", " + text + ", 120)";
}

/// What must not stand in a literal as it is, as a number of the character.
bool is_special(std::string_view value, std::size_t at) {
    const auto byte = static_cast<unsigned char>(value[at]);
    const bool begins_variable = value[at] == '(' && at > 0 && value[at - 1] == '$';
    return byte < 0x20 || begins_variable;
}

}  // namespace

std::string MssqlGrammar::quote(std::string_view identifier) const {
    std::string text = "[";
    for (const char c : identifier) {
        if (c == '\0') throw std::invalid_argument("an identifier cannot hold a NUL byte");
        if (c == ']') text += c;
        text += c;
    }
    return text + "]";
}

std::string MssqlGrammar::text_literal(std::string_view value) const {
    std::string text;
    std::size_t start = 0;
    for (std::size_t i = 0; i < value.size(); ++i) {
        if (!is_special(value, i)) continue;
        text += (text.empty() ? "N" : " + N") + plain_literal(value.substr(start, i - start)) + " + NCHAR(" +
                std::to_string(static_cast<unsigned char>(value[i])) + ")";
        start = i + 1;
    }
    if (start == 0) return "N" + plain_literal(value);
    return "(" + text + " + N" + plain_literal(value.substr(start)) + ")";
}

std::string MssqlGrammar::date_literal(Date date) const {
    return "CAST('" + to_string(date) + "' AS " + moment_type + ")";
}

std::string MssqlGrammar::moment_of(const std::string& expression, ColumnKind kind) const {
    const std::string& x = expression;
    const std::string none = std::string{"CAST(NULL AS "} + moment_type + ")";
    switch (kind) {
        case ColumnKind::date:
        case ColumnKind::timestamp: return "CAST(" + x + " AS " + moment_type + ")";
        case ColumnKind::integer:
        case ColumnKind::decimal: {
            const std::string number = "CAST(" + x + " AS bigint)";
            return "CASE WHEN " + x + " = 0 THEN NULL WHEN " + x + " BETWEEN -59999999999 AND 99999999999 THEN " +
                   epoch(number) + " WHEN " + x + " BETWEEN -59999999999999 AND 253402300799999 THEN " +
                   epoch("(" + number + " / 1000)") + " END";
        }
        case ColumnKind::boolean:
        case ColumnKind::binary:
        case ColumnKind::time:
        case ColumnKind::other: return none;
        default: break;
    }
    const std::string text = "v0.x";
    return "(SELECT CASE WHEN " + text + " LIKE N'[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]%' AND SUBSTRING(" + text +
           ", 11, 1) IN (N'', N' ', N'T') THEN COALESCE(" +
           moment_from("REPLACE(SUBSTRING(" + text + ", 1, 19), N'T', N' ')") + ", " +
           moment_from("SUBSTRING(" + text + ", 1, 10)") + ") END FROM (VALUES (LTRIM(" + as_text(x, kind) +
           "))) AS v0(x))";
}

std::string MssqlGrammar::moment_between(const std::string& expression, ColumnKind kind, Date from, Date to) const {
    return "(SELECT CASE WHEN v.m >= " + date_literal(from) + " AND v.m < " + date_literal(to) +
           " THEN v.m END FROM (VALUES (" + moment_of(expression, kind) + ")) AS v(m))";
}

std::string MssqlGrammar::moment_plus(const std::string& moment, Period period) const {
    std::string text = moment;
    if (period.months != 0) text = "DATEADD(month, " + std::to_string(period.months) + ", " + text + ")";
    if (period.days != 0) text = "DATEADD(day, " + std::to_string(period.days) + ", " + text + ")";
    return text;
}

std::string MssqlGrammar::day_text(const std::string& moment) const {
    return "CONVERT(varchar(10), " + moment + ", 23)";
}

std::string MssqlGrammar::year_of(const std::string& moment) const { return "YEAR(" + moment + ")"; }

std::string MssqlGrammar::latest_of(const std::vector<std::string>& moments) const {
    // GREATEST is not known before 2022, and nothing may be grouped by a subquery.
    std::string text;
    for (std::size_t i = 0; i + 1 < moments.size(); ++i) {
        text += i == 0 ? "CASE WHEN " : " WHEN ";
        for (std::size_t j = i + 1; j < moments.size(); ++j) {
            text += (j == i + 1 ? "" : " AND ") + moments[i] + " >= " + moments[j];
        }
        text += " THEN " + moments[i];
    }
    return text.empty() ? moments.front() : text + " ELSE " + moments.back() + " END";
}

std::string MssqlGrammar::as_text(const std::string& expression, ColumnKind kind) const {
    const std::string text =
        kind == ColumnKind::binary ? "CAST(CAST(" + expression + " AS varbinary(max)) AS varchar(max))" : expression;
    return "CAST(" + text + " AS nvarchar(max)) COLLATE Latin1_General_100_BIN2";
}

std::string MssqlGrammar::folded(const std::string& text) const {
    std::string spaces = text;
    for (const char* code : {"9", "10", "13"}) spaces = "REPLACE(" + spaces + ", NCHAR(" + code + "), N' ')";
    return "LOWER(LTRIM(RTRIM(" + spaces + ")))";
}

std::string MssqlGrammar::boolean_is(const std::string& expression, bool value) const {
    return "(" + expression + " IS NOT NULL AND " + expression + (value ? " <> 0)" : " = 0)");
}

std::string MssqlGrammar::binary_is_empty(const std::string& expression) const {
    return "(" + expression + " IS NULL OR DATALENGTH(" + expression + ") = 0)";
}

std::string MssqlGrammar::head_of(const std::string& expression, ColumnKind kind, std::size_t characters) const {
    return "LEFT(" + as_text(expression, kind) + ", " + std::to_string(characters) + ")";
}

std::string MssqlGrammar::tail_of(const std::string& expression, ColumnKind kind, std::size_t characters) const {
    const std::string text = as_text(expression, kind);
    const std::string length = std::to_string(characters);
    // Two bytes for each character; LEN leaves out blanks at the end.
    return "CASE WHEN DATALENGTH(" + text + ") > 2 * " + length + " THEN RIGHT(" + text + ", " + length + ") END";
}

std::string MssqlGrammar::key_text(const std::string& expression, ColumnKind kind) const {
    return kind == ColumnKind::binary ? "CONVERT(varchar(max), CAST(" + expression + " AS varbinary(max)), 2)"
                                      : expression;
}

std::string MssqlGrammar::key_literal(std::string_view text, ColumnKind kind) const {
    if (kind == ColumnKind::binary && text.find_first_not_of("0123456789ABCDEF") == std::string_view::npos) {
        return "0x" + std::string{text};
    }
    return AnsiGrammar::key_literal(text, kind);
}

std::string MssqlGrammar::contains(const std::string& haystack, const std::string& needle) const {
    return "CHARINDEX(" + needle + ", " + haystack + ") > 0";
}

std::string MssqlGrammar::concatenation(const std::string& first, const std::string& second,
                                        const std::string& third) const {
    return "(" + first + " + " + second + " + " + third + ")";
}

}  // namespace crmaudit::connectors
