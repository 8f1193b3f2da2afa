// Tables that hang on persons: messages, orders, contracts, opens and clicks, consents, addresses, list memberships.
#pragma once

#include <set>
#include <string_view>
#include <vector>

#include "auditor/discover/facts.h"

namespace crmaudit::discover {

/// Adds what the tables around the person tell, through one reference or two. What hangs on the person and is not
/// understood is noted. `persons` are the tables that have an entity of their own.
void add_neighbours(EntityDraft& draft, const TableView& person, const Schema& schema,
                    const std::vector<Reference>& references, const std::set<TableName>& persons);

}  // namespace crmaudit::discover
