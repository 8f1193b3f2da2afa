// What moves to another CRM and what stays behind: decided from the result of an audit alone, for people and for tools
// that copy columns. Nothing is said to move without a reason, and what was not looked at is left to a person.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "auditor/model/result.h"

namespace crmaudit::reports {

enum class Move { move, leave, decide };

std::string_view to_string(Move move);

/// A decision with its reason: a rule of the policy where `rule` is set, else a code that the locales know.
struct Verdict {
    Move move = Move::move;
    std::string reason;
    std::string rule = {};
};

/// A rule that limits how long rows are kept, with its period as the policy writes it.
struct KeptFor {
    std::string rule;
    std::string period;
};

struct ColumnMove {
    TableName table;
    std::string column;  // of a field that is kept in rows: with the field's name
    std::string type;    // empty where the result does not hold it
    Category category = Category::none;
    std::vector<std::string> entities;  // that the rows are, or belong to
    std::vector<std::string> purposes;  // declared ones that justify the category
    std::vector<KeptFor> kept_for;
    Verdict verdict;
    std::optional<std::int64_t> rows;
    std::optional<std::int64_t> filled;
};

struct TableMove {
    TableName table;
    Verdict verdict;  // move, unless it is left or decided as a whole
    std::optional<std::int64_t> rows;
    std::int64_t personal = 0;  // columns
    std::int64_t moving = 0;
    std::int64_t staying = 0;
    std::int64_t open = 0;  // to be decided
};

/// Rows that a rule says have to go, so that they need not be moved.
struct RecordsLeft {
    std::string rule;
    std::string entity;
    TableName table;
    std::int64_t affected = 0;
    std::int64_t total = 0;
};

struct Migration {
    std::vector<TableMove> tables;    // sorted by name
    std::vector<ColumnMove> columns;  // sorted by table, in the table's order
    std::vector<RecordsLeft> records;
};

Migration plan_migration(const AuditResult& result);

}  // namespace crmaudit::reports
