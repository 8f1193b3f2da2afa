#include "connectors/dialects/mariadb_grammar.h"

namespace crmaudit::connectors {
namespace {

std::string utf8(const std::string& expression) {
    return "CONVERT(" + expression + " USING utf8mb4) COLLATE utf8mb4_bin";
}

/// NULL for zero dates and days that do not exist: date arithmetic refuses them in every sql_mode.
std::string real_day(const std::string& expression) { return "DATE_ADD(" + expression + ", INTERVAL 0 DAY)"; }

std::string real_moment(const std::string& expression) { return "TIMESTAMP(" + real_day(expression) + ")"; }

std::string epoch(const std::string& seconds) {
    return "(TIMESTAMP '1970-01-01 00:00:00' + INTERVAL " + seconds + " SECOND)";
}

}  // namespace

std::string MariadbGrammar::quote(std::string_view identifier) const { return quoted(identifier, '`'); }

std::string MariadbGrammar::text_literal(std::string_view value) const {
    const bool is_plain = value.find('\\') == std::string_view::npos && value.find('\0') == std::string_view::npos;
    if (is_plain) return plain_literal(value);
    // NO_BACKSLASH_ESCAPES decides what a backslash means, so none is written.
    constexpr std::string_view digits = "0123456789ABCDEF";
    std::string hex;
    for (const char c : value) {
        const auto byte = static_cast<unsigned char>(c);
        hex += digits[byte >> 4U];
        hex += digits[byte & 15U];
    }
    // A literal takes the collation of what it is compared with; a converted one would not mix with others.
    return "_utf8mb4 X'" + hex + "'";
}

std::string MariadbGrammar::date_literal(Date date) const { return "TIMESTAMP '" + to_string(date) + " 00:00:00'"; }

std::string MariadbGrammar::moment_of(const std::string& expression, ColumnKind kind) const {
    const std::string& x = expression;
    switch (kind) {
        case ColumnKind::date:
        case ColumnKind::timestamp: return real_moment(x);
        case ColumnKind::integer:
        case ColumnKind::decimal:
            return "CASE WHEN " + x + " BETWEEN -59999999999 AND 99999999999 THEN " + epoch("NULLIF(" + x + ", 0)") +
                   " WHEN " + x + " BETWEEN -59999999999999 AND 253402300799999 THEN " + epoch("(" + x + " DIV 1000)") +
                   " END";
        case ColumnKind::boolean:
        case ColumnKind::binary:
        case ColumnKind::time:
        case ColumnKind::other: return "CAST(NULL AS DATETIME)";
        default: break;
    }
    const std::string text = "TRIM(" + utf8(x) + ")";
    return "CASE WHEN " + text + " REGEXP '^[0-9]{4}-[0-9]{2}-[0-9]{2}([ T]|$)' THEN " +
           real_moment("COALESCE(CAST(SUBSTRING(" + text + ", 1, 19) AS DATETIME), CAST(SUBSTRING(" + text +
                       ", 1, 10) AS DATETIME))") +
           " END";
}

/// Days that cannot be have their place as well.
std::string MariadbGrammar::sorts_between(const std::string& expression, Date from, Date to) const {
    return expression + " >= " + date_literal(from) + " AND " + expression + " < " + date_literal(to);
}

std::string MariadbGrammar::moment_between(const std::string& expression, ColumnKind kind, Date from, Date to) const {
    if (kind != ColumnKind::date && kind != ColumnKind::timestamp) {
        return Grammar::moment_between(expression, kind, from, to);
    }
    // Compared as it is, as most are asked about and few are real dates outside.
    const std::string real = kind == ColumnKind::timestamp ? real_day(expression) : real_moment(expression);
    return "CASE WHEN " + sorts_between(expression, from, to) + " THEN " + real + " END";
}

std::string MariadbGrammar::is_between(const std::string& expression, ColumnKind kind, Date from, Date to) const {
    if (kind != ColumnKind::date && kind != ColumnKind::timestamp) {
        return Grammar::is_between(expression, kind, from, to);
    }
    // The same days are real as for date arithmetic, which takes longer to find out.
    return "((" + sorts_between(expression, from, to) + " AND DAYOFMONTH(" + expression +
           ") BETWEEN 1 AND DAYOFMONTH(LAST_DAY(" + expression + "))) IS TRUE)";
}

std::string MariadbGrammar::may_be_between(const std::string& expression, ColumnKind kind, Date from, Date to) const {
    if (kind != ColumnKind::date && kind != ColumnKind::timestamp) return is_between(expression, kind, from, to);
    return "((" + sorts_between(expression, from, to) + ") IS TRUE)";
}

std::string MariadbGrammar::moment_plus(const std::string& moment, Period period) const {
    std::string text = moment;
    if (period.months != 0) text += " + INTERVAL " + std::to_string(period.months) + " MONTH";
    if (period.days != 0) text += " + INTERVAL " + std::to_string(period.days) + " DAY";
    return "(" + text + ")";
}

std::string MariadbGrammar::day_text(const std::string& moment) const {
    return "DATE_FORMAT(" + moment + ", '%Y-%m-%d')";
}

std::string MariadbGrammar::year_of(const std::string& moment) const { return "YEAR(" + moment + ")"; }

std::string MariadbGrammar::as_text(const std::string& expression, ColumnKind kind) const {
    switch (kind) {
        case ColumnKind::boolean:
        case ColumnKind::integer: return utf8("(" + expression + " + 0)");  // a bit column is bytes otherwise
        case ColumnKind::other: return "HEX(" + expression + ")";           // geometries refuse to be text
        default: return utf8(expression);
    }
}

std::string MariadbGrammar::like_some(const std::string& text, const std::vector<std::string>& patterns) const {
    std::string alternatives;
    for (const std::string& pattern : patterns) {
        // In brackets every character but these stands for itself, without a backslash that settings may take away.
        if (pattern.find_first_of("^]\\") != std::string::npos) return Grammar::like_some(text, patterns);
        alternatives += alternatives.empty() ? "" : "|";
        for (const char c : pattern) {
            const bool is_plain = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || c == ' ';
            alternatives += c == '*' ? ".*" : c == '?' ? "." : is_plain ? std::string{c} : "[" + std::string{c} + "]";
        }
    }
    return text + " REGEXP " + text_literal("(?s)^(" + alternatives + ")$");
}

std::string MariadbGrammar::folded(const std::string& text) const {
    // TRIM takes away one character only, so the other white space becomes spaces first.
    std::string spaces = text;
    for (const char* code : {"9", "10", "13"}) {
        spaces.insert(0, "REPLACE(").append(", CHAR(").append(code).append(" USING utf8mb4), ' ')");
    }
    return "LOWER(TRIM(" + spaces + "))";
}

std::string MariadbGrammar::is_blank(const std::string& text) const {
    // White space sorts before the digits, almost everything else does not, and one comparison costs less than folding.
    return "(" + text + " < '0' AND " + folded(text) + " = '')";
}

std::string MariadbGrammar::truth(bool value) const { return value ? "TRUE" : "FALSE"; }

std::string MariadbGrammar::contains(const std::string& haystack, const std::string& needle) const {
    return "LOCATE(" + needle + ", " + haystack + ") > 0";
}

std::string MariadbGrammar::concatenation(const std::string& first, const std::string& second,
                                          const std::string& third) const {
    return "CONCAT(" + first + ", " + second + ", " + third + ")";
}

std::string MariadbGrammar::binary_is_empty(const std::string& expression) const {
    return "(" + expression + " IS NULL OR OCTET_LENGTH(" + expression + ") = 0)";
}

std::string MariadbGrammar::head_of(const std::string& expression, ColumnKind kind, std::size_t characters) const {
    const std::string length = std::to_string(characters);
    switch (kind) {
        case ColumnKind::boolean:
        case ColumnKind::integer:
        case ColumnKind::other: return "LEFT(" + as_text(expression, kind) + ", " + length + ")";
        // Bytes are cut before they become text, so that a large object is not copied.
        case ColumnKind::binary: return "CONVERT(LEFT(" + expression + ", " + length + ") USING utf8mb4)";
        default: return "LEFT(" + expression + ", " + length + ")";
    }
}

std::string MariadbGrammar::tail_of(const std::string& expression, ColumnKind kind, std::size_t characters) const {
    const std::string length = std::to_string(characters);
    const bool is_text = kind == ColumnKind::text || kind == ColumnKind::binary || kind == ColumnKind::unknown;
    const std::string text = is_text ? expression : as_text(expression, kind);
    const std::string end = "RIGHT(" + text + ", " + length + ")";
    // Bytes are counted without reading the value; a text that has so many may have fewer characters, then all come.
    return "CASE WHEN OCTET_LENGTH(" + text + ") > " + length + " THEN " +
           (kind == ColumnKind::binary ? "CONVERT(" + end + " USING utf8mb4)" : end) + " END";
}

std::string MariadbGrammar::key_text(const std::string& expression, ColumnKind kind) const {
    return kind == ColumnKind::binary ? "HEX(" + expression + ")" : expression;
}

std::string MariadbGrammar::key_literal(std::string_view text, ColumnKind kind) const {
    if (kind == ColumnKind::binary && text.find_first_not_of("0123456789ABCDEF") == std::string_view::npos) {
        return "X'" + std::string{text} + "'";
    }
    return AnsiGrammar::key_literal(text, kind);
}

std::string MariadbGrammar::rows_between(std::int64_t offset, std::int64_t limit) const {
    return " LIMIT " + std::to_string(limit) + " OFFSET " + std::to_string(offset);
}

std::string MariadbGrammar::row_chance(std::int64_t part, std::int64_t total, std::uint32_t seed) const {
    return "RAND(" + std::to_string(seed) + ") * " + std::to_string(total) + " < " + std::to_string(part);
}

}  // namespace crmaudit::connectors
