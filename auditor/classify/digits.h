// Arithmetic that schemes for check digits share. All take text that may hold separators; none throws.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace crmaudit::classify {

constexpr bool is_digit(char c) { return c >= '0' && c <= '9'; }
constexpr bool is_upper(char c) { return c >= 'A' && c <= 'Z'; }
constexpr bool is_lower(char c) { return c >= 'a' && c <= 'z'; }
constexpr int digit(char c) { return c - '0'; }

/// Letters (made upper case) and digits alone: what stays when spaces, dots and hyphens are dropped.
std::string alphanumeric(std::string_view text);

/// Digits alone.
std::string digits_of(std::string_view text);

bool all_digits(std::string_view text);

/// The number that digits from `begin` on stand for; 0 where there are none.
int number_at(std::string_view digits, std::size_t begin, std::size_t count);

/// Each digit times its weight; the shorter of the two decides how many.
int weighted_sum(std::string_view digits, std::span<const int> weights);

/// The remainder of an arbitrarily long number.
int remainder_of(std::string_view digits, int divisor);

/// ISO/IEC 7812-1, annex B: the last digit checks the rest.
bool passes_luhn(std::string_view digits);

/// ISO/IEC 7064, MOD 11,10: the last digit checks the rest.
bool passes_mod_11_10(std::string_view digits);

/// Whether there is such a day in a year of which only the last two digits are known. Zero is no month and no day.
bool may_be_day(int month, int day);

}  // namespace crmaudit::classify
