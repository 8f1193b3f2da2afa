#include "auditor/classify/national_ids.h"

#include <algorithm>
#include <array>
#include <string>

#include "auditor/classify/digits.h"

namespace crmaudit::classify {

bool is_at_svnr(std::string_view text) {
    constexpr std::array<int, 10> weights{3, 7, 9, 0, 5, 8, 4, 2, 1, 6};
    const std::string number = digits_of(text);
    if (number.size() != 10 || number[0] == '0') return false;
    const int month = number_at(number, 6, 2);
    // From 13 on: no number was left for the true month.
    if (!may_be_day(month > 12 && month < 16 ? 1 : month, number_at(number, 4, 2))) return false;
    return weighted_sum(number, weights) % 11 == digit(number[3]);
}

bool is_be_rrn(std::string_view text) {
    const std::string number = digits_of(text);
    if (number.size() != 11) return false;
    const int month = number_at(number, 2, 2) % 20;
    if (number_at(number, 2, 2) >= 60 || !may_be_day(month, number_at(number, 4, 2))) return false;
    if (number_at(number, 6, 3) == 0 || number_at(number, 6, 3) == 999) return false;
    const std::string base = number.substr(0, 9);
    const int check = number_at(number, 9, 2);
    return check == 97 - remainder_of(base, 97) || check == 97 - remainder_of("2" + base, 97);
}

bool is_ch_ahv(std::string_view text) {
    constexpr std::array<int, 13> weights{1, 3, 1, 3, 1, 3, 1, 3, 1, 3, 1, 3, 1};
    const std::string number = digits_of(text);
    return number.size() == 13 && number.starts_with("756") && weighted_sum(number, weights) % 10 == 0;
}

bool is_de_rvnr(std::string_view text) {
    constexpr std::array<int, 12> weights{2, 1, 2, 5, 7, 1, 2, 1, 2, 1, 2, 1};
    const std::string number = alphanumeric(text);
    if (number.size() != 12 || !is_upper(number[8])) return false;
    std::string digits = number.substr(0, 8);
    const int letter = number[8] - 'A' + 1;
    digits += static_cast<char>('0' + letter / 10);
    digits += static_cast<char>('0' + letter % 10);
    digits += number.substr(9, 2);
    if (!all_digits(digits) || !is_digit(number[11])) return false;
    if (!may_be_day(number_at(digits, 4, 2), number_at(digits, 2, 2))) return false;
    int sum = 0;
    for (std::size_t i = 0; i < weights.size(); ++i) {
        const int product = digit(digits[i]) * weights[i];
        sum += product / 10 + product % 10;
    }
    return sum % 10 == digit(number[11]);
}

bool is_es_dni(std::string_view text) {
    constexpr std::string_view letters = "TRWAGMYFPDXBNJZSQVHLCKE";
    std::string number = alphanumeric(text);
    if (number.size() != 9) return false;
    if (number[0] >= 'X' && number[0] <= 'Z') number[0] = static_cast<char>('0' + (number[0] - 'X'));
    const std::string_view digits = std::string_view{number}.substr(0, 8);
    return all_digits(digits) && digits != "00000000" &&
           letters[static_cast<std::size_t>(remainder_of(digits, 23))] == number[8];
}

bool is_fr_nir(std::string_view text) {
    std::string number = alphanumeric(text);
    if (number.size() != 15) return false;
    if (number[5] == '2' && (number[6] == 'A' || number[6] == 'B')) {
        number.replace(5, 2, number[6] == 'A' ? "19" : "18");
    }
    if (!all_digits(number)) return false;
    const int month = number_at(number, 3, 2);
    if (month == 0 || (month > 12 && month < 20) || (month > 42 && month < 50)) return false;
    return 97 - remainder_of(number.substr(0, 13), 97) == number_at(number, 13, 2);
}

bool is_nl_bsn(std::string_view text) {
    constexpr std::array<int, 9> weights{9, 8, 7, 6, 5, 4, 3, 2, -1};
    std::string number = digits_of(text);
    return number.size() == 9 && number_at(number, 0, 9) > 9'999'999 && weighted_sum(number, weights) % 11 == 0;
}

bool is_pl_pesel(std::string_view text) {
    constexpr std::array<int, 11> weights{1, 3, 7, 9, 1, 3, 7, 9, 1, 3, 1};
    const std::string number = digits_of(text);
    return number.size() == 11 && may_be_day(number_at(number, 2, 2) % 20, number_at(number, 4, 2)) &&
           weighted_sum(number, weights) % 10 == 0;
}

bool is_pt_cc(std::string_view text) {
    const std::string number = alphanumeric(text);
    if (number.size() != 12 || !all_digits(number.substr(0, 9)) || !is_digit(number[11])) return false;
    int sum = 0;
    for (std::size_t i = 0; i < number.size(); ++i) {
        int value = is_digit(number[i]) ? digit(number[i]) : number[i] - 'A' + 10;
        if (i % 2 == 0) value = value * 2 > 9 ? value * 2 - 9 : value * 2;
        sum += value;
    }
    return sum % 10 == 0;
}

bool is_uk_nhs(std::string_view text) {
    constexpr std::array<int, 10> weights{10, 9, 8, 7, 6, 5, 4, 3, 2, 1};
    const std::string number = digits_of(text);
    if (number.size() != 10) return false;
    // Ten equal digits pass, too: people type them to get past a form.
    if (number.find_first_not_of(number[0]) == std::string::npos) return false;
    // Scotland's numbers begin with the day of birth.
    const bool given = std::string_view{"34679"}.find(number[0]) != std::string_view::npos ||
                       may_be_day(number_at(number, 2, 2), number_at(number, 0, 2));
    return given && weighted_sum(number, weights) % 11 == 0;
}

bool is_uk_nino(std::string_view text) {
    constexpr std::array<std::string_view, 7> never{"BG", "GB", "KN", "NK", "NT", "TN", "ZZ"};
    const std::string number = alphanumeric(text);
    return number.size() == 9 && std::find(never.begin(), never.end(), number.substr(0, 2)) == never.end();
}

bool is_us_ssn(std::string_view text) {
    const std::string number = digits_of(text);
    if (number.size() != 9) return false;
    const int area = number_at(number, 0, 3);
    return area != 0 && area != 666 && area < 900 && number_at(number, 3, 2) != 0 && number_at(number, 5, 4) != 0;
}

}  // namespace crmaudit::classify
