// Renders row sets to SQL. The same value gives the counting term of a fused statement and the evidence query of a
// report; they cannot disagree.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "auditor/model/entity.h"
#include "auditor/sql/condition_sql.h"
#include "auditor/sql/grammar.h"
#include "auditor/sql/query.h"

namespace crmaudit::sql {

class EntitySource;
struct RowsQuestion;

/// One output column of a fused statement over an entity's rows.
struct Measure {
    enum class What {
        count,     // rows that meet the condition
        earliest,  // earliest plausible day of `attribute` among them, as YYYY-MM-DD
        latest,    // latest such day
    };
    What what = What::count;
    Condition condition;
    std::string attribute;
    bool operator==(const Measure&) const = default;
};

/// Date attributes by whose latest day rows are told apart by year; `otherwise` where none of them is known.
struct Ages {
    std::vector<std::string> latest_of;
    std::vector<std::string> otherwise;
};

/// The year of rows without any such date.
constexpr int no_year = 1800;

class Renderer {
public:
    /// Dates after `as_of` or before 1900 are implausible: they count as unknown everywhere.
    /// `lists` holds the keys that conditions refer to by name.
    Renderer(const Grammar& grammar, Days days, KeyLists lists = {})
        : grammar_(grammar), days_(days), lists_(std::move(lists)) {}

    /// One statement that reads the entity's table once, aggregates each related path once, and gives one row
    /// with one cell per measure, in order. With `ages`, one row for each year, the year before the measures: no row
    /// at all where the table has none.
    Query measure(const Entity& entity, const std::vector<Measure>& measures, const Ages& ages = {}) const;

    /// Whether a table can be read at all: gives at most one row and never a value.
    Query touch(const TableName& table) const;

    /// One cell: how many rows that meet the condition share their combination of these columns with no other of them.
    /// Rows that lack one of them do not count.
    Query count_unique(const Entity& entity, const Condition& condition, const std::vector<Operand>& columns) const;

    /// One cell: how many rows that meet the condition share their combination, compared without case, with another of
    /// them. Rows that lack one of the parts do not count.
    Query count_shared(const Entity& entity, const Condition& condition, const std::vector<Operand>& parts) const;

    /// What is counted of a table for the inventory.
    struct Tally {
        Operand column;
        Condition where = {};  // over columns of the table: the rows of a logical field
        bool distinct = true;  // false where different values need not, or cannot, be counted
    };

    /// One row: all rows, then for each column the rows that `where` takes, the filled ones and the different values
    /// of those (empty where they are not counted).
    Query tally(const TableName& table, const std::vector<Tally>& columns) const;

    /// At most `limit` different filled values of a column of settings, as text of at most `characters`, sorted.
    Query settings(const TableName& table, const Operand& column, std::int64_t limit, std::size_t characters) const;

    /// A row for each of at most `limit` combinations of text attributes among the rows that meet the condition,
    /// sorted: their beginnings of at most `characters`, how many rows have them and, with a date attribute, its latest
    /// plausible day among those.
    Query combinations(const Entity& entity, const Condition& condition, const std::vector<std::string>& texts,
                       const std::string& date, std::int64_t limit, std::size_t characters) const;

    /// Columns, as text of at most `characters`, of the `limit` rows that come last by the texts of `latest_by`, the
    /// last first.
    Query last_rows(const TableName& table, const std::vector<Operand>& columns, const std::vector<Operand>& latest_by,
                    std::int64_t limit, std::size_t characters) const;

    /// Rows of one table with their values as text. A binary column that belongs to no key gives 1 where anything is in
    /// it.
    Query rows(const RowsQuestion& question) const;
    /// One cell: how many rows that would be without a limit.
    Query count(const RowsQuestion& question) const;

    /// The keys of the rows of the set, sorted: for a person to run. Not a Query, the port cannot take it. Where keys
    /// of a list belong, the list is named.
    std::string evidence(const Entity& entity, const RowSet& rows) const;

    /// The keys, as k1, k2, … in the order of the entity's key, of the rows that meet the condition; for scripts that a
    /// person runs. With `among`, SQL, only of rows whose key stands in that table, whose columns are called the same.
    std::string keys(const Entity& entity, const Condition& condition, const std::string& among = {}) const;

    /// Whether the row of the entity's table, which the statement calls `row`, meets the condition; absent where
    /// related rows have a say in it.
    std::optional<std::string> row_condition(const Entity& entity, const Condition& condition,
                                             const std::string& row = "t") const;

    /// The same of the rows that the first `joins` joins of a path lead to, by these columns, from rows whose keys
    /// stand in `among`.
    std::string related_keys(const Entity& entity, const Path& path, std::size_t joins,
                             const std::vector<std::string>& key, const std::string& among) const;

    /// A condition over columns of one table, whose name or alias in the statement is `table`, SQL.
    std::string condition(const Condition& condition, const std::string& table) const;

private:
    /// A statement with one row, `select`, for each combination whose number of rows is `number`.
    std::string groups(EntitySource& source, const Condition& condition, const std::vector<Operand>& parts, bool folded,
                       const char* number, const std::string& select) const;
    /// How many different filled values there are, as a value; `from` is the table as t.
    std::string different(const Tally& tally, const std::string& from) const;
    std::string chosen(const RowsQuestion& question) const;
    std::string shared_evidence(const Entity& entity, const RowSet& rows, EntitySource& source) const;

    const Grammar& grammar_;
    Days days_;
    KeyLists lists_;
};

}  // namespace crmaudit::sql
