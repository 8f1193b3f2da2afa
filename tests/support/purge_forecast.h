// What a step of a purge comes to, asked of the database before the scripts run: whom it is about, whom it spares and
// why, and every row that may vanish or change with them.
#pragma once

#include <set>
#include <string>
#include <utility>
#include <vector>

#include "reports/purge/plan.h"
#include "tests/support/asked_rows.h"

namespace crmaudit::live {

/// Rows of a table by the values of some columns.
struct ChosenRows {
    TableName table;
    std::vector<std::string> columns;
    std::set<Cells> values;

    bool holds(const TableRows& rows, const Cells& row) const { return values.contains(rows.of(row, columns)); }
};

struct Forecast {
    reports::purge::Step step;
    ChosenRows found;                                             // as the report counted them
    ChosenRows due;                                               // not spared
    ChosenRows going;                                             // of those, whoever shows no sign since the audit
    std::vector<std::pair<std::string, std::set<Cells>>> spared;  // of `found`, why
    std::vector<ChosenRows> along;                                // what may vanish with those who are due
    std::vector<ChosenRows> changed;                              // for each change of the step, rows that it may set
    std::set<Cells> pending;                                      // of `found`: not yet as the changes leave them

    std::string name() const { return step.rule + ", " + step.about; }
};

/// For each step of the plan, in its order.
std::vector<Forecast> forecast(PurgeCrm& crm, const AuditResult& result, const reports::purge::Plan& plan);

}  // namespace crmaudit::live
