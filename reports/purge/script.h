// A purge as pieces of SQL, made once for every client: what the guard asks, and for each step whom it is about and
// what is deleted. A client's script grammar puts them together.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "auditor/sql/grammar.h"
#include "reports/locale.h"
#include "reports/purge/plan.h"

namespace crmaudit::reports::purge {

class ScriptGrammar;

/// A condition, SQL, that has to hold before anything is deleted, and what to say when it does not.
struct Check {
    std::string message;
    std::string condition;
    bool of_deletion = false;  // what was deleted can be verified without it: the keys must not stay for good
    bool counts = false;       // looks at rows, so it needs the structure that was audited
    std::string counted = {};  // keys, a statement: their number is known from here on, see ScriptGrammar::counted
    std::string kept = {};     // temporary table, new: has the keys that were counted
    std::string list = {};     // work list that they all go into, and nobody else: a purge may keep them there at once
    std::vector<std::string> columns = {};  // k1, k2, … quoted
    std::int64_t share = 0;                 // percent of a table that they may be, see ScriptGrammar::is_share
};

/// A statement whose rows are counted, and what to call them.
struct Counted {
    std::string label;
    std::string keys;
};

/// Rows that go along with the persons in `going`: their keys are collected before anything is deleted.
struct RemovalSql {
    std::string table;
    std::vector<std::string> key;
    std::vector<std::string> columns;
    std::string rows;     // table of their keys
    std::string collect;  // SELECT
    bool after_person = false;
};

/// Columns that are set in the rows `w` of a table of keys.
struct ChangeSql {
    std::string table;
    std::vector<std::string> key;
    std::vector<std::string> columns;
    std::string rows;                                           // table of their keys
    std::string collect;                                        // SELECT; empty where the rows are those in `going`
    std::vector<std::pair<std::string, std::string>> settings;  // column and value; a value may name columns of `w`
    std::vector<std::string> moments;  // other columns of dates: some databases set them by themselves, and must not
};

/// What a script says about a step while it runs.
struct StepWords {
    std::string audited;
    std::string found;
    std::string due;
    std::string done;
    std::string spared;
    std::string left;   // not looked at yet
    std::string still;  // done by the script and as before all the same
};

/// Statements are SELECTs of the keys k1, k2, …; `still` asks only about keys in `batch`.
///
/// Keys lie in the work list under the numbers `n`, and a batch is the next of these. What is over is the number in
/// `over` and nothing in the rows themselves, so that of a person who goes no row is written; only who is spared is
/// marked. Both are committed together with what was done.
struct StepSql {
    std::string label;
    StepWords words;
    bool deletes = true;               // the rows themselves; else only `changes` are made
    std::string log;                   // table that outlives the script: what was done when, and nothing about whom
    std::string log_start;             // the values of a row of it, SQL, that are known before
    std::string log_end;               // and those after the counts and the day
    std::string table;                 // quoted, as all tables here
    std::vector<std::string> key;      // quoted columns of the table
    std::vector<std::string> columns;  // k1, k2, … quoted
    Check has_begun;                   // a purge has come to this step, so that there is something to verify
    std::string work;                  // table: n, k1, k2, …, spared
    std::string over;                  // table with one row: the last `n` that nothing is left to do about
    std::string batch;                 // what can be joined: keys that one transaction is about
    std::string going;                 // the same of those who go, once the others are marked
    std::string again;                 // where a client keeps `still`, if it has to
    std::string fill;                  // who comes into the work list: like `due`, for less where it is known already
    std::string found;
    std::string due;
    std::string still;
    std::string own;        // the same of a row of `table`, see row_of; empty where other rows have a say in it
    std::string still_all;  // the same of all rows; nested into another statement it is too deep for some parsers
    std::string undone;     // of a step that deletes nothing: rows that are not yet as they should be
    std::vector<std::string> setup;       // statements before the first batch: tables that outlive the persons
    std::vector<std::string> kept;        // what is saved of those in `going` before anything of them vanishes
    std::vector<Counted> outliving;       // what is remembered of `due` when they are gone
    std::vector<std::string> remembered;  // tables, k1, k2, …, kind, hash: whose objections were saved
    std::vector<Counted> saved;           // asked of them when everybody is gone
    std::vector<Counted> spared;
    std::vector<ChangeSql> changes;    // before anything is deleted
    std::vector<RemovalSql> removals;  // in their order, those of `after_person` after the persons
    std::vector<Counted> cascades;     // what the database deletes along with `due`
    std::vector<Counted> pointing;     // rows that point at persons of `work` who were deleted
    std::vector<std::string> reads;    // tables that decide besides
    std::int64_t audited = 0;
    std::int64_t most = 0;
    std::int64_t batch_size = 0;
};

/// What a script says while it runs, besides its steps.
struct Words {
    std::string since;    // spared, because something has happened
    std::string stopped;  // the guard did not pass
    std::string passed;
    std::string locked;  // others held what a batch needs, again and again
    std::string broken;  // foreign keys that point at nothing
};

/// How a script comes by the key of the hashes that outlive the persons.
struct KeyUse {
    std::string file;                // as the client finds it, or the server if that reads it
    std::vector<std::string> lists;  // statements that make the tables of hashes, where they are not there
    Check is_key;                    // once the file was read
    std::vector<Check> same;         // once the lists are there: their rows were made with this key
};

struct Script {
    std::string id;                    // 12 hexadecimal digits: of the result and the operator's limits
    std::vector<std::string> heading;  // lines of a comment: no line ends within
    Words words;
    std::vector<Check> checks;
    std::vector<StepSql> steps;
    std::optional<KeyUse> key;
    std::vector<std::string> archives;  // statements that make the tables of an archive, if there is one
    std::vector<std::string> undo;      // statements that put back what is in them, in this order
    std::vector<std::pair<std::string, std::int64_t>> unscripted;  // findings that nothing is done about, and why
    std::int64_t pause = 0;                                        // milliseconds
    std::string stop_table;  // quoted; whoever makes it ends the run after the batch that is under way
    std::string stop;        // condition: it is there
};

/// `checksum` is the result's own; `own_checksum` that of the file, which goes into the log.
Script make_script(const AuditResult& result, const std::string& checksum, const Plan& plan, const Limits& limits,
                   const sql::Grammar& grammar, const ScriptGrammar& client, const Locale& locale,
                   const std::string& own_checksum = {});

}  // namespace crmaudit::reports::purge
