// The measures of one fused statement: each distinct one once, handed back to whoever asked.
#pragma once

#include <charconv>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

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

    void set_row(sql::Row row) { row_ = std::move(row); }

    std::int64_t count(std::size_t position) const { return count_in(row_.at(position)); }

    /// Absent where no row had a plausible date.
    std::optional<Date> day(std::size_t position) const;

private:
    std::vector<sql::Measure> measures_;
    sql::Row row_;
};

}  // namespace crmaudit::engine
