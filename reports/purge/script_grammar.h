// How one database's own client runs a purge: its guard, its batches, its locks, and what it can be asked about its
// structure. Every file begins with the guard, and every statement that deletes joins the token that only a passed
// guard leaves behind: a client that goes on after errors deletes nothing.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "auditor/model/result.h"
#include "auditor/sql/grammar.h"
#include "reports/purge/keyed_hash.h"
#include "reports/purge/script.h"

namespace crmaudit::reports::purge {

class ScriptGrammar {
public:
    virtual ~ScriptGrammar() = default;

    /// "sqlite3", "psql": the client that runs the files.
    virtual std::string_view client() const = 0;

    /// Whether these scripts have been run on the database that they are for.
    virtual bool is_proven() const { return true; }

    /// Whether a table or a column of this name can stand in a file without meaning something to the client.
    virtual bool can_write(std::string_view /*name*/) const { return true; }

    /// Whether the client can wait between batches.
    virtual bool can_pause() const { return true; }

    /// The day it is, as text YYYY-MM-DD.
    virtual std::string today() const = 0;

    /// How it hashes what outlives the persons.
    virtual const KeyedHash& hash() const = 0;

    /// True in the database that was audited.
    virtual std::string is_database(const Source& source) const = 0;

    /// The columns of a table as one text, a line for each in their order, as `columns_as_audited` writes them; and the
    /// foreign keys that point at it, sorted by their bytes.
    virtual std::string columns_now(const TableName& table) const = 0;
    virtual std::string references_now(const TouchedTable& table) const = 0;
    virtual std::string references_as_audited(const TouchedTable& table) const = 0;

    /// True where no trigger fires when rows of the table are deleted.
    virtual std::string has_no_delete_trigger(const TableName& table) const = 0;
    virtual std::string has_no_update_trigger(const TableName& table) const = 0;

    /// True where the database does not work out the column by itself.
    virtual std::string is_plain(const TableName& table, const std::string& column) const = 0;

    /// A statement that makes a table for rows like those of a SELECT, unless it is there already.
    virtual std::string copied_table(const std::string& table, const std::string& select) const;

    /// The database may set columns of dates by itself when a row is changed.
    virtual bool dates_changes() const { return false; }

    /// Texts, SQL, one behind the other.
    virtual std::string joined(const std::vector<std::string>& texts) const;

    /// Whole seconds by the clock of the database, of the moment and not of the transaction.
    virtual std::string seconds() const = 0;

    /// A statement that makes a table unless it is there already; `definition` is what stands in its parentheses.
    virtual std::string new_table(const std::string& table, const std::string& definition) const;

    /// True where a table of this name exists at the moment, whoever made it.
    virtual std::string is_there(const TableName& table) const = 0;

    /// How many rows the last Check::counted gave.
    virtual std::string counted() const = 0;

    /// What the guard has to ask besides, because of how this database works.
    virtual std::vector<Check> own_checks(const Plan& plan, const Locale& locale) const = 0;

    /// True where the rows that were counted last are at most so many percent of a table; no more of its rows are
    /// looked at than it takes to know.
    virtual std::string is_share(const std::string& table, std::int64_t percent) const = 0;

    /// A condition over `n`: the row of a work list belongs to the batch.
    virtual std::string in_batch() const = 0;

    /// Where the keys of a step are kept until they are verified, and during one batch; quoted.
    virtual std::string work_table(const TableName& beside, const std::string& name) const = 0;
    virtual std::string batch_table(const TableName& beside, const std::string& name) const = 0;

    /// How a statement names the keys of a batch, a SELECT; `name` is for a client that cannot write one within
    /// another.
    virtual std::string rows_of_batch(const std::string& /*name*/, const std::string& select) const {
        return "(" + select + ")";
    }

    /// What a statement calls the row of a step's table where it asks nothing but the row; see StepSql::own.
    virtual std::string row_of(const std::string& /*table*/) const { return "t"; }

    /// Where the guard keeps the keys that it has counted, for the session.
    virtual std::string found_table(const TableName& beside, const std::string& name) const {
        return batch_table(beside, name);
    }

    virtual std::string dry_run(const Script& script) const = 0;
    virtual std::string archive(const Script& script) const = 0;
    virtual std::string purge(const Script& script) const = 0;
    virtual std::string verify(const Script& script) const = 0;

protected:
    explicit ScriptGrammar(const sql::Grammar& grammar) : grammar_(grammar) {}

    /// Statements that print what was counted: a text and a number.
    std::string say(const std::string& what, const std::string& number) const;
    std::string said_before(const Script& script) const;
    std::string said_after(const Script& script) const;
    /// Statements that begin a step: its duration is counted from here.
    std::string begun(const StepSql& step) const;
    /// Statements for a step's first run: nothing is over.
    std::string nothing_over(const StepSql& step) const;
    /// Statements that leave a row about the step in the deletion log.
    std::string logged(const StepSql& step) const;
    std::string said_verified(const StepSql& step) const;

    const sql::Grammar& grammar_;
};

/// A line for each column: name, type, whether it may be NULL.
std::string columns_as_audited(const TouchedTable& table);

/// A line for each column of a foreign key that points at the table: "table.column", and with the rule what a deletion
/// does. Sorted by their bytes.
std::string reference_lines(const TouchedTable& table, bool with_rule);

/// Whether a batch asks and touches nothing but the rows that go: one statement may then look at each again and delete
/// it, as a database does both on the row as it is once it is locked.
bool is_alone(const StepSql& step);

/// A table of keys that is filled in each batch.
struct Collected {
    std::string rows;
    std::vector<std::string> columns;
    std::string collect;
};

/// Those of a step besides `batch` and `going`.
std::vector<Collected> collected(const StepSql& step);

/// A condition over the rows of a work list: done, and not spared.
std::string is_done(const StepSql& step, const std::string& row);

/// "UPDATE … SET spared = 1 WHERE …" of the batch's keys that `whom`, a condition, names by the table's own name.
std::string spare(const StepSql& step, const std::string& in_batch, const std::string& whom);

/// Such a condition: whom a table of keys does not have.
std::string not_among(const StepSql& step, const std::string& keys);

/// Statements, each ended.
std::string ended(const std::vector<std::string>& statements);

/// The heading as a comment.
std::string commented(const std::vector<std::string>& lines);

/// "COUNT(*)" over a statement.
std::string count_of(const std::string& keys);

/// Columns with a prefix, joined: prefixed({"k1", "k2"}, "w.") is "w.k1, w.k2".
std::string prefixed(const std::vector<std::string>& columns, const std::string& prefix);

/// left.a = right.k1 AND left.b = right.k2.
std::string same(const std::vector<std::string>& left_columns, const std::string& left,
                 const std::vector<std::string>& right_columns, const std::string& right);

}  // namespace crmaudit::reports::purge
