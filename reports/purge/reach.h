// What goes along with the persons of an entity: rows that the profile's paths lead to, and rows that foreign keys
// reach. And what keeps a person from going: rows that point at what would go, and that nothing says may go too.
#pragma once

#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "auditor/model/result.h"

namespace crmaudit::reports::purge {

/// A way by which somebody else has a part in a row: where rows that stay lead to it, it stays. The last table is a
/// link of persons, or of persons themselves.
struct OtherHolder {
    std::vector<Join> way;  // from the row, back: `previous` is a column of the row, then of the table before
    Condition where;        // over columns of the row
    bool operator==(const OtherHolder&) const = default;
};

/// Rows of the last of the first `joins` tables of a path.
struct Removal {
    TableName table;
    std::vector<std::string> key;
    Path path;
    std::size_t joins = 1;
    std::vector<OtherHolder> unless;
    bool with_previous = false;  // only if the row of the join before goes, which others may hold
    bool after_person = false;   // the person's row points at it
};

/// Rows that the database itself deletes along with others.
struct Cascade {
    TableName table;
    std::vector<std::string> key;
    std::vector<Path> paths;
};

/// A foreign key whose rows nothing removes: who has such a row stays.
struct Blocker {
    TableName table;
    Path path;
    bool same_table = false;
};

/// A foreign key, the last join of the path, of a table that loses rows itself. Who would leave a row of it behind that
/// points at what went with them stays.
struct Tie {
    TableName table;
    Path path;
};

/// Foreign keys that are emptied in rows that go, because nothing could go first otherwise.
struct Unlink {
    TableName table;
    std::vector<std::string> columns;
};

struct Reach {
    std::vector<Removal> removals;  // in the order in which they have to go
    std::vector<Cascade> cascades;
    std::vector<Blocker> blockers;
    std::vector<Tie> ties;
    std::vector<Unlink> unlinks;
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
