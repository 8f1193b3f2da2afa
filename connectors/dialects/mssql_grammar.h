// SQL Server's SQL (2017 and later). Text is compared in a binary collation, so that columns of different collations
// never clash. Written for a server that nobody runs it on in tests: only parsed.
#pragma once

#include "connectors/dialects/ansi_grammar.h"

namespace crmaudit::connectors {

/// A moment is a datetime2(3). Text that begins with an ISO day and numbers (seconds or milliseconds since 1970) have
/// one. No literal holds a line break or "$(": the client looks for its own commands at the beginning of lines, and for
/// its variables everywhere, quotes or not.
class MssqlGrammar final : public AnsiGrammar {
public:
    using sql::Grammar::quote;

    std::string_view name() const override { return "mssql"; }
    std::string quote(std::string_view identifier) const override;
    std::string text_literal(std::string_view value) const override;
    std::string date_literal(Date date) const override;
    std::string moment_of(const std::string& expression, ColumnKind kind) const override;
    std::string moment_between(const std::string& expression, ColumnKind kind, Date from, Date to) const override;
    std::string moment_plus(const std::string& moment, Period period) const override;
    std::string day_text(const std::string& moment) const override;
    std::string year_of(const std::string& moment) const override;
    std::string latest_of(const std::vector<std::string>& moments) const override;
    std::string as_text(const std::string& expression, ColumnKind kind) const override;
    std::string folded(const std::string& text) const override;
    std::string boolean_is(const std::string& expression, bool value) const override;
    std::string binary_is_empty(const std::string& expression) const override;
    std::string head_of(const std::string& expression, ColumnKind kind, std::size_t characters) const override;
    std::string tail_of(const std::string& expression, ColumnKind kind, std::size_t characters) const override;
    std::string key_text(const std::string& expression, ColumnKind kind) const override;
    std::string key_literal(std::string_view text, ColumnKind kind) const override;

protected:
    std::string contains(const std::string& haystack, const std::string& needle) const override;
    std::string concatenation(const std::string& first, const std::string& second,
                              const std::string& third) const override;
};

}  // namespace crmaudit::connectors
