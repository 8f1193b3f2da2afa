// What a purge would delete or change, and what it must not: decided from the result of an audit alone, before any SQL
// is written.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "auditor/model/result.h"
#include "reports/purge/changes.h"
#include "reports/purge/keepsakes.h"
#include "reports/purge/reach.h"

namespace crmaudit::reports::purge {

/// What the operator decides. Percentages are whole numbers.
struct Limits {
    Date valid_until = {};
    std::int64_t batch = 1000;    // persons that one transaction deletes
    std::int64_t tolerance = 5;   // percent: so many more rows than were audited are still believed
    std::int64_t max_share = 50;  // percent of a table's rows that may go
    std::int64_t pause = 0;       // milliseconds between batches
    bool archive = false;         // keep a copy of what goes
    bool accept_no_relationship = false;
    bool accept_triggers = false;
    bool accept_lost_objections = false;
    /// Where the client finds the key of the hashes that outlive the persons; empty: nothing of them does.
    std::string suppression_key = {};
    // A person has asked to be erased: that they have been in touch since is no reason against it, a consent is.
    bool on_request = false;
    bool accept_relationship = false;  // also while a relationship runs, which only the operator can judge then
};

/// Rows of the finding that stay as they are, and why: "hold", "retention_duty", "relationship",
/// "referenced", "objection", "done".
struct Spared {
    std::string why;
    Condition condition;
};

/// One finding: all of its rows go or are changed, but for those that are spared.
struct Step {
    std::string rule;
    PurgeAction action = PurgeAction::person;
    std::string about;  // the entity, or the column
    Entity entity;
    Condition found;  // whom the report counted
    std::vector<Spared> spared;
    Condition due;    // found and not spared
    Condition still;  // due, and nothing has happened since the audit; to be asked again under locks
    std::int64_t audited = 0;
    std::int64_t most = 0;         // as many as may be found by now
    std::vector<TableName> reads;  // other tables that decide whether a person goes
    Reach reach;
    Keepsakes keepsakes;             // what outlives them; empty without a key
    std::vector<TableName> deletes;  // every table that rows vanish from
    Condition pending;               // what the changes of a row come to is not there yet
    std::vector<Change> changes;
};

bool deletes_rows(PurgeAction action);

/// A finding that no script is written for. `reason` is a code of the locales, with what it is about.
struct Refusal {
    std::string rule;
    std::string object;
    std::string reason;
    std::string detail;
};

/// Findings of a rule whose remedy no script can be: `reason` is a code of the locales.
struct Unscripted {
    std::string rule;
    std::string reason;
    std::int64_t affected = 0;
};

struct Plan {
    std::vector<Step> steps;  // rows, then persons, then what is changed
    std::vector<Refusal> refusals;
    std::vector<Unscripted> unscripted;
    std::vector<TouchedTable> tables;  // whose structure has to be what was audited
};

/// A step for each open finding whose rule says what a script does, unless a refusal meets it.
Plan make_plan(const AuditResult& result, const Limits& limits);

}  // namespace crmaudit::reports::purge
