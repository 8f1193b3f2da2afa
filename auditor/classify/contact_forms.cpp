#include "auditor/classify/contact_forms.h"

#include <algorithm>
#include <array>
#include <string>

#include "auditor/classify/digits.h"

namespace crmaudit::classify {
namespace {

/// Endings of files that people name with an "@".
constexpr std::array<std::string_view, 16> file_endings{"png", "jpg", "jpeg", "gif",  "svg", "webp", "ico", "css",
                                                        "js",  "ts",  "map",  "html", "php", "pdf",  "txt", "json"};

constexpr bool is_separator(char c) { return c == '.' || c == '/' || c == '-'; }

/// "01.02.2003", "2003-02-01" and the like, which are all digits and separators, too.
bool is_dated(std::string_view text) {
    std::array<std::size_t, 3> lengths{};
    std::size_t part = 0;
    for (const char c : text) {
        if (is_digit(c)) {
            ++lengths[part];
        } else if (!is_separator(c) || ++part == lengths.size()) {
            return false;
        }
    }
    const auto [first, second, third] = lengths;
    return part == 2 && second <= 2 && ((first <= 2 && third == 4) || (first == 4 && third <= 2));
}

/// "012-34-5678", which is no phone number of any country that begins with 0.
bool is_in_form_of_ssn(std::string_view text) { return text.size() == 11 && text[3] == '-' && text[6] == '-'; }

bool is_repeated(std::string_view digits) {
    // The first digit is often an area's 0.
    return digits.size() > 1 && digits.find_first_not_of(digits[1], 1) == std::string_view::npos;
}

}  // namespace

bool is_mail_address(std::string_view text) {
    const auto at = text.rfind('@');
    if (at == std::string_view::npos || at == 0 || at > 64 || text.size() > 254) return false;
    if (text.find("..") != std::string_view::npos || text[at - 1] == '.') return false;
    std::string ending{text.substr(text.rfind('.') + 1)};
    std::transform(ending.begin(), ending.end(), ending.begin(),
                   [](char c) { return is_upper(c) ? static_cast<char>(c - 'A' + 'a') : c; });
    return std::find(file_endings.begin(), file_endings.end(), ending) == file_endings.end();
}

bool is_international_phone(std::string_view text) {
    std::string plain{text};
    if (const auto trunk = plain.find("(0)"); trunk != std::string::npos) plain.erase(trunk, 3);
    std::string number = digits_of(plain);
    const bool has_plus = plain.starts_with('+');
    if (!has_plus) number.erase(0, 2);
    if (number.size() < (has_plus ? 8U : 10U) || number.size() > 15 || is_repeated(number)) return false;
    // North America: eleven digits, where neither area nor exchange begin with 0 or 1.
    if (number[0] == '1') return number.size() == 11 && number[1] > '1' && number[4] > '1';
    if (number[0] == '7') return number.size() == 11;
    constexpr std::array<std::string_view, 3> never{"28", "83", "89"};
    return std::find(never.begin(), never.end(), number.substr(0, 2)) == never.end();
}

bool is_national_phone(std::string_view text) {
    const std::string number = digits_of(text);
    return number.size() >= 9 && number.size() <= 13 && !is_dated(text) && !is_in_form_of_ssn(text) &&
           !is_repeated(number);
}

}  // namespace crmaudit::classify
