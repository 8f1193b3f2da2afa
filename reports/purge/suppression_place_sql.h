// The CRM's own list of addresses that must not be written to: the only one that it asks by itself. It holds addresses
// in plain text, on purpose.
#pragma once

#include <string>
#include <vector>

#include "auditor/model/profile.h"
#include "auditor/sql/grammar.h"
#include "reports/purge/keyed_hash.h"

namespace crmaudit::reports::purge {

/// Statements by which the table holds a row for each of these addresses; `addresses` is a SELECT of them, normalised,
/// as `v`. Nothing is written where the condition `has_token` does not hold.
std::vector<std::string> listed_in(const SuppressionPlace& place, const std::string& addresses,
                                   const std::string& has_token, const sql::Grammar& grammar, const KeyedHash& hash);

}  // namespace crmaudit::reports::purge
