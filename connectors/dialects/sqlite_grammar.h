// SQLite's SQL. A column may hold any type in any row, so every function looks at the value and not at the declaration.
#pragma once

#include "connectors/dialects/ansi_grammar.h"

namespace crmaudit::connectors {

/// A moment is text YYYY-MM-DD HH:MM:SS. ISO text (an offset is not looked at), seconds or milliseconds since 1970 and
/// Julian days (real numbers) are moments; zero and anything else is NULL.
class SqliteGrammar final : public AnsiGrammar {
public:
    using sql::Grammar::quote;

    std::string_view name() const override { return "sqlite"; }
    std::string text_literal(std::string_view value) const override;
    std::string date_literal(Date date) const override;
    std::string moment_of(const std::string& expression, ColumnKind kind) const override;
    std::string moment_between(const std::string& expression, ColumnKind kind, Date from, Date to) const override;
    std::string is_between(const std::string& expression, ColumnKind kind, Date from, Date to) const override;
    std::string may_be_between(const std::string& expression, ColumnKind kind, Date from, Date to) const override;
    std::string moment_plus(const std::string& moment, Period period) const override;
    std::string day_text(const std::string& moment) const override;
    std::string latest_of(const std::vector<std::string>& moments) const override;
    std::string year_of(const std::string& moment) const override;
    std::string as_text(const std::string& expression, ColumnKind kind) const override;
    std::string folded(const std::string& text) const override;
    std::string is_blank(const std::string& text) const override;
    std::string like_some(const std::string& text, const std::vector<std::string>& patterns) const override;
    std::string binary_is_empty(const std::string& expression) const override;
    std::string head_of(const std::string& expression, ColumnKind kind, std::size_t characters) const override;
    std::string tail_of(const std::string& expression, ColumnKind kind, std::size_t characters) const override;
    /// As rows: an index does not serve what the standard's form without them says about its second column.
    std::string comes_after(std::span<const std::string> columns, std::span<const std::string> values) const override;
    std::string rows_between(std::int64_t offset, std::int64_t limit) const override;
    std::string evaluated_once() const override { return " LIMIT -1 OFFSET 0"; }
    std::string boolean_is(const std::string& expression, bool value) const override;

protected:
    std::string contains(const std::string& haystack, const std::string& needle) const override;

private:
    std::string or_is_between_otherwise(const std::string& expression, Date from, Date to) const;
};

}  // namespace crmaudit::connectors
