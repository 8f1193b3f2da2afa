// The name of what stands in a table that no entity is mapped to: in findings, in results, and in the log of purge
// scripts, where the next audit knows it again.
#pragma once

#include <string>

#include "auditor/model/catalog.h"

namespace crmaudit {

inline std::string plain_entity_name(const TableName& table) { return "table:" + to_string(table); }

}  // namespace crmaudit
