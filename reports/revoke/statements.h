// The statements that take an entry of a list of grants away, and those that give it back exactly as it was: the same
// columns, the same options, and where the product records it the same grantor.
#pragma once

#include <string>
#include <vector>

#include "auditor/model/result.h"
#include "auditor/sql/grammar.h"

namespace crmaudit::reports::revoke {

struct Statements {
    std::vector<std::string> take;
    std::vector<std::string> give;
};

/// Without a semicolon at the end. Throws std::invalid_argument for a privilege that no such script may name.
Statements statements_for(const ListedGrant& grant, const Source& source, const sql::Grammar& grammar);

/// Every name in it, for whoever has to know whether a client can read them.
std::vector<std::string> names_in(const ListedGrant& grant);

}  // namespace crmaudit::reports::revoke
