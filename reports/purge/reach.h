// What goes along with the persons of an entity: rows that the profile's paths lead to, and rows that foreign keys
// reach. And what keeps a person from going: rows that point at them and that nothing says may go.
#pragma once

#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "auditor/model/result.h"

namespace crmaudit::reports::purge {

/// A row that somebody else has a part in stays: another person that it points at by `on`, or any row of a link table.
struct OtherHolder {
    TableName table;
    std::vector<JoinColumn> on;  // `column` of the row, `previous` of the table
    Condition where;             // over columns of the row
    bool is_person = false;      // of the same table as those who go: they do not count
};

/// Rows of the last of the first `joins` tables of a path.
struct Removal {
    TableName table;
    std::vector<std::string> key;
    Path path;
    std::size_t joins = 1;
    std::vector<OtherHolder> unless;
    bool after_person = false;  // the person's row points at it
};

/// Rows that the database itself deletes along with others.
struct Cascade {
    TableName table;
    std::vector<std::string> key;
    Path path;
};

/// A foreign key whose rows nothing removes: who has such a row stays. `where` is which of them.
struct Blocker {
    TableName table;
    Path path;
    bool same_table = false;
};

struct Reach {
    std::vector<Removal> removals;  // in the order in which they have to go
    std::vector<Cascade> cascades;
    std::vector<Blocker> blockers;
};

/// Why nothing can be said to be safe: a code of the locales, with what it is about.
struct Problem {
    std::string reason;
    std::string detail;
};

std::variant<Reach, Problem> reach_of(const AuditResult& result, const Entity& entity);

const TouchedTable* table_named(const AuditResult& result, const TableName& name);

/// What keeps rows of the table from being deleted one by one and undone together.
std::optional<Problem> unfit(const AuditResult& result, const TableName& name);

}  // namespace crmaudit::reports::purge
