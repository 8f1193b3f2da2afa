#include "auditor/classify/bank_numbers.h"

#include <algorithm>
#include <array>
#include <string>

#include "auditor/classify/digits.h"

namespace crmaudit::classify {
namespace {

struct CountryLength {
    std::string_view country;
    std::size_t length = 0;
};

/// SWIFT's IBAN registry.
constexpr std::array<CountryLength, 86> lengths{
    {{"AD", 24}, {"AE", 23}, {"AL", 28}, {"AT", 20}, {"AZ", 28}, {"BA", 20}, {"BE", 16}, {"BG", 22}, {"BH", 22},
     {"BI", 27}, {"BR", 29}, {"BY", 28}, {"CH", 21}, {"CR", 22}, {"CY", 28}, {"CZ", 24}, {"DE", 22}, {"DJ", 27},
     {"DK", 18}, {"DO", 28}, {"EE", 20}, {"EG", 29}, {"ES", 24}, {"FI", 18}, {"FK", 18}, {"FO", 18}, {"FR", 27},
     {"GB", 22}, {"GE", 22}, {"GI", 23}, {"GL", 18}, {"GR", 27}, {"GT", 28}, {"HN", 28}, {"HR", 21}, {"HU", 28},
     {"IE", 22}, {"IL", 23}, {"IQ", 23}, {"IS", 26}, {"IT", 27}, {"JO", 30}, {"KW", 30}, {"KZ", 20}, {"LB", 28},
     {"LC", 32}, {"LI", 21}, {"LT", 20}, {"LU", 20}, {"LV", 21}, {"LY", 25}, {"MC", 27}, {"MD", 24}, {"ME", 22},
     {"MK", 19}, {"MN", 20}, {"MR", 27}, {"MT", 31}, {"MU", 30}, {"NI", 28}, {"NL", 18}, {"NO", 15}, {"OM", 23},
     {"PK", 24}, {"PL", 28}, {"PS", 29}, {"PT", 25}, {"QA", 29}, {"RO", 24}, {"RS", 22}, {"RU", 33}, {"SA", 24},
     {"SC", 31}, {"SD", 18}, {"SE", 24}, {"SI", 19}, {"SK", 24}, {"SM", 27}, {"SO", 23}, {"ST", 25}, {"SV", 28},
     {"TL", 23}, {"TN", 24}, {"TR", 26}, {"UA", 29}, {"VA", 22}}};

std::size_t length_in(std::string_view country) {
    const auto found = std::find_if(lengths.begin(), lengths.end(),
                                    [&](const CountryLength& entry) { return entry.country == country; });
    return found == lengths.end() ? 0 : found->length;
}

/// The first `count` letters and digits, as long as a word ends there; else empty.
std::string leading_word(std::string_view text, std::size_t count) {
    std::size_t end = 0;
    for (std::size_t seen = 0; end < text.size() && seen < count; ++end) {
        if (is_digit(text[end]) || is_upper(text[end]) || is_lower(text[end])) ++seen;
    }
    const bool ends = end == text.size() || text[end] == ' ';
    std::string word = alphanumeric(text.substr(0, end));
    return ends && word.size() == count ? word : std::string{};
}

struct Issuer {
    int first = 0;  // of the leading digits, as many as the number has
    int last = 0;
    std::size_t digits = 0;
    std::size_t shortest = 0;
    std::size_t longest = 0;
};

/// American Express, Diners, JCB, Visa, Mastercard, Discover, UnionPay, Maestro. Visa's old 13 digits are left out:
/// they are no longer issued, and barcodes of thirteen digits are everywhere.
constexpr std::array<Issuer, 19> issuers{{{34, 34, 2, 15, 15},
                                          {37, 37, 2, 15, 15},
                                          {300, 305, 3, 14, 19},
                                          {3095, 3095, 4, 14, 19},
                                          {36, 36, 2, 14, 19},
                                          {38, 39, 2, 14, 19},
                                          {3528, 3589, 4, 16, 19},
                                          {4, 4, 1, 16, 16},
                                          {51, 55, 2, 16, 16},
                                          {2221, 2720, 4, 16, 16},
                                          {6011, 6011, 4, 16, 19},
                                          {644, 659, 3, 16, 19},
                                          {62, 62, 2, 16, 19},
                                          {5018, 5018, 4, 16, 19},
                                          {5020, 5020, 4, 16, 19},
                                          {5038, 5038, 4, 16, 19},
                                          {5893, 5893, 4, 16, 19},
                                          {6759, 6763, 4, 16, 19},
                                          {6304, 6304, 4, 16, 19}}};

}  // namespace

bool is_iban(std::string_view text) {
    const std::string all = alphanumeric(text.substr(0, 64));
    if (all.size() < 15) return false;
    const std::string iban = leading_word(text, length_in(all.substr(0, 2)));
    if (iban.size() < 15) return false;
    std::string number;
    for (const char c : iban.substr(4) + iban.substr(0, 4)) {
        number += is_digit(c) ? std::string(1, c) : std::to_string(c - 'A' + 10);
    }
    return remainder_of(number, 97) == 1;
}

bool is_payment_card(std::string_view text) {
    const std::string number = digits_of(text.substr(0, 64));
    const bool issued = std::any_of(issuers.begin(), issuers.end(), [&](const Issuer& issuer) {
        const int leading = number_at(number, 0, issuer.digits);
        return leading >= issuer.first && leading <= issuer.last && number.size() >= issuer.shortest &&
               number.size() <= issuer.longest;
    });
    return issued && passes_luhn(number);
}

}  // namespace crmaudit::classify
