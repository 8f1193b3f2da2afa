#include "auditor/xml/text.h"

#include <cstdint>

namespace crmaudit::xml {
namespace {

constexpr std::string_view replacement = "\xEF\xBF\xBD";

/// Length of the character that starts at `at`; 0 when XML 1.0 does not allow it or it is no UTF-8.
std::size_t character_length(std::string_view text, std::size_t at) {
    const auto byte = [&](std::size_t index) {
        return static_cast<std::uint32_t>(static_cast<unsigned char>(text[index]));
    };
    const std::uint32_t lead = byte(at);
    if (lead < 0x80) return lead >= 0x20 || lead == '\t' || lead == '\n' ? 1 : 0;
    const std::size_t length = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2;
    if (lead < 0xC2 || lead > 0xF4 || at + length > text.size()) return 0;
    std::uint32_t code = lead & (0xFFU >> (length + 1));
    for (std::size_t i = 1; i < length; ++i) {
        if ((byte(at + i) & 0xC0U) != 0x80U) return 0;
        code = (code << 6U) | (byte(at + i) & 0x3FU);
    }
    constexpr std::uint32_t smallest[] = {0, 0, 0x80, 0x800, 0x10000};
    const bool surrogate = code >= 0xD800 && code <= 0xDFFF;
    if (code < smallest[length] || code > 0x10FFFF || surrogate || code == 0xFFFE || code == 0xFFFF) return 0;
    return length;
}

bool is_space(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }

}  // namespace

std::string legal(std::string_view text) {
    std::string clean;
    clean.reserve(text.size());
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t length = character_length(text, at);
        clean += length == 0 ? replacement : text.substr(at, length);
        at += length == 0 ? 1 : length;
    }
    return clean;
}

std::string collapsed(std::string_view text) {
    std::string joined;
    bool gap = false;
    for (const char c : text) {
        if (is_space(c)) {
            gap = !joined.empty();
            continue;
        }
        if (gap) joined += ' ';
        gap = false;
        joined += c;
    }
    return joined;
}

}  // namespace crmaudit::xml
