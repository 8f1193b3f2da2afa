// Calendar dates and ISO 8601 periods. Days only, proleptic Gregorian; no clock and no time zone.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace crmaudit {

using Date = std::chrono::year_month_day;

/// "2026-02-29" is absent, as is anything that is not exactly YYYY-MM-DD.
std::optional<Date> parse_date(std::string_view iso);
std::string to_string(Date date);

/// A calendar period such as P3Y, P1M or P7D. Months are calendar months (Regulation 1182/71), never 30 days.
struct Period {
    int months = 0;
    int days = 0;
    bool operator==(const Period&) const = default;
};

/// Reads PnYnMnWnD with at least one part; absent when malformed or longer than 1,000 years.
std::optional<Period> parse_period(std::string_view iso);
std::string to_string(Period period);

/// Months first, clamped to the end of the month (31 January + P1M is 28 or 29 February), then days.
Date add(Date start, Period period);

/// The first start date whose period has not run out on `as_of`: whatever started before it is overdue.
/// A period that ends on `as_of` itself has not run out yet.
Date cutoff(Date as_of, Period period);

}  // namespace crmaudit
