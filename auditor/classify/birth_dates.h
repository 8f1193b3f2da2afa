// Dates of birth, told from other dates by how they are spread: over decades, hardly any of the last years, on all days
// of the week.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>

#include "auditor/model/date.h"

namespace crmaudit::classify {

/// Under this id the content of a column counts its dates of birth. No expression can tell them.
inline constexpr std::string_view birth_date_pattern = "birth_date_distribution";

/// Counts days as they come, and keeps how many fell on which year, never a day.
class BirthDates {
public:
    explicit BirthDates(Date as_of) : as_of_(as_of) {}

    /// A day as 1980-05-11, 1980/05/11, 11.05.1980, 05/11/1980, 11-05-1980 or 19800511, with or without a time after
    /// it.
    void add(std::string_view value);

    /// How many values are dates of birth: 0 unless nearly all are days and they are spread as births are.
    std::int64_t result() const;

private:
    static constexpr int oldest = 125;  // years before the day of the audit

    Date as_of_;
    std::array<std::int64_t, oldest + 1> by_age_{};
    std::int64_t values_ = 0;
    std::int64_t future_ = 0;
    std::int64_t placeholders_ = 0;  // 1900-01-01 and the like, where nobody knew
    std::int64_t new_years_ = 0;     // other first Januaries: only the year was known
    std::int64_t first_days_ = 0;    // of other months
    std::int64_t weekends_ = 0;
    std::int64_t weekdays_ = 0;  // days of which the day of the week is certain and that are no new year
    std::int64_t timed_ = 0;     // with minutes or seconds
};

}  // namespace crmaudit::classify
