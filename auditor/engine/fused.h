// The measures of one fused statement: each distinct one once, handed back to whoever asked.
#pragma once

#include <charconv>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "auditor/model/result.h"
#include "auditor/sql/query_port.h"
#include "auditor/sql/render.h"

namespace crmaudit::engine {

/// Throws sql::QueryError when the cell is no number: a count that cannot be read must never pass as zero.
std::int64_t count_in(const sql::Cell& cell);

class Fused {
public:
    /// The position of the measure's cell in the row.
    std::size_t add(sql::Measure measure);

    std::size_t add_count(Condition condition) { return add({sql::Measure::What::count, std::move(condition), ""}); }

    const std::vector<sql::Measure>& measures() const { return measures_; }

    /// One row; by year any number of them, with the year before the measures. Throws sql::QueryError for anything
    /// else.
    void set_rows(std::vector<sql::Row> rows, bool by_year = false);

    std::int64_t count(std::size_t position) const;

    /// Absent where no row had a plausible date.
    std::optional<Date> day(std::size_t position) const;

    /// Two counts by year, ascending, without the rows that have none. Empty unless the rows are by year.
    std::vector<AgeBar> ages(std::size_t all, std::size_t affected) const;

private:
    std::vector<sql::Measure> measures_;
    const sql::Cell& cell(const sql::Row& row, std::size_t position) const { return row.at(position + first_); }

    std::vector<sql::Row> rows_;
    std::size_t first_ = 0;  // the cell of the first measure
};

}  // namespace crmaudit::engine
