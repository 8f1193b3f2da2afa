// The result of an audit: immutable, complete enough that every report, comparison and script is made from it alone.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "auditor/model/access_matrix.h"
#include "auditor/model/catalog.h"
#include "auditor/model/classification.h"
#include "auditor/model/entity.h"
#include "auditor/model/policy.h"
#include "auditor/model/profile.h"
#include "auditor/model/revocation.h"
#include "auditor/model/sample.h"

namespace crmaudit {

/// How a rule ended. There is no default: silence is never success.
enum class OutcomeStatus { found, clean, not_applicable, not_checked, failed };

std::string_view to_string(OutcomeStatus status);
std::optional<OutcomeStatus> outcome_status_from(std::string_view name);

/// Compared with the baseline.
enum class FindingState { added, unchanged, changed, fixed, waived };

/// "new" for added.
std::string_view to_string(FindingState state);
std::optional<FindingState> finding_state_from(std::string_view name);

/// What a finding is about. Only what applies is set.
struct Object {
    TableName table;
    std::string column;
    std::string principal;
    std::string entity;
    std::string part = {};  // of what stands there: the vendor of a pixel
    std::string host = {};  // of another machine
    auto operator<=>(const Object&) const = default;
};

/// "crm.contacts.birthdate", "crm.contacts", "principal PUBLIC".
std::string to_string(const Object& object);

struct NamedCount {
    std::string name;  // "refused", "unknown": translated by the reports
    std::int64_t count = 0;
    bool operator==(const NamedCount&) const = default;
};

struct YearCount {
    int year = 0;
    std::int64_t count = 0;
    bool operator==(const YearCount&) const = default;
};

/// Rows of one year of a date: all of the entity, and those that a finding is about. Years with few of either are
/// merged with their neighbours, so that a bar stands for several people: it reaches from `from` to `to`.
struct AgeBar {
    int from = 0;
    int to = 0;
    std::int64_t all = 0;
    std::int64_t affected = 0;
    bool operator==(const AgeBar&) const = default;
};

/// How values of rows were looked at. Nothing of them is kept but numbers in the classification.
enum class ContentExtent { none, sample, full };

std::string_view to_string(ContentExtent extent);
std::optional<ContentExtent> content_extent_from(std::string_view name);

struct Finding {
    std::string rule;
    std::string check;
    Severity severity = Severity::medium;
    Object object;
    std::optional<Category> category;
    std::int64_t affected = 0;
    std::int64_t total = 0;
    bool persons = false;  // affected counts persons; otherwise rows, or grants
    bool sampled = false;  // affected and total count values that the content scan read, not all rows
    std::vector<NamedCount> details;
    std::optional<Date> oldest;
    std::vector<AgeBar> ages;        // by year of the date that the rule judges
    std::vector<std::string> facts;  // short language-neutral facts, for instance "SELECT" or "member of sales"
    std::optional<RowSet> rows;      // absent for findings about permissions
    std::string evidence_sql;
    std::string fingerprint;  // 64 hexadecimal digits: rule, label and object names, never counts, dates or text
    FindingState state = FindingState::added;
    std::optional<std::int64_t> affected_before;  // from the baseline
    bool operator==(const Finding&) const = default;
};

/// Something a rule could not look at, with the reason.
struct Gap {
    std::string object;
    std::string reason;
    bool operator==(const Gap&) const = default;
};

/// What the content scan looked at.
struct ContentScan {
    ContentExtent extent = ContentExtent::none;
    std::uint64_t seed = 0;            // positions of the sample follow from it
    std::int64_t rows = 0;             // of a table, at most, in a sample
    std::int64_t longest_value = 0;    // bytes of a value that were read, at most
    std::vector<TableSample> samples;  // one a table that was read, sorted by name
    std::vector<Gap> gaps;             // tables and columns that should have been read and were not
    bool operator==(const ContentScan&) const = default;
};

struct RuleOutcome {
    std::string rule;
    std::string check;
    OutcomeStatus status;
    std::vector<Gap> gaps;  // also beside `found`: what the rule could not look at
    std::string reason;     // for not_applicable and failed
    bool accepted = false;  // the configuration accepts that this was not checked
    std::string accepted_reason;
    bool operator==(const RuleOutcome&) const = default;
};

/// Distinct persons with at least one finding, per person entity. One human in two entities counts twice.
struct PersonsAffected {
    std::string entity;
    std::int64_t total = 0;
    std::int64_t affected = 0;
    std::map<Severity, std::int64_t> by_severity;  // persons with at least one finding of exactly this severity
    bool operator==(const PersonsAffected&) const = default;
};

/// Per person entity and purpose: who agreed and who did not.
struct ConsentCount {
    std::string entity;
    std::string purpose;  // "marketing", "tracking"
    std::int64_t granted = 0;
    std::int64_t refused = 0;
    std::int64_t unknown = 0;
    std::vector<NamedCount> granted_by = {};  // table.column that decided, first of those that agree
    std::vector<NamedCount> refused_by = {};
    bool operator==(const ConsentCount&) const = default;
};

/// Persons whom the policy leaves out because they live outside.
struct LeftOut {
    std::string entity;
    std::int64_t persons = 0;
    std::vector<std::string> facts;  // table.column that say so
    std::string reason = {};         // why nobody could be left out; see reasons.h
    bool operator==(const LeftOut&) const = default;
};

/// Persons whom a legal hold or a retention duty exempts from erasure.
struct HeldBack {
    std::string entity;
    std::string why;  // "hold", "retention_duty"
    std::string by;   // the table.column that says so; empty: a file of the configuration
    std::int64_t persons = 0;
    bool operator==(const HeldBack&) const = default;
};

/// A statement that the audit ran over rows, with the time it took.
struct StatementRun {
    std::string what;    // "rules", "inventory", "identifying_combination", …
    std::string object;  // the table
    std::int64_t milliseconds = 0;
    bool operator==(const StatementRun&) const = default;
};

struct Run {
    std::string tool_version;
    Date as_of;
    std::string label;
    std::string policy;
    std::string policy_digest;
    std::string profile;  // empty when none fits
    std::string profile_title;
    std::string profile_digest;
    bool profile_discovered = false;  // the profile is a draft made from this database, which nobody has checked
    std::string options_digest;
    std::string language;
    bool migration = false;  // the report is to say besides what to move to another CRM and what to leave behind
    bool operator==(const Run&) const = default;
};

struct Source {
    std::string dialect;
    std::string product;
    std::string version;
    std::string database;
    std::string schema;
    std::string account;
    std::string structure_hash;
    std::int64_t tables = 0;
    std::int64_t columns = 0;
    std::vector<std::string> account_can_write;
    std::vector<std::string> missing_safeguards;
    std::vector<std::string> inconsistent_tables;  // outside the snapshot
    std::vector<std::string> left_out;             // by --include or --exclude
    std::vector<CatalogGap> gaps;
    std::string gaps_accepted_reason;  // set when the configuration accepts the gaps of the source
    bool operator==(const Source&) const = default;
};

/// A column as a script can find it again: by name, the database's own type name, and whether it may be empty.
struct TouchedColumn {
    std::string name;
    std::string type;
    bool nullable = true;
    ColumnKind kind = ColumnKind::unknown;
    bool unique = false;  // part of a unique index, so that rows may have to differ in it
    bool operator==(const TouchedColumn&) const = default;
};

/// Structure of a table that findings touch: what purge scripts need without a database.
struct TouchedTable {
    TableName name;
    std::vector<std::string> primary_key;
    std::vector<ForeignKey> foreign_keys;  // from it
    std::vector<ForeignKey> referenced_by_keys;
    std::vector<TableName> referenced_by;  // parallel to referenced_by_keys
    std::vector<TouchedColumn> columns = {};
    bool is_table = true;  // not a view, a foreign table or part of another table
    bool operator==(const TouchedTable&) const = default;
};

/// The columns of a table as the audit saw them; by them a later audit knows which are new.
struct SeenTable {
    TableName name;
    std::vector<std::string> columns;
    bool operator==(const SeenTable&) const = default;
};

/// What a purge script left in its log about one step: nothing about the persons themselves.
struct Deletion {
    std::string script;  // its id
    std::string rule;
    std::string entity;
    std::string policy;
    std::string policy_digest;
    std::string cut_off;  // the day of the audit that it rested on, as YYYY-MM-DD, like all days here
    std::string run_on;
    std::int64_t expected = 0;
    std::int64_t done = 0;
    std::int64_t spared = 0;
    std::int64_t not_reached = 0;
    std::int64_t still_found = 0;  // by the same rule, in this audit
    bool operator==(const Deletion&) const = default;
};

struct AuditResult {
    Run run;
    Source source;
    std::vector<Rule> rules;  // with their texts, in the policy's order
    std::vector<Statement> statements;
    std::vector<Entity> entities;  // bound
    std::vector<TouchedTable> tables;
    std::vector<RuleOutcome> outcomes;  // one per rule
    std::vector<Finding> findings;      // sorted: severity, affected, rule, object
    std::vector<PersonsAffected> persons;
    std::vector<ConsentCount> consent;
    /// Set where the policy and the configuration leave persons out: the controller's country and those inside.
    std::optional<Residency> residency;
    std::vector<LeftOut> left_out;
    std::vector<HeldBack> held_back;
    std::vector<Law> laws;
    DeclaredLocation location;
    std::vector<StatementRun> statement_runs;
    ContentScan content;
    std::vector<ColumnClassification> inventory;  // every column that is not `none`
    std::vector<Gap> inventory_gaps;              // columns whose counts are not known, with reasons
    std::vector<SeenTable> seen;                  // every table with all its columns, sorted by name
    std::string baseline_as_of;                   // empty without a baseline
    std::vector<Deletion> deletions;              // by purge scripts that ran before, the latest first
    std::vector<Purpose> purposes;                // that the policy declares
    std::vector<SuppressionPlace> suppression;    // bound
    std::optional<Period> evidence_kept;          // the policy's
    /// Who can do what with which kind of data; absent where the database has no permissions or they are not known.
    std::optional<AccessMatrix> access_matrix;
    Remedies remedies;  // of findings about permissions
    bool operator==(const AuditResult&) const = default;
};

/// The rule a finding or outcome belongs to; null when the result is damaged.
const Rule* rule_of(const AuditResult& result, std::string_view rule_id);

/// Some outcome is not_checked or failed, or has gaps, or the source itself has gaps, and nothing accepts it.
bool is_incomplete(const AuditResult& result);

/// Neither fixed nor waived: somebody has to act.
bool is_open(const Finding& finding);

/// How many open findings have the severity.
std::int64_t count_open(const AuditResult& result, Severity severity);

/// The highest severity of open findings; absent without such findings.
std::optional<Severity> worst(const AuditResult& result);

/// Severity first (critical at the top), then persons and rows affected, then names.
void sort_findings(std::vector<Finding>& findings);

}  // namespace crmaudit
