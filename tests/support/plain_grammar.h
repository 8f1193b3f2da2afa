// The simplest grammar there can be, so that tests of rendering read like SQL.
#pragma once

#include "auditor/sql/grammar.h"

namespace crmaudit::testing {

class PlainGrammar : public sql::Grammar {
public:
    std::string_view name() const override { return "plain"; }
    std::string quote(std::string_view identifier) const override { return "\"" + std::string{identifier} + "\""; }
    std::string text_literal(std::string_view value) const override { return "'" + std::string{value} + "'"; }
    std::string date_literal(Date date) const override { return "DATE '" + to_string(date) + "'"; }
    std::string moment_of(const std::string& expression, ColumnKind) const override { return expression; }
    std::string moment_plus(const std::string& moment, Period period) const override {
        return moment + " + " + to_string(period);
    }
    std::string day_text(const std::string& moment) const override { return "DAY(" + moment + ")"; }
    std::string year_of(const std::string& moment) const override { return "YEAR(" + moment + ")"; }
    std::string as_text(const std::string& expression, ColumnKind kind) const override {
        return kind == ColumnKind::text ? expression : "TEXT(" + expression + ")";
    }
    std::string folded(const std::string& text) const override { return "FOLD(" + text + ")"; }
    std::string list_has(const std::string& text, std::string_view word) const override {
        return "HAS(" + text + ", '" + std::string{word} + "')";
    }
    std::string truth(bool value) const override { return value ? "TRUE" : "FALSE"; }
    std::string flag(const std::string& condition) const override { return "FLAG(" + condition + ")"; }
    using sql::Grammar::quote;
};

}  // namespace crmaudit::testing
