// Accounts for what a purge has done to a database: every row that is gone, has changed or is new needs a step that is
// about it, and whatever a step is about must be done.
#pragma once

#include <string>
#include <vector>

#include "tests/support/purge_forecast.h"

namespace crmaudit::live {

/// What was there before the scripts ran, and after.
struct Course {
    const Catalog& catalog;
    const std::vector<SuppressionPlace>& places;  // lists of the CRM that are told of objections
    const std::vector<Forecast>& forecasts;
    const DatabaseRows& before;
    const DatabaseRows& after;
};

/// A line for each row, and each cell of a row, that no step explains.
std::vector<std::string> unexplained(const Course& course);

/// A line for each row that a step was about and that is as before. Of rows that a path leads to, the next audit tells.
std::vector<std::string> undone(const Course& course);

/// Those of the rows that are in the table.
std::set<Cells> still_there(const ChosenRows& rows, const DatabaseRows& in);

}  // namespace crmaudit::live
