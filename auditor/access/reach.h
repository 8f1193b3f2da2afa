// What a session may do with each relation and its columns, by the lists of grants alone: whether a view also gives
// what it reads is asked in through_views.h.
#pragma once

#include <array>
#include <span>
#include <vector>

#include "auditor/access/session.h"

namespace crmaudit::access {

enum class Right : std::uint8_t { read, insert, update, remove };
constexpr std::array all_rights{Right::read, Right::insert, Right::update, Right::remove};
constexpr Rights bit(Right right) { return static_cast<Rights>(1U << static_cast<unsigned>(right)); }
std::string_view to_string(Right right);

/// Paths by right; rows are deleted whole, so that a column never has a path for remove.
using PathsByRight = std::array<Paths, all_rights.size()>;

struct ColumnReach {
    Id column = Permissions::none;
    PathsByRight paths{};
};

struct RelationReach {
    Id relation = Permissions::none;
    bool is_closed = false;              // its schema may not be used: no statement can name it
    PathsByRight whole{};                // all columns
    std::vector<ColumnReach> columns{};  // some columns, sorted

    Paths& at(Id column, Right right);
    Paths paths(Id column, Right right) const;  // of the whole and the column together, closed or not
    bool some_column(Right right) const;        // at least one, closed or not
};

/// Sorted by relation; what is not in it cannot be reached.
using Reach = std::vector<RelationReach>;

const RelationReach* find(const Reach& reach, Id relation);

/// Adds what else is reached; only of relations that are not closed, or closed in both.
void merge(Reach& into, const Reach& other);

/// By grants, ownership, the superuser's power and roles for all data.
Reach granted_reach(const Index& index, const Session& session);

/// What the session may give to others.
Reach passed_on_reach(const Index& index, const Session& session);

/// The schemas whose objects the session can name.
std::vector<bool> usable_schemas(const Index& index, const Session& session);

}  // namespace crmaudit::access
