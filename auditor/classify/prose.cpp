#include "auditor/classify/prose.h"

#include <cstddef>

#include "auditor/classify/digits.h"

namespace crmaudit::classify {
namespace {

constexpr std::size_t fewest_words = 5;
constexpr std::size_t fewest_capital_words = 8;
constexpr std::size_t enough_to_know = 4096;  // bytes

/// Letters of other alphabets are bytes above ASCII.
constexpr bool is_letter(char c) { return is_upper(c) || is_lower(c) || static_cast<unsigned char>(c) >= 0x80; }

}  // namespace

bool is_prose(std::string_view value) {
    value = value.substr(0, enough_to_know);
    std::size_t words = 0;
    std::size_t small = 0;
    for (std::size_t at = 0; at < value.size();) {
        std::size_t end = at;
        bool only_letters = true;
        for (; end < value.size() && value[end] != ' ' && value[end] != '\n' && value[end] != '\t'; ++end) {
            // A mark at the end closes a word; inside it makes a code, a path or markup of it.
            const bool closes = end + 1 == value.size() || value[end + 1] == ' ' || value[end + 1] == '\n';
            if (!is_letter(value[end]) && value[end] != '\'' && value[end] != '-' && !closes) only_letters = false;
        }
        if (end > at && only_letters && is_letter(value[at])) {
            ++words;
            if (!is_upper(value[at])) ++small;
        }
        at = end + 1;
    }
    if (words < fewest_words) return false;
    return small * 5 >= words * 2 || (words >= fewest_capital_words && small == 0);
}

}  // namespace crmaudit::classify
