// Findings about the structure of a database rather than about rows: shared by the checks that read the catalog alone.
#pragma once

#include "auditor/checks/check.h"

namespace crmaudit::checks {

/// A finding about one column: it counts as one, of no total. No rows, no persons.
Finding finding_about_column(const CheckInput& input, const ColumnClassification& classified);

}  // namespace crmaudit::checks
