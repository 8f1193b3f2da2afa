// Columns by what they hold: shared by the checks that judge fields.
#pragma once

#include <functional>
#include <vector>

#include "auditor/checks/check.h"

namespace crmaudit::checks {

/// A probe for every classified column that `wanted` accepts, in tables that hold rows of their own: how many rows
/// have it filled. For a mapped entity, and for a table that extends its rows one to one, live rows are counted;
/// for any other table all rows.
std::vector<Probe> filled_fields(const CheckInput& input, const std::function<bool(Category)>& wanted);

/// "Some column of the table that holds core personal data is filled"; never(...) when the table has none.
Condition holds_personal_data(const CheckInput& input, const Table& table);

/// Tables (views too) with at least one column of core personal data, sorted by name.
std::vector<const Table*> personal_tables(const CheckInput& input);

}  // namespace crmaudit::checks
