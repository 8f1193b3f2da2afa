// Columns by what they hold: shared by the checks that judge fields.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "auditor/checks/check.h"

namespace crmaudit::checks {

/// A probe for every classified column that `wanted` accepts, in tables that hold rows of their own: how many rows
/// have it filled. For a mapped entity, and for a table that extends its rows one to one, live rows are counted;
/// for any other table all rows. Of a logical field those rows of its table count that hold this field.
std::vector<Probe> filled_fields(const CheckInput& input,
                                 const std::function<bool(const ColumnClassification&)>& wanted);

/// "Some column of the table that holds core personal data is filled"; never(...) when the table has none.
Condition holds_personal_data(const CheckInput& input, const Table& table);

/// Tables (views too) with at least one column of core personal data, sorted by name.
std::vector<const Table*> personal_tables(const CheckInput& input);

/// Whether the table's rows are persons, or hang on one: by the profile, by what the table is about, or, where that is
/// not known, by a name or an address of a person in it.
bool is_about_persons(const CheckInput& input, const Table& table);

/// The words of the column's name, joined by "_", match a pattern with * and ?: "doNotCall" is do_not_call.
bool is_named_like(const std::string& column, const std::vector<std::string>& patterns);

}  // namespace crmaudit::checks
