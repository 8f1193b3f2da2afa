#include "connectors/dialects/ansi_grammar.h"

#include <stdexcept>

namespace crmaudit::connectors {
namespace {

// What separates the items of a list that a CRM keeps in one text: "^a^,^b^", "a;b", "a|b", ["a","b"].
constexpr std::string_view separators = "^;|\"[]";

}  // namespace

std::string AnsiGrammar::quoted(std::string_view identifier, char quote_character) {
    std::string text(1, quote_character);
    for (const char c : identifier) {
        if (c == '\0') throw std::invalid_argument("an identifier cannot hold a NUL byte");
        if (c == quote_character) text += c;
        text += c;
    }
    return text + quote_character;
}

std::string AnsiGrammar::plain_literal(std::string_view value) { return quoted(value, '\''); }

std::string AnsiGrammar::quote(std::string_view identifier) const { return quoted(identifier, '"'); }

std::string AnsiGrammar::text_literal(std::string_view value) const { return plain_literal(value); }

std::string AnsiGrammar::date_literal(Date date) const { return "TIMESTAMP '" + to_string(date) + " 00:00:00'"; }

std::string AnsiGrammar::moment_of(const std::string& expression, ColumnKind kind) const {
    const bool is_moment = kind == ColumnKind::date || kind == ColumnKind::timestamp;
    return "CAST(" + (is_moment ? expression : "NULL") + " AS TIMESTAMP)";
}

std::string AnsiGrammar::moment_plus(const std::string& moment, Period period) const {
    std::string text = moment;
    if (period.months != 0) text += " + INTERVAL '" + std::to_string(period.months) + "' MONTH";
    if (period.days != 0) text += " + INTERVAL '" + std::to_string(period.days) + "' DAY";
    return "(" + text + ")";
}

std::string AnsiGrammar::day_text(const std::string& moment) const {
    return "CAST(CAST(" + moment + " AS DATE) AS CHAR(10))";
}

std::string AnsiGrammar::year_of(const std::string& moment) const { return "EXTRACT(YEAR FROM " + moment + ")"; }

std::string AnsiGrammar::as_text(const std::string& expression, ColumnKind) const {
    return "CAST(" + expression + " AS VARCHAR(4000))";
}

std::string AnsiGrammar::folded(const std::string& text) const { return "LOWER(TRIM(" + text + "))"; }

std::string AnsiGrammar::list_has(const std::string& text, std::string_view word) const {
    if (word.find_first_of(separators) != std::string_view::npos || word.find(',') != std::string_view::npos) {
        return truth(false);
    }
    std::string list = text;
    for (const char c : separators) list = "REPLACE(" + list + ", '" + c + "', ',')";
    list = "REPLACE(REPLACE(" + list + ", ', ', ','), ' ,', ',')";
    const std::string item = "," + std::string{word} + ",";
    return contains(concatenation("','", list, "','"), text_literal(item));
}

std::string AnsiGrammar::truth(bool value) const { return value ? "1 = 1" : "1 = 0"; }

std::string AnsiGrammar::flag(const std::string& condition) const {
    return "CASE WHEN " + condition + " THEN 1 ELSE 0 END";
}

std::string AnsiGrammar::row_after(std::span<const std::string> columns, std::span<const std::string> values) {
    const auto row = [](std::span<const std::string> parts) {
        std::string text;
        for (const auto& part : parts) text += (text.empty() ? "(" : ", ") + part;
        return text + ")";
    };
    return row(columns) + " > " + row(values);
}

std::string AnsiGrammar::contains(const std::string& haystack, const std::string& needle) const {
    return "POSITION(" + needle + " IN " + haystack + ") > 0";
}

std::string AnsiGrammar::concatenation(const std::string& first, const std::string& second,
                                       const std::string& third) const {
    return first + " || " + second + " || " + third;
}

}  // namespace crmaudit::connectors
