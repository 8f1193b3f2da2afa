// Names of a profile in a catalog that spells them with other capitals: exports loaded into tables, and databases that
// fold names.
#pragma once

#include <string_view>

#include "auditor/model/catalog.h"

namespace crmaudit::engine {

/// The table or column of that name; where there is none, the only one whose name differs in ASCII capitals alone.
/// nullptr where there is no such one, or more than one.
const Table* find_in_any_case(const Catalog& catalog, const TableName& name);
const Column* find_in_any_case(const Table& table, std::string_view name);

}  // namespace crmaudit::engine
