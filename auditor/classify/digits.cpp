#include "auditor/classify/digits.h"

#include <algorithm>
#include <array>

namespace crmaudit::classify {

std::string alphanumeric(std::string_view text) {
    std::string result;
    for (const char c : text) {
        if (is_digit(c) || is_upper(c)) result += c;
        if (is_lower(c)) result += static_cast<char>(c - 'a' + 'A');
    }
    return result;
}

std::string digits_of(std::string_view text) {
    std::string result;
    std::copy_if(text.begin(), text.end(), std::back_inserter(result), is_digit);
    return result;
}

bool all_digits(std::string_view text) { return std::all_of(text.begin(), text.end(), is_digit); }

int number_at(std::string_view digits, std::size_t begin, std::size_t count) {
    int number = 0;
    for (std::size_t i = begin; i < begin + count && i < digits.size(); ++i) number = number * 10 + digit(digits[i]);
    return number;
}

int weighted_sum(std::string_view digits, std::span<const int> weights) {
    int sum = 0;
    for (std::size_t i = 0; i < std::min(digits.size(), weights.size()); ++i) sum += digit(digits[i]) * weights[i];
    return sum;
}

int remainder_of(std::string_view digits, int divisor) {
    int rest = 0;
    for (const char c : digits) rest = (rest * 10 + digit(c)) % divisor;
    return rest;
}

bool passes_luhn(std::string_view digits) {
    int sum = 0;
    bool twice = false;
    for (auto c = digits.rbegin(); c != digits.rend(); ++c, twice = !twice) {
        const int value = digit(*c) * (twice ? 2 : 1);
        sum += value > 9 ? value - 9 : value;
    }
    return !digits.empty() && sum % 10 == 0;
}

bool passes_mod_11_10(std::string_view digits) {
    if (digits.size() < 2) return false;
    int product = 10;
    for (const char c : digits.substr(0, digits.size() - 1)) {
        int sum = (digit(c) + product) % 10;
        if (sum == 0) sum = 10;
        product = sum * 2 % 11;
    }
    return (11 - product) % 10 == digit(digits.back());
}

bool may_be_day(int month, int day) {
    constexpr std::array<int, 13> days{0, 31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    return month >= 1 && month <= 12 && day >= 1 && day <= days[static_cast<std::size_t>(month)];
}

}  // namespace crmaudit::classify
