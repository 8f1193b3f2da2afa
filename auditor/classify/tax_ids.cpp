#include "auditor/classify/tax_ids.h"

#include <algorithm>
#include <array>
#include <string>

#include "auditor/classify/digits.h"

namespace crmaudit::classify {
namespace {

/// What is left of 11, where 10 and 11 become 0.
int complement_of_eleven(int sum) { return sum % 11 < 2 ? 0 : 11 - sum % 11; }

/// The letters that stand for digits where two persons would share a codice fiscale.
constexpr std::string_view omocodia = "LMNPQRSTUV";

int omocodia_digit(char c) { return is_digit(c) ? digit(c) : static_cast<int>(omocodia.find(c)); }

int codice_value(char c, bool odd_place) {
    constexpr std::array<int, 26> odd{1,  0,  5, 7, 9, 13, 15, 17, 19, 21, 2,  4,  18,
                                      20, 11, 3, 6, 8, 12, 14, 16, 10, 22, 25, 24, 23};
    const int index = is_digit(c) ? digit(c) : c - 'A';
    return odd_place ? odd[static_cast<std::size_t>(index)] : index;
}

bool is_at_vat(std::string_view digits) {
    int sum = 4;
    for (std::size_t i = 0; i < 7; ++i) {
        const int value = digit(digits[i]) * (i % 2 == 0 ? 1 : 2);
        sum += value > 9 ? value - 9 : value;
    }
    return (10 - sum % 10) % 10 == digit(digits[7]);
}

}  // namespace

bool is_br_cpf(std::string_view text) {
    constexpr std::array<int, 10> weights{11, 10, 9, 8, 7, 6, 5, 4, 3, 2};
    const std::string number = digits_of(text);
    if (number.size() != 11 || number.find_first_not_of(number[0]) == std::string::npos) return false;
    const std::span<const int> all{weights};
    return complement_of_eleven(weighted_sum(number, all.subspan(1))) == digit(number[9]) &&
           complement_of_eleven(weighted_sum(number, all)) == digit(number[10]);
}

bool is_de_tax_id(std::string_view text) {
    const std::string number = digits_of(text);
    if (number.size() != 11 || number[0] == '0') return false;
    const std::string_view base = std::string_view{number}.substr(0, 10);
    int repeated = 0;
    for (char c = '0'; c <= '9'; ++c) {
        const auto count = std::count(base.begin(), base.end(), c);
        if (count > 3 || base.find(std::string(3, c)) != std::string_view::npos) return false;
        if (count > 1) ++repeated;
    }
    return repeated == 1 && passes_mod_11_10(number);
}

bool is_eu_vat(std::string_view text) {
    const std::string number = alphanumeric(text);
    if (number.size() < 11) return false;
    const std::string country = number.substr(0, 2);
    if (country == "AT") return number.size() == 11 && all_digits(number.substr(3)) && is_at_vat(number.substr(3));
    const std::string digits = number.substr(2);
    if (!all_digits(digits)) return false;
    if (country == "DE") return digits.size() == 9 && digits[0] != '0' && passes_mod_11_10(digits);
    if (country == "IT") return digits.size() == 11 && passes_luhn(digits);
    if (country == "BE") {
        return digits.size() == 10 && 97 - remainder_of(digits.substr(0, 8), 97) == number_at(digits, 8, 2);
    }
    if (country == "FR") {
        const std::string siren = digits.substr(2);
        return digits.size() == 11 && passes_luhn(siren) &&
               (12 + 3 * remainder_of(siren, 97)) % 97 == number_at(digits, 0, 2);
    }
    return false;
}

bool is_it_codice_fiscale(std::string_view text) {
    const std::string code = alphanumeric(text);
    if (code.size() != 16) return false;
    constexpr std::array<std::size_t, 7> numeric{6, 7, 9, 10, 12, 13, 14};
    if (std::any_of(numeric.begin(), numeric.end(), [&](std::size_t at) { return omocodia_digit(code[at]) < 0; })) {
        return false;
    }
    const int day = omocodia_digit(code[9]) * 10 + omocodia_digit(code[10]);
    // Women's days are 40 more.
    if (day == 0 || day > 71 || (day > 31 && day < 41)) return false;
    int sum = 0;
    for (std::size_t i = 0; i < 15; ++i) sum += codice_value(code[i], i % 2 == 0);
    return code[15] == static_cast<char>('A' + sum % 26);
}

bool is_pt_nif(std::string_view text) {
    constexpr std::array<int, 8> weights{9, 8, 7, 6, 5, 4, 3, 2};
    const std::string number = digits_of(text);
    return number.size() == 9 && complement_of_eleven(weighted_sum(number, weights)) == digit(number[8]);
}

}  // namespace crmaudit::classify
