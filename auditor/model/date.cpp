#include "auditor/model/date.h"

#include <array>
#include <charconv>
#include <cstdio>

namespace crmaudit {
namespace {

std::optional<int> digits(std::string_view text) {
    int value = 0;
    for (const char c : text) {
        if (c < '0' || c > '9') return std::nullopt;
    }
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
    return value;
}

}  // namespace

std::optional<Date> parse_date(std::string_view iso) {
    if (iso.size() != 10 || iso[4] != '-' || iso[7] != '-') return std::nullopt;
    const auto year = digits(iso.substr(0, 4));
    const auto month = digits(iso.substr(5, 2));
    const auto day = digits(iso.substr(8, 2));
    if (!year || !month || !day) return std::nullopt;
    const Date date{std::chrono::year{*year}, std::chrono::month{static_cast<unsigned>(*month)},
                    std::chrono::day{static_cast<unsigned>(*day)}};
    if (!date.ok()) return std::nullopt;
    return date;
}

std::string to_string(Date date) {
    std::array<char, 32> text{};
    std::snprintf(text.data(), text.size(), "%04d-%02u-%02u", static_cast<int>(date.year()),
                  static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()));
    return text.data();
}

std::optional<Period> parse_period(std::string_view iso) {
    if (iso.size() < 3 || iso.front() != 'P') return std::nullopt;
    iso.remove_prefix(1);
    constexpr std::string_view units = "YMWD";
    constexpr int longest_in_days = 366'000;
    Period period;
    std::size_t next_unit = 0;
    while (!iso.empty()) {
        const auto end = iso.find_first_not_of("0123456789");
        if (end == 0 || end == std::string_view::npos) return std::nullopt;
        const auto unit = units.find(iso[end], next_unit);
        const auto amount = digits(iso.substr(0, end));
        if (unit == std::string_view::npos || !amount || *amount > longest_in_days) return std::nullopt;
        switch (units[unit]) {
            case 'Y': period.months += 12 * *amount; break;
            case 'M': period.months += *amount; break;
            case 'W': period.days += 7 * *amount; break;
            default: period.days += *amount;
        }
        next_unit = unit + 1;
        iso.remove_prefix(end + 1);
    }
    if (period.months > 12'000 || period.days > longest_in_days) return std::nullopt;
    return period;
}

std::string to_string(Period period) {
    std::string text = "P";
    if (period.months / 12 != 0) text += std::to_string(period.months / 12) + "Y";
    if (period.months % 12 != 0) text += std::to_string(period.months % 12) + "M";
    if (period.days != 0 || text.size() == 1) text += std::to_string(period.days) + "D";
    return text;
}

Date add(Date start, Period period) {
    Date moved = start + std::chrono::months{period.months};
    if (!moved.ok()) moved = moved.year() / moved.month() / std::chrono::last;
    return std::chrono::sys_days{moved} + std::chrono::days{period.days};
}

Date cutoff(Date as_of, Period period) {
    // Adding a period never decreases when the start increases, so the boundary lies within a few days of the guess.
    Date start = add(as_of, Period{-period.months, -period.days});
    while (add(start, period) >= as_of) start = std::chrono::sys_days{start} - std::chrono::days{1};
    while (add(start, period) < as_of) start = std::chrono::sys_days{start} + std::chrono::days{1};
    return start;
}

}  // namespace crmaudit
