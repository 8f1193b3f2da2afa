// MariaDB's and MySQL's SQL, written so that it means the same under every sql_mode: no double quotes, no '||', no
// backslash. Text is compared in utf8mb4_bin, so that columns of different collations never clash.
#pragma once

#include "connectors/dialects/ansi_grammar.h"

namespace crmaudit::connectors {

/// A moment is a DATETIME; zero dates and impossible days are NULL. Text that begins with an ISO day and numbers
/// (seconds or milliseconds since 1970) have one.
class MariadbGrammar final : public AnsiGrammar {
public:
    using sql::Grammar::quote;

    std::string_view name() const override { return "mariadb"; }
    std::string quote(std::string_view identifier) const override;
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
    std::string rows_between(std::int64_t offset, std::int64_t limit) const override;
    std::string key_text(const std::string& expression, ColumnKind kind) const override;
    std::string key_literal(std::string_view text, ColumnKind kind) const override;
    std::string row_chance(std::int64_t part, std::int64_t total, std::uint32_t seed) const override;
    std::string truth(bool value) const override;

protected:
    std::string contains(const std::string& haystack, const std::string& needle) const override;
    std::string concatenation(const std::string& first, const std::string& second,
                              const std::string& third) const override;

private:
    std::string sorts_between(const std::string& expression, Date from, Date to) const;
};

}  // namespace crmaudit::connectors
