// SQL as the standard has it: the generic dialect's grammar, and the base of the others, which override what differs.
#pragma once

#include <string>
#include <string_view>

#include "auditor/sql/grammar.h"

namespace crmaudit::connectors {

class AnsiGrammar : public sql::Grammar {
public:
    using sql::Grammar::quote;

    std::string_view name() const override { return "generic"; }
    std::string quote(std::string_view identifier) const override;
    std::string text_literal(std::string_view value) const override;
    std::string date_literal(Date date) const override;
    /// Standard SQL has no cast that is NULL where it cannot be done, so only date and timestamp columns are moments
    /// here.
    std::string moment_of(const std::string& expression, ColumnKind kind) const override;
    std::string moment_plus(const std::string& moment, Period period) const override;
    std::string day_text(const std::string& moment) const override;
    std::string year_of(const std::string& moment) const override;
    std::string as_text(const std::string& expression, ColumnKind kind) const override;
    std::string folded(const std::string& text) const override;
    std::string list_has(const std::string& text, std::string_view word) const override;
    std::string truth(bool value) const override;
    std::string flag(const std::string& condition) const override;

protected:
    /// The identifier between quote characters, which are doubled inside.
    static std::string quoted(std::string_view identifier, char quote_character);
    /// 'value' with quotes doubled; right where a backslash is an ordinary character.
    static std::string plain_literal(std::string_view value);
    /// (a, b) > (1, 2)
    static std::string row_after(std::span<const std::string> columns, std::span<const std::string> values);
    /// True when `needle`, SQL text, occurs in `haystack`.
    virtual std::string contains(const std::string& haystack, const std::string& needle) const;
    /// Three texts as one.
    virtual std::string concatenation(const std::string& first, const std::string& second,
                                      const std::string& third) const;
};

}  // namespace crmaudit::connectors
