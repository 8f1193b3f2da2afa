// What the catalog records about permissions on tables with personal data: shared by the permission checks.
#pragma once

#include <set>
#include <string>
#include <vector>

#include "auditor/checks/check.h"

namespace crmaudit::checks {

/// True for privileges that let someone at rows: SELECT, INSERT, UPDATE, DELETE, TRUNCATE, ALL.
bool reaches_rows(const Grant& grant);

/// True for a grant on the table, on its schema or on the whole server.
bool covers(const Grant& grant, const TableName& table);

/// True for a grant on a schema or the server rather than on one table.
bool is_wide(const Grant& grant);

/// The gaps that keep permissions from being judged; sets `not_applicable` where a database has no permissions.
Plan permission_plan(const CheckInput& input);

/// A finding about permissions: no rows, no persons.
Finding permission_finding(const CheckInput& input, Object object, const std::set<std::string>& privileges);

}  // namespace crmaudit::checks
