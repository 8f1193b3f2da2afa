// A purge as pieces of SQL, made once for every client: what the guard asks, and for each step whom it is about and
// what is deleted. A client's script grammar puts them together.
#pragma once

#include <cstdint>
#include <string>
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
    std::string unless;   // "" or " AND …": nobody else has a part in the row `t`
    bool after_person = false;
};

/// Statements are SELECTs of the keys k1, k2, …; `still` asks only about keys in the table `batch`.
struct StepSql {
    std::string label;
    std::string log;                   // table that outlives the script: what was deleted when, and nothing about whom
    std::string log_start;             // the values of a row of it, SQL, that are known before
    std::string table;                 // quoted, as all tables here
    std::vector<std::string> key;      // quoted columns of the table
    std::vector<std::string> columns;  // k1, k2, … quoted
    std::string work;                  // table of keys, with a column that says what became of each
    std::string batch;                 // keys that one transaction is about
    std::string going;                 // those of them that go, found again under locks
    std::string found;
    std::string due;
    std::string still;
    std::string still_all;  // the same of all persons; nested into another statement it is too deep for some parsers
    std::vector<std::string> setup;  // statements before the first batch: tables that outlive the persons
    std::vector<std::string> kept;   // what is saved of those in `going` before anything of them vanishes
    std::vector<Counted> spared;
    std::vector<RemovalSql> removals;  // in their order, those of `after_person` after the persons
    std::vector<Counted> cascades;     // what the database deletes along with `due`
    std::vector<Counted> pointing;     // rows that point at persons of `work` who were deleted
    std::vector<std::string> reads;    // tables that decide besides
    std::int64_t audited = 0;
    std::int64_t most = 0;
    std::int64_t batch_size = 0;
};

/// What a script says while it runs.
struct Words {
    std::string since;    // spared, because something has happened
    std::string stopped;  // the guard did not pass
    std::string passed;
    std::string audited;
    std::string found;
    std::string due;
    std::string deleted;
    std::string spared;
    std::string left;    // not looked at yet
    std::string still;   // deleted by the script and there all the same
    std::string locked;  // others held what a batch needs, again and again
    std::string broken;  // foreign keys that point at nothing
};

struct Script {
    std::string id;                    // 12 hexadecimal digits: of the result and the operator's limits
    std::vector<std::string> heading;  // lines of a comment: no line ends within
    Words words;
    std::vector<Check> checks;
    std::vector<StepSql> steps;
    std::int64_t pause = 0;  // milliseconds
};

/// `checksum` is the result's own.
Script make_script(const AuditResult& result, const std::string& checksum, const Plan& plan, const Limits& limits,
                   const sql::Grammar& grammar, const ScriptGrammar& client, const Locale& locale);

}  // namespace crmaudit::reports::purge
