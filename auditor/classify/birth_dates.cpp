#include "auditor/classify/birth_dates.h"

#include <algorithm>

#include "auditor/classify/digits.h"

namespace crmaudit::classify {
namespace {

using std::chrono::day;
using std::chrono::month;
using std::chrono::year;

// What births in a customer base look like. None of it is sharp: contracts, foundings and creations miss several at
// once.
constexpr std::int64_t fewest = 20;
constexpr double most_not_days = 0.1;     // of all values
constexpr double most_in_future = 0.005;  // slips of the keyboard
constexpr double most_minors = 0.03;      // persons younger than `adult`
constexpr int adult = 14;
constexpr double most_very_old = 0.02;  // older than `very_old`
constexpr int very_old = 100;
constexpr int least_span = 20;  // years between the youngest and the oldest twentieth
constexpr int youngest_median = 20;
constexpr int oldest_median = 80;
constexpr double most_new_years = 0.5;
constexpr double most_first_days = 0.2;  // births: one in thirty
constexpr double least_weekends = 0.15;  // births: two in seven; what offices date: hardly any
constexpr double most_timed = 0.1;

struct Reading {
    Date date;
    bool certain = true;  // which number is the day and which the month
    std::string_view rest;
};

std::optional<Date> valid(int y, int m, int d) {
    const Date date{year{y}, month{static_cast<unsigned>(m)}, day{static_cast<unsigned>(d)}};
    return date.ok() ? std::optional{date} : std::nullopt;
}

std::size_t digits_from(std::string_view text, std::size_t at) {
    std::size_t count = 0;
    while (at + count < text.size() && is_digit(text[at + count])) ++count;
    return count;
}

std::optional<Reading> reading(std::optional<Date> date, bool certain, std::string_view rest) {
    return date ? std::optional{Reading{*date, certain, rest}} : std::nullopt;
}

std::optional<Reading> read_day(std::string_view text) {
    const std::size_t first = digits_from(text, 0);
    if (first == 8) {
        return reading(valid(number_at(text, 0, 4), number_at(text, 4, 2), number_at(text, 6, 2)), true,
                       text.substr(8));
    }
    if (first == 0 || first > 4 || first >= text.size()) return std::nullopt;
    const char separator = text[first];
    if (separator != '-' && separator != '.' && separator != '/') return std::nullopt;
    const std::size_t second = digits_from(text, first + 1);
    const std::size_t third_at = first + second + 2;
    if (second == 0 || second > 2 || third_at >= text.size() || text[third_at - 1] != separator) return std::nullopt;
    const std::size_t third = digits_from(text, third_at);
    const int a = number_at(text, 0, first);
    const int b = number_at(text, first + 1, second);
    const int c = number_at(text, third_at, third);
    const std::string_view rest = text.substr(third_at + third);
    if (first == 4 && third >= 1 && third <= 2) return reading(valid(a, b, c), true, rest);
    if (first > 2 || third != 4) return std::nullopt;
    if (separator == '.') return reading(valid(c, b, a), true, rest);
    const bool certain = a > 12 || b > 12 || a == b;
    return reading(b > 12 ? valid(c, a, b) : valid(c, b, a), certain, rest);
}

/// What forms and imports write where a date is not known.
bool is_placeholder(Date date) {
    using namespace std::chrono_literals;
    return date == 1900y / 1 / 1 || date == 1970y / 1 / 1 || date == 1753y / 1 / 1 || date == 1899y / 12 / 30 ||
           date.year() >= 2999y || date.year() <= 1y;
}

/// Minutes or seconds; a time zone moves midnight by whole hours.
bool has_minutes(std::string_view rest) {
    const auto colon = rest.find(':');
    if (colon == std::string_view::npos) return false;
    rest = rest.substr(colon, 6);
    return rest.find_first_of("123456789") != std::string_view::npos;
}

double share(std::int64_t part, std::int64_t whole) { return static_cast<double>(part) / static_cast<double>(whole); }

}  // namespace

void BirthDates::add(std::string_view value) {
    ++values_;
    const auto read = read_day(value.substr(0, 40));
    if (!read || (!read->rest.empty() && read->rest[0] != ' ' && read->rest[0] != 'T')) {
        if (value.starts_with("0000-00-00")) ++placeholders_;
        return;
    }
    if (is_placeholder(read->date)) {
        ++placeholders_;
        return;
    }
    if (has_minutes(read->rest)) ++timed_;
    if (read->date > as_of_) {
        ++future_;
        return;
    }
    const int age = static_cast<int>(as_of_.year()) - static_cast<int>(read->date.year());
    if (age > oldest) return;
    ++by_age_[static_cast<std::size_t>(age)];
    const bool first = read->date.day() == day{1};
    if (first && read->date.month() == month{1}) {
        ++new_years_;
    } else if (read->certain) {
        const std::chrono::weekday weekday{std::chrono::sys_days{read->date}};
        ++weekdays_;
        if (first) ++first_days_;
        if (weekday == std::chrono::Saturday || weekday == std::chrono::Sunday) ++weekends_;
    }
}

std::int64_t BirthDates::result() const {
    std::int64_t days = 0;
    for (const std::int64_t count : by_age_) days += count;
    if (days < fewest) return 0;
    const std::int64_t known = values_ - placeholders_;
    const auto younger_than = [&](int age) {
        std::int64_t count = 0;
        for (int i = 0; i < age; ++i) count += by_age_[static_cast<std::size_t>(i)];
        return share(count, days);
    };
    const auto age_of_share = [&](double part) {
        int age = 0;
        while (age < oldest && younger_than(age + 1) < part) ++age;
        return age;
    };
    const int median = age_of_share(0.5);
    const bool spread = age_of_share(0.95) - age_of_share(0.05) >= least_span && median >= youngest_median &&
                        median <= oldest_median && younger_than(adult) <= most_minors &&
                        1 - younger_than(very_old) <= most_very_old;
    const bool days_of_life = weekdays_ >= fewest && share(weekends_, weekdays_) >= least_weekends &&
                              share(first_days_, weekdays_) <= most_first_days;
    const bool few_faults = share(known - days - future_, known) <= most_not_days &&
                            share(future_, known) <= most_in_future && share(timed_, known) <= most_timed &&
                            share(new_years_, days) <= most_new_years;
    return spread && days_of_life && few_faults ? days : 0;
}

}  // namespace crmaudit::classify
