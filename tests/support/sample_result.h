// Results for tests of reports: one with a finding of every shape, and one whose names are as hostile as a database
// allows.
#pragma once

#include "auditor/model/result.h"

namespace crmaudit::test {

/// Everything an AuditResult can hold, with plausible texts and numbers, as compared with a baseline.
AuditResult sample_result();

/// Who can do what in it, and what would take some of it away.
void add_permissions(AuditResult& result);

/// sample_result with names that try to break out of XML, HTML, CSV and terminals.
AuditResult hostile_result();

/// Nothing was found and everything was checked.
AuditResult clean_result();

}  // namespace crmaudit::test
