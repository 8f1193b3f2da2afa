#include "connectors/utf8.h"

#include <algorithm>

namespace crmaudit::connectors {
namespace {

unsigned char byte_at(std::string_view bytes, std::size_t at) { return static_cast<unsigned char>(bytes[at]); }

bool continues(unsigned char byte) { return (byte & 0xC0U) == 0x80U; }

/// How many bytes the character that starts with `lead` has; 0 for a byte that starts none.
std::size_t announced_length(unsigned char lead) {
    if (lead < 0x80U) return 1;
    if (lead >= 0xC2U && lead <= 0xDFU) return 2;
    if (lead >= 0xE0U && lead <= 0xEFU) return 3;
    if (lead >= 0xF0U && lead <= 0xF4U) return 4;
    return 0;
}

/// Overlong forms, surrogates and what lies beyond U+10FFFF show in the second byte.
bool second_byte_fits(unsigned char lead, unsigned char second) {
    switch (lead) {
        case 0xE0: return second >= 0xA0U;
        case 0xED: return second <= 0x9FU;
        case 0xF0: return second >= 0x90U;
        case 0xF4: return second <= 0x8FU;
        default: return true;
    }
}

/// Bytes of the character at `at` that are valid, and whether it is whole.
struct Sequence {
    std::size_t length;
    bool whole;
};

Sequence sequence_at(std::string_view bytes, std::size_t at) {
    const unsigned char lead = byte_at(bytes, at);
    const std::size_t announced = announced_length(lead);
    if (announced == 0) return {1, false};
    std::size_t length = 1;
    while (length < announced && at + length < bytes.size()) {
        const unsigned char next = byte_at(bytes, at + length);
        if (!continues(next) || (length == 1 && !second_byte_fits(lead, next))) break;
        ++length;
    }
    return {length, length == announced};
}

}  // namespace

std::string valid_utf8(std::string_view bytes) {
    std::string text;
    text.reserve(bytes.size());
    for (std::size_t at = 0; at < bytes.size();) {
        const auto [length, whole] = sequence_at(bytes, at);
        if (whole) {
            text.append(bytes.substr(at, length));
        } else {
            text.append("\xEF\xBF\xBD");
        }
        at += length;
    }
    return text;
}

std::string_view cut_utf8(std::string_view bytes, std::size_t limit) {
    if (bytes.size() <= limit) return bytes;
    std::size_t end = limit;
    // At most three bytes of a character precede its last one; more continuation bytes are invalid text, cut anywhere.
    for (std::size_t back = 0; back < 3 && end > 0 && continues(byte_at(bytes, end)); ++back) --end;
    if (continues(byte_at(bytes, end))) end = limit;
    return bytes.substr(0, end);
}

}  // namespace crmaudit::connectors
