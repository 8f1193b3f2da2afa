// PostgreSQL's SQL. CAST() and never '::'; regular expressions without backslashes, so that they mean the same
// whatever standard_conforming_strings is.
#pragma once

#include "connectors/dialects/ansi_grammar.h"

namespace crmaudit::connectors {

/// A moment is a timestamp without time zone between the years 1 and 9999, in UTC where the session's time zone is
/// UTC. Columns of date and timestamp types, text that begins with an ISO day, and numbers (seconds or milliseconds
/// since 1970) have one.
class PostgresqlGrammar final : public AnsiGrammar {
public:
    using sql::Grammar::quote;

    std::string_view name() const override { return "postgresql"; }
    std::string text_literal(std::string_view value) const override;
    std::string date_literal(Date date) const override;
    std::string moment_of(const std::string& expression, ColumnKind kind) const override;
    std::string moment_between(const std::string& expression, ColumnKind kind, Date from, Date to) const override;
    std::string is_between(const std::string& expression, ColumnKind kind, Date from, Date to) const override;
    std::string may_be_between(const std::string& expression, ColumnKind kind, Date from, Date to) const override;
    std::string moment_plus(const std::string& moment, Period period) const override;
    std::string day_text(const std::string& moment) const override;
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
    std::string key_text(const std::string& expression, ColumnKind kind) const override;
    std::string some_blocks(std::int64_t part, std::int64_t total, std::uint32_t seed) const override;
    std::string evaluated_once() const override { return " OFFSET 0"; }
    std::string truth(bool value) const override;
};

}  // namespace crmaudit::connectors
