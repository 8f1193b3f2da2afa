// In which order rows go that point at each other by foreign keys: what points before what is pointed at. A cycle is
// opened by emptying a foreign key that may be empty, in rows that go anyway; where none may be, nothing goes.
#pragma once

#include <functional>
#include <optional>

#include "reports/purge/reach.h"

namespace crmaudit::reports::purge {

/// By name; nullptr for a table that is not known.
using FindTable = std::function<const TouchedTable*(const TableName&)>;

/// A deletion does not touch rows that point by such a key, or only empties the key.
bool lets_go(const ForeignKey& key);

/// Those columns of the key that can be emptied; none where it cannot be opened.
std::vector<std::string> emptiable(const TouchedTable& table, const ForeignKey& key);

/// Orders the removals, says which go after the persons, and adds what is emptied before.
std::optional<Problem> put_in_order(Reach& reach, const TableName& persons, const FindTable& find);

/// Without repeats.
void add_unlink(Reach& reach, const TableName& table, const std::vector<std::string>& columns);

}  // namespace crmaudit::reports::purge
