// The result of an audit that found stale persons, made without a database.
#pragma once

#include <string>

#include "auditor/model/result.h"

namespace crmaudit::test {

/// Persons with visits and shared addresses that go along, deals and holds that keep them, in tables of `schema`. Every
/// name of a table and a column has `affix` at its end.
AuditResult purge_result(const std::string& dialect, const std::string& schema, const std::string& affix = {});

/// The same, with addresses that objections can be kept of, a day of a consent that has to be proven for three years,
/// and a list of the CRM's own that it asks before it sends.
AuditResult objecting_purge_result(const std::string& dialect, const std::string& schema,
                                   const std::string& affix = {});

/// Persons that `tables` - 1 more tables point at, directly or over others, with `keys` foreign keys that cascade.
AuditResult wide_purge_result(const std::string& dialect, const std::string& schema, int tables, int keys);

}  // namespace crmaudit::test
