#include "tests/support/numbers.h"

#include <array>
#include <cstdint>
#include <map>
#include <vector>

namespace crmaudit::test {
namespace {

std::string padded(std::uint64_t number, std::size_t width) {
    std::string text = std::to_string(number);
    return text.size() < width ? std::string(width - text.size(), '0') + text : text;
}

std::string two(int number) { return padded(static_cast<std::uint64_t>(number), 2); }

/// The check digit that Luhn's table of doubled digits asks for.
char luhn_digit(const std::string& base) {
    constexpr std::array<int, 10> doubled{0, 2, 4, 6, 8, 1, 3, 5, 7, 9};
    int sum = 0;
    for (std::size_t i = 0; i < base.size(); ++i) {
        const int value = base[base.size() - 1 - i] - '0';
        sum += i % 2 == 0 ? doubled[static_cast<std::size_t>(value)] : value;
    }
    return static_cast<char>('0' + (1000 - sum) % 10);
}

/// Long division on paper, seven digits at a time.
std::uint64_t modulo_97(std::string number) {
    while (number.size() > 9) {
        const std::string head = std::to_string(std::stoull(number.substr(0, 9)) % 97);
        number = head + number.substr(9);
    }
    return std::stoull(number) % 97;
}

int sum_of(const std::string& digits, const std::vector<int>& weights) {
    int sum = 0;
    for (std::size_t i = 0; i < weights.size(); ++i) sum += (digits.at(i) - '0') * weights[i];
    return sum;
}

/// ISO/IEC 7064 by its definition: the whole must leave 1.
char mod_11_10_digit(const std::string& base) {
    for (char check = '0'; check <= '9'; ++check) {
        int carry = 10;
        for (const char c : base) {
            const int t = (carry + (c - '0')) % 10;
            carry = (t == 0 ? 20 : 2 * t) % 11;
        }
        if ((carry + (check - '0')) % 10 == 1) return check;
    }
    return '?';
}

struct Day {
    int year, month, day;
};

Day some_day(Dice& dice) {
    const int year = dice.between(1935, 2005);
    const int month = dice.between(1, 12);
    return {year, month, dice.between(1, 28)};
}

}  // namespace

std::string make_iban(Dice& dice) {
    static const std::vector<std::string> forms{"DE##################",
                                                "AT################",
                                                "CH#################",
                                                "NL@@@@##########",
                                                "BE############",
                                                "ES####################",
                                                "PL########################",
                                                "PT#####################",
                                                "GB@@@@##############",
                                                "FR###########################",
                                                "IT@######################"};
    const std::string form = dice.pick(forms);
    std::string account = dice.fill(form.substr(2));
    // France has 23 after the check digits.
    if (form.starts_with("FR")) account.resize(23);
    std::string number;
    for (const char c : account + form.substr(0, 2) + "00") {
        number += c >= 'A' ? std::to_string(c - 'A' + 10) : std::string(1, c);
    }
    return form.substr(0, 2) + padded(98 - modulo_97(number), 2) + account;
}

std::string make_card(Dice& dice) {
    static const std::vector<std::string> forms{
        "4##############", "51#############", "55#############", "2221###########", "2720###########",
        "34############",  "37############",  "6011###########", "3528###########", "36###########"};
    const std::string base = dice.fill(dice.pick(forms));
    return base + luhn_digit(base);
}

std::string make_ean(Dice& dice) {
    const std::string base = dice.fill("40##########");
    const int sum = sum_of(base, {1, 3, 1, 3, 1, 3, 1, 3, 1, 3, 1, 3});
    return base + static_cast<char>('0' + (1000 - sum) % 10);
}

std::string make_at_svnr(Dice& dice) {
    while (true) {
        const std::string serial = dice.fill("%##");
        const Day day = some_day(dice);
        const std::string birth = two(day.day) + two(day.month) + two(day.year % 100);
        const int check = (sum_of(serial, {3, 7, 9}) + sum_of(birth, {5, 8, 4, 2, 1, 6})) % 11;
        if (check < 10) return serial + static_cast<char>('0' + check) + birth;
    }
}

std::string make_be_rrn(Dice& dice) {
    const Day day = some_day(dice);
    const std::string base = two(day.year % 100) + two(day.month) + two(day.day) + padded(dice.below(990) + 1, 3);
    return base + padded(97 - modulo_97((day.year >= 2000 ? "2" : "") + base), 2);
}

std::string make_br_cpf(Dice& dice) {
    std::string number = dice.fill("1#######2");
    for (const int start : {10, 11}) {
        int sum = 0;
        for (std::size_t i = 0; i < number.size(); ++i) sum += (number[i] - '0') * (start - static_cast<int>(i));
        number += static_cast<char>('0' + sum * 10 % 11 % 10);
    }
    return number;
}

std::string make_ch_ahv(Dice& dice) {
    const std::string base = dice.fill("756#########");
    return base + static_cast<char>('0' + (1000 - sum_of(base, {1, 3, 1, 3, 1, 3, 1, 3, 1, 3, 1, 3})) % 10);
}

std::string make_de_rvnr(Dice& dice) {
    const Day day = some_day(dice);
    const int letter = dice.between(1, 26);
    const std::string area = dice.fill("%#");
    const std::string serial = dice.digits(2);
    const std::string birth = two(day.day) + two(day.month) + two(day.year % 100);
    const std::string digits = area + birth + two(letter) + serial;
    int sum = 0;
    constexpr std::array<int, 12> weights{2, 1, 2, 5, 7, 1, 2, 1, 2, 1, 2, 1};
    for (std::size_t i = 0; i < weights.size(); ++i) {
        for (const char c : std::to_string((digits.at(i) - '0') * weights[i])) sum += c - '0';
    }
    return area + birth + static_cast<char>('A' + letter - 1) + serial + static_cast<char>('0' + sum % 10);
}

std::string make_de_tax_id(Dice& dice) {
    // Nine different digits and one of them again, not beside itself.
    std::string digits = "0123456789";
    for (std::size_t i = digits.size() - 1; i > 0; --i) std::swap(digits[i], digits[dice.below(i + 1)]);
    if (digits[0] == '0') std::swap(digits[0], digits[5]);
    digits[9] = digits[dice.below(8)];
    return digits + mod_11_10_digit(digits);
}

std::string make_de_vat(Dice& dice) {
    const std::string base = dice.fill("%#######");
    return "DE" + base + mod_11_10_digit(base);
}

std::string make_es_dni(Dice& dice) {
    const std::string number = dice.fill("%#######");
    return number + std::string{"TRWAGMYFPDXBNJZSQVHLCKE"}[std::stoul(number) % 23];
}

std::string make_es_nie(Dice& dice) {
    const std::size_t kind = dice.below(3);
    const std::string number = dice.digits(7);
    const std::size_t value = kind * 10'000'000 + std::stoul(number);
    return std::string(1, "XYZ"[kind]) + number + std::string{"TRWAGMYFPDXBNJZSQVHLCKE"}[value % 23];
}

std::string make_fr_nir(Dice& dice) {
    const Day day = some_day(dice);
    const int kind = dice.between(0, 19);
    const std::string head = std::string(1, dice.one_of("12")) + two(day.year % 100) + two(day.month);
    const std::string place = kind == 0 ? "2A" : kind == 1 ? "2B" : two(dice.between(1, 95));
    const std::string tail = dice.fill("####%#");
    const std::string number = head + (kind == 0 ? "19" : kind == 1 ? "18" : place) + tail;
    return head + place + tail + padded(97 - std::stoull(number) % 97, 2);
}

std::string make_it_codice_fiscale(Dice& dice) {
    const Day day = some_day(dice);
    std::string code = dice.fill("@@@@@@") + two(day.year % 100);
    code += std::string{"ABCDEHLMPRST"}[static_cast<std::size_t>(day.month - 1)];
    code += two(day.day + (dice.below(2) == 0 ? 40 : 0)) + dice.fill("@###");
    // Omocodia: in one of twenty a letter stands for the last digit.
    if (dice.below(20) == 0) code[14] = std::string{"LMNPQRSTUV"}[static_cast<std::size_t>(code[14] - '0')];
    static const std::map<char, int> odd{{'A', 1},  {'B', 0},  {'C', 5},  {'D', 7},  {'E', 9},  {'F', 13}, {'G', 15},
                                         {'H', 17}, {'I', 19}, {'J', 21}, {'K', 2},  {'L', 4},  {'M', 18}, {'N', 20},
                                         {'O', 11}, {'P', 3},  {'Q', 6},  {'R', 8},  {'S', 12}, {'T', 14}, {'U', 16},
                                         {'V', 10}, {'W', 22}, {'X', 25}, {'Y', 24}, {'Z', 23}};
    int sum = 0;
    for (std::size_t i = 0; i < code.size(); ++i) {
        const char c = code[i];
        if (i % 2 == 1) {
            sum += c >= 'A' ? c - 'A' : c - '0';
        } else {
            sum += odd.at(c >= 'A' ? c : static_cast<char>('A' + (c - '0')));
        }
    }
    return code + static_cast<char>('A' + sum % 26);
}

std::string make_nl_bsn(Dice& dice) {
    while (true) {
        const std::string base = dice.fill("%#######");
        const int check = sum_of(base, {9, 8, 7, 6, 5, 4, 3, 2}) % 11;
        if (check < 10) return base + static_cast<char>('0' + check);
    }
}

std::string make_pl_pesel(Dice& dice) {
    const Day day = some_day(dice);
    const std::string base =
        two(day.year % 100) + two(day.month + (day.year >= 2000 ? 20 : 0)) + two(day.day) + dice.digits(4);
    const int sum = sum_of(base, {9, 7, 3, 1, 9, 7, 3, 1, 9, 7});
    return base + static_cast<char>('0' + sum % 10);
}

std::string make_pt_cc(Dice& dice) {
    const std::string base = dice.fill("%########@@");
    for (char check = '0'; check <= '9'; ++check) {
        int sum = 0;
        const std::string all = base + check;
        for (std::size_t i = 0; i < all.size(); ++i) {
            const int value = all[i] >= 'A' ? all[i] - 55 : all[i] - '0';
            const int twice = 2 * value;
            sum += i % 2 == 1 ? value : twice > 9 ? twice - 9 : twice;
        }
        if (sum % 10 == 0) return all;
    }
    return {};
}

std::string make_pt_nif(Dice& dice) {
    const std::string base = std::string(1, dice.one_of("12")) + dice.digits(7);
    const int rest = 11 - sum_of(base, {9, 8, 7, 6, 5, 4, 3, 2}) % 11;
    return base + static_cast<char>('0' + (rest > 9 ? 0 : rest));
}

std::string make_uk_nhs(Dice& dice) {
    while (true) {
        const std::string base = dice.one_of("3467") + dice.digits(8);
        const int check = 11 - sum_of(base, {10, 9, 8, 7, 6, 5, 4, 3, 2}) % 11;
        if (check != 10) return base + static_cast<char>('0' + check % 11);
    }
}

std::string make_uk_nino(Dice& dice) {
    return std::string{dice.one_of("ABCEHJLMPRSW")} + dice.one_of("ABCEHJLMPRSX") + dice.digits(6) +
           dice.one_of("ABCD");
}

std::string make_us_ssn(Dice& dice) {
    return padded(dice.below(660) + 1, 3) + "-" + padded(dice.below(99) + 1, 2) + "-" + padded(dice.below(9999) + 1, 4);
}

}  // namespace crmaudit::test
