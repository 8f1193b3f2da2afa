// What the content scan saw, as the checks ask for it that judge values.
#pragma once

#include <functional>

#include "auditor/checks/check.h"

namespace crmaudit::checks {

/// A plan without probes, with a gap for everything that was not read.
Plan content_plan(const CheckInput& input);

/// Filled values that match a pattern which `wanted` takes. A value may match several of them: at most all are counted.
std::int64_t matching(const ColumnContent& content, const std::function<bool(const PatternCount&)>& wanted);

/// A finding about values that were read of a column, of all that were filled: no rows, no persons.
Finding finding_about_values(const CheckInput& input, const ColumnClassification& classified, std::int64_t affected);

}  // namespace crmaudit::checks
