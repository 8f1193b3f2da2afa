#include "connectors/dialects/postgresql_grammar.h"

namespace crmaudit::connectors {
namespace {

// Matches exactly the days that exist from year 1 on: a cast of anything else would be an error and end the statement.
const std::string iso_day =
    "(?!0000)(?:[0-9]{4}-(?:(?:0[13578]|1[02])-(?:0[1-9]|[12][0-9]|3[01])|(?:0[469]|11)-(?:0[1-9]|[12][0-9]|30)"
    "|02-(?:0[1-9]|1[0-9]|2[0-8]))"
    "|(?:[0-9]{2}(?:0[48]|[2468][048]|[13579][26])|(?:[02468][048]|[13579][26])00)-02-29)";
const std::string time_of_day = "(?:[ T](?:[01][0-9]|2[0-3]):[0-5][0-9](?::[0-5][0-9])?)?";

std::string epoch(const std::string& seconds) { return "timezone('UTC', to_timestamp(" + seconds + "))"; }

}  // namespace

std::string PostgresqlGrammar::text_literal(std::string_view value) const {
    std::string text;
    for (const char c : value) {
        if (c == '\0') {
            text += "\xEF\xBF\xBD";  // no text of PostgreSQL holds a NUL, so nothing may equal this either
            continue;
        }
        if (c == '\\') text += c;
        text += c;
    }
    return (value.find('\\') == std::string_view::npos ? "" : "E") + plain_literal(text);
}

std::string PostgresqlGrammar::date_literal(Date date) const { return "TIMESTAMP '" + to_string(date) + "'"; }

std::string PostgresqlGrammar::moment_of(const std::string& expression, ColumnKind kind) const {
    const std::string& x = expression;
    switch (kind) {
        case ColumnKind::date:
        case ColumnKind::timestamp:
            // The bounds keep out infinity, which has no year, and dates that a timestamp cannot hold.
            return "CASE WHEN " + x + " >= '0001-01-01' AND " + x + " < '10000-01-01' THEN CAST(" + x +
                   " AS timestamp) END";
        case ColumnKind::integer:
        case ColumnKind::decimal:
            return "CASE WHEN " + x + " = 0 THEN NULL WHEN " + x + " BETWEEN -59999999999 AND 99999999999 THEN " +
                   epoch("CAST(" + x + " AS double precision)") + " WHEN " + x +
                   " BETWEEN -59999999999999 AND 253402300799999 THEN " +
                   epoch("CAST(" + x + " AS double precision) / 1000") + " END";
        case ColumnKind::boolean:
        case ColumnKind::binary:
        case ColumnKind::time: return "CAST(NULL AS timestamp)";
        default:
            return "CAST(substring(" + as_text(x, kind) + " FROM '^ *(" + iso_day + "(?=$|[ T])" + time_of_day +
                   ")') AS timestamp)";
    }
}

std::string PostgresqlGrammar::moment_between(const std::string& expression, ColumnKind kind, Date from,
                                              Date to) const {
    if (kind != ColumnKind::date && kind != ColumnKind::timestamp) {
        return Grammar::moment_between(expression, kind, from, to);
    }
    return "CASE WHEN " + expression + " >= " + date_literal(from) + " AND " + expression + " < " + date_literal(to) +
           " THEN CAST(" + expression + " AS timestamp) END";
}

std::string PostgresqlGrammar::is_between(const std::string& expression, ColumnKind kind, Date from, Date to) const {
    if (kind != ColumnKind::date && kind != ColumnKind::timestamp) {
        return Grammar::is_between(expression, kind, from, to);
    }
    return "(" + expression + " IS NOT NULL AND " + expression + " >= " + date_literal(from) + " AND " + expression +
           " < " + date_literal(to) + ")";
}

std::string PostgresqlGrammar::may_be_between(const std::string& expression, ColumnKind kind, Date from,
                                              Date to) const {
    if (kind != ColumnKind::date && kind != ColumnKind::timestamp) return is_between(expression, kind, from, to);
    return "(" + expression + " IS NOT NULL AND " + expression + " >= " + date_literal(from) + " AND (" + expression +
           " < " + date_literal(to) + " OR NOT isfinite(" + expression + ")))";
}

std::string PostgresqlGrammar::moment_plus(const std::string& moment, Period period) const {
    return "(" + moment + " + INTERVAL '" + std::to_string(period.months) + " months " + std::to_string(period.days) +
           " days')";
}

std::string PostgresqlGrammar::day_text(const std::string& moment) const {
    return "to_char(" + moment + ", 'YYYY-MM-DD')";
}

std::string PostgresqlGrammar::year_of(const std::string& moment) const {
    return "CAST(EXTRACT(YEAR FROM " + moment + ") AS integer)";
}

std::string PostgresqlGrammar::as_text(const std::string& expression, ColumnKind kind) const {
    if (kind == ColumnKind::boolean) {
        return "CASE WHEN " + expression + " THEN '1' WHEN NOT " + expression + " THEN '0' END";
    }
    // A column's own collation may be nondeterministic (no patterns) or differ from another's (no comparison).
    return "CAST(" + expression + " AS text) COLLATE \"default\"";
}

std::string PostgresqlGrammar::like_some(const std::string& text, const std::vector<std::string>& patterns) const {
    std::string list;
    for (const std::string& pattern : patterns) {
        std::string wildcards;
        for (const char c : pattern) {
            if (c == '%' || c == '_' || c == '\\') wildcards += '\\';
            wildcards += c == '*' ? '%' : c == '?' ? '_' : c;
        }
        list += (list.empty() ? "" : ", ") + text_literal(wildcards);
    }
    return text + " LIKE ANY (ARRAY[" + list + "])";
}

std::string PostgresqlGrammar::is_blank(const std::string& text) const {
    return "btrim(" + text + ", E' \\t\\n\\r\\f\\x0b') = ''";
}

std::string PostgresqlGrammar::folded(const std::string& text) const {
    return "lower(btrim(" + text + ", E' \\t\\n\\r\\f\\x0b'))";
}

std::string PostgresqlGrammar::truth(bool value) const { return value ? "TRUE" : "FALSE"; }

std::string PostgresqlGrammar::binary_is_empty(const std::string& expression) const {
    return "(" + expression + " IS NULL OR OCTET_LENGTH(" + expression + ") = 0)";
}

std::string PostgresqlGrammar::head_of(const std::string& expression, ColumnKind kind, std::size_t characters) const {
    const std::string length = std::to_string(characters);
    // Bytes that are ASCII stay what they are, the others become octal numbers.
    if (kind == ColumnKind::binary) return "encode(substring(" + expression + " FROM 1 FOR " + length + "), 'escape')";
    const std::string text = as_text(expression, kind);
    // left() counts characters through the whole value: three times the cost of reading a table. Bytes are counted
    // already.
    return "CASE WHEN octet_length(" + text + ") > " + length + " THEN left(" + text + ", " + length + ") ELSE " +
           text + " END";
}

std::string PostgresqlGrammar::tail_of(const std::string& expression, ColumnKind kind, std::size_t characters) const {
    const std::string length = std::to_string(characters);
    if (kind == ColumnKind::binary) {
        return "CASE WHEN octet_length(" + expression + ") > " + length + " THEN encode(substring(" + expression +
               " FROM octet_length(" + expression + ") - " + length + " + 1), 'escape') END";
    }
    const std::string text = as_text(expression, kind);
    return "CASE WHEN octet_length(" + text + ") > " + length + " THEN right(" + text + ", " + length + ") END";
}

std::string PostgresqlGrammar::key_text(const std::string& expression, ColumnKind) const {
    // What a value is written as is read again as the same value, for every type that an index can hold.
    return "CAST(" + expression + " AS text)";
}

std::string PostgresqlGrammar::comes_after(std::span<const std::string> columns,
                                           std::span<const std::string> values) const {
    return row_after(columns, values);
}

std::string PostgresqlGrammar::rows_between(std::int64_t offset, std::int64_t limit) const {
    return " LIMIT " + std::to_string(limit) + " OFFSET " + std::to_string(offset);
}

std::string PostgresqlGrammar::some_blocks(std::int64_t part, std::int64_t total, std::uint32_t seed) const {
    return " TABLESAMPLE SYSTEM (100.0 * " + std::to_string(part) + " / " + std::to_string(total) + ") REPEATABLE (" +
           std::to_string(seed) + ")";
}

}  // namespace crmaudit::connectors
