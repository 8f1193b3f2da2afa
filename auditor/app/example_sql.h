// The SQL that a rule would run on a CRM, without a database: from the profile alone.
#pragma once

#include <string>

#include "auditor/model/policy.h"
#include "auditor/model/profile.h"
#include "auditor/sql/grammar.h"

namespace crmaudit::app {

/// One evidence query an entity, each after a comment line. Empty for rules that judge structure or permissions alone.
std::string example_sql(const Policy& policy, const Rule& rule, const Profile& profile, const sql::Grammar& grammar,
                        Date as_of);

}  // namespace crmaudit::app
