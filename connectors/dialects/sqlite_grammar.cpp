#include "connectors/dialects/sqlite_grammar.h"

namespace crmaudit::connectors {

std::string SqliteGrammar::text_literal(std::string_view value) const {
    // SQL text ends at a NUL byte, so it has to be made by char().
    const auto nul = value.find('\0');
    if (nul == std::string_view::npos) return plain_literal(value);
    return "(" + plain_literal(value.substr(0, nul)) + " || char(0) || " + text_literal(value.substr(nul + 1)) + ")";
}

std::string SqliteGrammar::date_literal(Date date) const { return "'" + to_string(date) + " 00:00:00'"; }

namespace {

/// x without the affinity of its column: SQLite would try to make a number of both sides before it compares a
/// timestamp with a text, which is no number and costs more than to compare.
std::string as_it_is(const std::string& x) { return "+" + x; }

/// True where x is a day that exists and its time, as datetime() writes them. Without a modifier datetime() gives back
/// '2023-02-31' as well; moved by nothing, only a real day comes back as it went in, but at twice the cost.
std::string is_canonical(const std::string& x) {
    return "datetime(" + x + ") = " + as_it_is(x) + " AND (substr(" + x + ", 9, 2) <= '28' OR datetime(" + x +
           ", '+0 days') = " + x + ")";
}

/// True of a text that begins with a day like most, if it begins with a day at all; what follows is a time or nothing
/// that counts. No number looks like that. In pieces, as "??-" is a trigraph.
std::string looks_like_most(const std::string& x) { return x + " GLOB '????" + "-??" + "-[012][0-8] *'"; }

Date day_before(Date day) { return std::chrono::sys_days{day} - std::chrono::days{1}; }

/// True of a text that sorts like those of the days between. 24:00 of a day is the next to some functions of SQLite, so
/// it is left out.
std::string sorts_between(const std::string& x, Date from, Date to) {
    return as_it_is(x) + " BETWEEN '" + to_string(from) + " 00:00:00' AND '" + to_string(day_before(to)) + " 23~'";
}

/// A moment, however it is written. date() takes 'now' and '12:00' as well as '2023-02-31'.
std::string any_moment(const std::string& x) {
    const std::string text = "trim(" + x + ")";
    const std::string day = "substr(" + text + ", 1, 10)";
    return "CASE typeof(" + x + ") WHEN 'text' THEN CASE WHEN date(" + day + ", '+0 days') = " + day + " AND substr(" +
           text + ", 11, 1) IN ('', ' ', 'T') THEN coalesce(datetime(substr(" + text + ", 1, 19)), " + day +
           " || ' 00:00:00') END WHEN 'integer' THEN datetime(CASE WHEN " + x +
           " BETWEEN -99999999999 AND 99999999999 THEN nullif(" + x + ", 0) ELSE " + x +
           " / 1000 END, 'unixepoch') WHEN 'real' THEN CASE WHEN " + x +
           " BETWEEN 1721425.5 AND 5373484.5 THEN datetime(" + x + ") ELSE datetime(nullif(" + x +
           ", 0.0), 'unixepoch') END END";
}

/// The same, but for what datetime() writes; a day alone costs less.
std::string other_moment(const std::string& x) {
    return "CASE WHEN date(" + x + ", '+0 days') = " + x + " THEN " + x + " || ' 00:00:00' ELSE " + any_moment(x) +
           " END";
}

std::string lies_between(const std::string& moment, const std::string& from, const std::string& to) {
    return moment + " >= " + from + " AND " + moment + " < " + to;
}

}  // namespace

std::string SqliteGrammar::moment_of(const std::string& expression, ColumnKind) const {
    return "CASE WHEN " + is_canonical(expression) + " THEN " + expression + " ELSE " + other_moment(expression) +
           " END";
}

std::string SqliteGrammar::moment_between(const std::string& expression, ColumnKind, Date from, Date to) const {
    const std::string& x = expression;
    const std::string first = date_literal(from);
    const std::string end = date_literal(to);
    // What datetime() writes compares as it is; anything else becomes a moment first, and once.
    return "CASE WHEN " + x + " IS NULL THEN NULL WHEN " + is_canonical(x) + " THEN CASE WHEN " +
           lies_between(x, first, end) + " THEN " + x + " END ELSE (SELECT CASE WHEN " + lies_between("m", first, end) +
           " THEN m END FROM (SELECT " + other_moment(x) + " AS m" + evaluated_once() + ")) END";
}

std::string SqliteGrammar::is_between(const std::string& expression, ColumnKind, Date from, Date to) const {
    return "((" + sorts_between(expression, from, to) + " AND " + looks_like_most(expression) +
           // Cheaper than to make a moment of it: that there is one, however its time is written.
           " AND julianday(" + expression + ") IS NOT NULL" + or_is_between_otherwise(expression, from, to);
}

std::string SqliteGrammar::may_be_between(const std::string& expression, ColumnKind, Date from, Date to) const {
    return "((" + sorts_between(expression, from, to) + or_is_between_otherwise(expression, from, to);
}

/// What else lies between. A text that begins with a digit but 0 is no such moment if it sorts outside, whether it is
/// one or not: its first ten characters are its day. Numbers sort before all texts, and what has no type of its own
/// after them. In few words, as scripts have the database read them again for each batch, and without a subquery, with
/// which SQLite finds all rows first and deletes none on the way. A CASE would say the same, and cost more for each
/// row.
std::string SqliteGrammar::or_is_between_otherwise(const std::string& expression, Date from, Date to) const {
    const std::string x = as_it_is(expression);
    return " OR NOT (" + x + " BETWEEN '1' AND '" + to_string(day_before(from)) + " 23~' OR " + x + " BETWEEN '" +
           to_string(to) + "' AND ':') AND " + any_moment(expression) + " BETWEEN " + date_literal(from) + " AND '" +
           to_string(day_before(to)) + "~') IS TRUE)";
}

std::string SqliteGrammar::moment_plus(const std::string& moment, Period period) const {
    std::string text = moment;
    if (period.months != 0) {
        // SQLite lets 31 January + 1 month run over into March; the end of the month is the latest it may be.
        const std::string months = std::to_string(period.months);
        const std::string next = std::to_string(period.months + 1);
        text = "min(datetime(" + moment + ", '" + (period.months > 0 ? "+" : "") + months + " months'), date(" +
               moment + ", 'start of month', '" + (period.months >= 0 ? "+" : "") + next +
               " months', '-1 day') || substr(" + moment + ", 11))";
    }
    if (period.days == 0) return text;
    return "datetime(" + text + ", '" + (period.days > 0 ? "+" : "") + std::to_string(period.days) + " days')";
}

std::string SqliteGrammar::day_text(const std::string& moment) const { return "substr(" + moment + ", 1, 10)"; }

std::string SqliteGrammar::latest_of(const std::vector<std::string>& moments) const {
    std::string list;
    for (const std::string& moment : moments) list += (list.empty() ? "" : ", ") + moment;
    return moments.size() == 1 ? list : "MAX(" + list + ")";
}

std::string SqliteGrammar::year_of(const std::string& moment) const {
    return "CAST(substr(" + moment + ", 1, 4) AS INTEGER)";
}

std::string SqliteGrammar::as_text(const std::string& expression, ColumnKind) const {
    return "CAST(" + expression + " AS TEXT)";
}

std::string SqliteGrammar::folded(const std::string& text) const {
    // lower() knows ASCII alone; the umlauts are the letters beyond it that German placeholders use.
    std::string folded = "lower(replace(replace(replace(trim(" + text +
                         ", ' ' || char(9, 10, 11, 12, 13)), 'Ä', 'ä'), 'Ö', 'ö'), 'Ü', 'ü'))";
    // Words of printable ASCII, as almost all that conditions compare, need no more; but an expression that is written
    // three times, and again within another, would be too deep for the parser.
    constexpr std::size_t longest_name = 100;
    if (text.size() > longest_name) return folded;
    return "CASE WHEN " + text + " GLOB '*[^!-~]*' THEN " + folded + " ELSE lower(" + text + ") END";
}

std::string SqliteGrammar::is_blank(const std::string& text) const {
    return "(NOT " + text + " GLOB '*[!-~]*' AND trim(" + text + ", ' ' || char(9, 10, 11, 12, 13)) = '')";
}

std::string SqliteGrammar::like_some(const std::string& text, const std::vector<std::string>& patterns) const {
    return "(SELECT " + Grammar::like_some("x", patterns) + " FROM (SELECT " + text + " AS x" + evaluated_once() + "))";
}

std::string SqliteGrammar::boolean_is(const std::string& expression, bool value) const {
    return "coalesce(lower(CAST(" + expression + " AS TEXT)) IN (" +
           (value ? "'1', 'true', 't', 'yes', 'y', 'on'" : "'0', 'false', 'f', 'no', 'n', 'off'") + "), 0)";
}

std::string SqliteGrammar::contains(const std::string& haystack, const std::string& needle) const {
    return "instr(" + haystack + ", " + needle + ") > 0";
}

std::string SqliteGrammar::binary_is_empty(const std::string& expression) const {
    return "(" + expression + " IS NULL OR length(" + expression + ") = 0)";
}

std::string SqliteGrammar::head_of(const std::string& expression, ColumnKind, std::size_t characters) const {
    // Functions on text end at a NUL byte, those on bytes do not. One byte more than is wanted shows the reader whether
    // the last character is whole.
    return "CAST(substr(CAST(" + expression + " AS BLOB), 1, " + std::to_string(characters + 1) + ") AS TEXT)";
}

std::string SqliteGrammar::tail_of(const std::string& expression, ColumnKind, std::size_t characters) const {
    const std::string length = std::to_string(characters);
    const std::string bytes = "CAST(" + expression + " AS BLOB)";
    return "CASE WHEN length(" + bytes + ") > " + length + " THEN CAST(substr(" + bytes + ", -" + length +
           ") AS TEXT) END";
}

std::string SqliteGrammar::comes_after(std::span<const std::string> columns,
                                       std::span<const std::string> values) const {
    return row_after(columns, values);
}

std::string SqliteGrammar::rows_between(std::int64_t offset, std::int64_t limit) const {
    return " LIMIT " + std::to_string(limit) + " OFFSET " + std::to_string(offset);
}

}  // namespace crmaudit::connectors
