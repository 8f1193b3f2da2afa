// The grammar of one database's SQL: how names, literals, dates and flags are written. Grammars render; they decide
// nothing.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "auditor/model/catalog.h"
#include "auditor/model/date.h"

namespace crmaudit::sql {

/// Every function returns SQL text; `expression` parameters are SQL text already, names and values are raw.
class Grammar {
public:
    virtual ~Grammar() = default;

    /// "postgresql", "mariadb", "sqlite", "mssql", "generic".
    virtual std::string_view name() const = 0;

    /// One quoted identifier. The quote character is doubled inside; a NUL byte throws std::invalid_argument.
    virtual std::string quote(std::string_view identifier) const = 0;

    /// A text literal that survives any content, in the connection's default SQL mode.
    virtual std::string text_literal(std::string_view value) const = 0;

    /// A day that compares with `day_of` expressions.
    virtual std::string date_literal(Date date) const = 0;

    /// A column as a value that compares with date literals and keeps the time of day where there is one;
    /// NULL for NULL, for zero dates and for text that is no date.
    virtual std::string moment_of(const std::string& expression, ColumnKind kind) const = 0;

    /// The same where it lies from `from` up to, not including, `to`; NULL elsewhere.
    virtual std::string moment_between(const std::string& expression, ColumnKind kind, Date from, Date to) const;

    /// Whether there is such a moment: a condition that is true or false, never NULL.
    virtual std::string is_between(const std::string& expression, ColumnKind kind, Date from, Date to) const;

    /// The same, and true as well of what is no moment but sorts as if it were one of these, of 31 February or of
    /// infinity if the database has that, unless to know it costs more. Never NULL.
    virtual std::string may_be_between(const std::string& expression, ColumnKind kind, Date from, Date to) const;

    /// `moment` moved by a period, months clamped to the end of the month.
    virtual std::string moment_plus(const std::string& moment, Period period) const = 0;

    /// A moment as text YYYY-MM-DD.
    virtual std::string day_text(const std::string& moment) const = 0;

    /// The year of a moment as an integer.
    virtual std::string year_of(const std::string& moment) const = 0;

    /// The latest of moments of which none is NULL. GREATEST where not overridden.
    virtual std::string latest_of(const std::vector<std::string>& moments) const;

    /// A column as text, whatever its type.
    virtual std::string as_text(const std::string& expression, ColumnKind kind) const = 0;

    /// Text in lower case without white space around it.
    virtual std::string folded(const std::string& text) const = 0;

    /// True where a text that is not NULL is empty or white space alone.
    virtual std::string is_blank(const std::string& text) const;

    /// True when `text` (already folded) contains the word as a whole item of a list stored in one text.
    virtual std::string list_has(const std::string& text, std::string_view word) const = 0;

    /// True when `text` (already folded) matches a pattern in which * stands for any text and ? for one character.
    /// Standard SQL where not overridden.
    virtual std::string like(const std::string& text, std::string_view pattern) const;

    /// True when `text` matches one of many patterns, all of them ASCII: in a form that works the text out once, where
    /// the database has one.
    virtual std::string like_some(const std::string& text, const std::vector<std::string>& patterns) const;

    /// True where the column, of a boolean or integer type, holds `value`; false for NULL. Standard SQL where not
    /// overridden.
    virtual std::string boolean_is(const std::string& expression, bool value) const;

    /// True where a binary column holds nothing. NULL alone where not overridden: lengths of bytes are no standard that
    /// databases keep.
    virtual std::string binary_is_empty(const std::string& expression) const;

    /// The first `characters` of a column of any type as text, cut by the database itself; where the product knows no
    /// better way, at most 4,000. A binary column is read as text too, whatever the bytes are.
    virtual std::string head_of(const std::string& expression, ColumnKind kind, std::size_t characters) const;

    /// The last `characters` of a column that is longer, as text, cut by the database itself; NULL where it is not
    /// longer. More where the product counts in bytes which fill no whole characters. Empty where the product is not
    /// known to do this for texts of any length.
    virtual std::string tail_of(const std::string& expression, ColumnKind kind, std::size_t characters) const;

    /// A column of a key as a value that key_literal turns into SQL again, and SQL that compares with that column as
    /// its value does. The column itself, and a number or a text, where not overridden.
    virtual std::string key_text(const std::string& expression, ColumnKind kind) const;
    virtual std::string key_literal(std::string_view text, ColumnKind kind) const;

    /// True for rows that come after the one with these key values, SQL, in the order of the columns; written so that
    /// an index on them finds the first such row at once.
    virtual std::string comes_after(std::span<const std::string> columns, std::span<const std::string> values) const;

    /// Ends a query so that it gives `limit` rows after the first `offset` ones. Standard SQL where not overridden.
    virtual std::string rows_between(std::int64_t offset, std::int64_t limit) const;

    /// After a table's name: reads whole blocks of it, each with a chance of `part` in `total`, by the seed. Empty
    /// where the database has no such thing.
    virtual std::string some_blocks(std::int64_t part, std::int64_t total, std::uint32_t seed) const;

    /// A condition that holds for each row with a chance of `part` in `total`, and for the same rows whenever a table
    /// is read alone with the same seed. Empty where the database has no such thing.
    virtual std::string row_chance(std::int64_t part, std::int64_t total, std::uint32_t seed) const;

    /// Ends a subquery so that its expressions are evaluated once for each row, however often its columns are named.
    virtual std::string evaluated_once() const { return {}; }

    /// Conditions that are always true and always false.
    virtual std::string truth(bool value) const = 0;

    /// A derived column of a subquery holding 1 or 0.
    virtual std::string flag(const std::string& condition) const = 0;

    /// schema.table, quoted; without a schema just the table.
    std::string quote(const TableName& table) const;
};

}  // namespace crmaudit::sql
