#include "auditor/classify/technical_forms.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <set>
#include <string>
#include <vector>

#include "auditor/classify/digits.h"

namespace crmaudit::classify {
namespace {

std::vector<std::string_view> parts(std::string_view text, char separator) {
    std::vector<std::string_view> list;
    for (std::size_t start = 0; start <= text.size();) {
        const std::size_t end = std::min(text.find(separator, start), text.size());
        list.push_back(text.substr(start, end - start));
        start = end + 1;
    }
    return list;
}

/// -1 for what is no octet.
int octet(std::string_view text) {
    if (text.empty() || text.size() > 3 || !all_digits(text) || (text.size() > 1 && text[0] == '0')) return -1;
    const int value = number_at(text, 0, text.size());
    return value > 255 ? -1 : value;
}

bool is_group(std::string_view text) {
    return !text.empty() && text.size() <= 4 && std::all_of(text.begin(), text.end(), [](char c) {
        return is_digit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
    });
}

/// How many groups of sixteen bits these are; -1 where one is none. An IPv4 address may end them.
int groups_in(std::string_view text) {
    if (text.empty()) return 0;
    int count = 0;
    const auto list = parts(text, ':');
    for (const std::string_view& group : list) {
        const bool last = &group == &list.back();
        if (last && group.find('.') != std::string_view::npos) {
            const auto octets = parts(group, '.');
            if (octets.size() != 4 || std::any_of(octets.begin(), octets.end(), [](auto o) { return octet(o) < 0; }))
                return -1;
            count += 2;
        } else if (is_group(group)) {
            ++count;
        } else {
            return -1;
        }
    }
    return count;
}

/// Absent (NaN) unless there are enough decimals.
double degrees(std::string_view text) {
    while (!text.empty() && text.front() == ' ') text.remove_prefix(1);
    while (!text.empty() && text.back() == ' ') text.remove_suffix(1);
    if (!text.empty() && text.front() == '+') text.remove_prefix(1);
    double value = NAN;
    const auto result = std::from_chars(text.data(), text.data() + text.size(), value);
    if (result.ec != std::errc{} || result.ptr != text.data() + text.size()) return NAN;
    const auto point = text.find('.');
    const auto last = text.find_last_not_of('0');
    const bool fine = point != std::string_view::npos && last >= point + 4;
    return fine ? value : NAN;
}

}  // namespace

bool is_ipv4(std::string_view text) {
    const auto list = parts(text, '.');
    if (list.size() != 4) return false;
    int large = 0;
    for (const std::string_view part : list) {
        const int value = octet(part);
        if (value < 0) return false;
        if (value >= 32) ++large;
    }
    const int first = octet(list.front());
    return large >= 2 && first != 0 && first != 127 && first < 224;
}

bool is_ipv6(std::string_view text) {
    const auto gap = text.find("::");
    if (gap == std::string_view::npos) return groups_in(text) == 8;
    if (text.find("::", gap + 1) != std::string_view::npos) return false;
    const int before = groups_in(text.substr(0, gap));
    const int after = groups_in(text.substr(gap + 2));
    return before >= 0 && after >= 0 && before + after >= 3 && before + after < 8;
}

bool is_coordinate(std::string_view text) {
    const double value = degrees(text);
    return std::abs(value) <= 180 && std::abs(value) >= 0.0001;
}

bool is_coordinate_pair(std::string_view text) {
    const auto comma = text.find_first_of(",;");
    if (comma == std::string_view::npos) return false;
    const double latitude = degrees(text.substr(0, comma));
    const double longitude = degrees(text.substr(comma + 1));
    return std::abs(latitude) <= 90 && std::abs(longitude) <= 180;
}

bool is_random_text(std::string_view text) {
    const auto count = [&](auto&& belongs) { return std::count_if(text.begin(), text.end(), belongs); };
    const std::set<char> different{text.begin(), text.end()};
    // Of 62 letters and digits, 32 draws show about 25 different ones. Words have fewer capitals and no digits.
    const auto length = static_cast<std::ptrdiff_t>(text.size());
    return different.size() >= 16 && count(is_digit) >= 2 && count(is_upper) * 8 >= length &&
           count(is_lower) * 8 >= length;
}

}  // namespace crmaudit::classify
