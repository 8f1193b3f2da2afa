#include "auditor/model/tokens.h"

#include <array>
#include <cstdint>

namespace crmaudit {
namespace {

enum class Shape { separator, lower, upper, digit };

struct Letter {
    Shape shape = Shape::separator;
    std::string_view text;  // folded
};

/// A code point and its bytes; an invalid sequence yields U+FFFD for one byte, so that reading always moves on.
struct Decoded {
    char32_t code = U'\uFFFD';
    std::size_t length = 1;
};

Decoded decode(std::string_view text) {
    const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
    const unsigned char lead = byte(0);
    if (lead < 0x80) return {lead, 1};
    const std::size_t length = lead >= 0xC2 && lead < 0xE0   ? 2U
                               : lead >= 0xE0 && lead < 0xF0 ? 3U
                               : lead >= 0xF0 && lead < 0xF5 ? 4U
                                                             : 0U;
    if (length == 0 || text.size() < length) return {};
    char32_t code = lead & (0x7FU >> length);
    for (std::size_t i = 1; i < length; ++i) {
        if ((byte(i) & 0xC0U) != 0x80U) return {};
        code = (code << 6U) | (byte(i) & 0x3FU);
    }
    return {code, length};
}

/// What Latin-1 and Latin Extended-A letters fold to, U+00C0 to U+017F; upper case where the letter is.
constexpr std::array<std::string_view, 0x180 - 0xC0> latin{
    "A", "A", "A",  "A",  "AE", "A", "AE", "C", "E", "E", "E", "E", "I",  "I", "I",  "I",   // U+00C0
    "D", "N", "O",  "O",  "O",  "O", "OE", "",  "O", "U", "U", "U", "UE", "Y", "TH", "ss",  // U+00D0
    "a", "a", "a",  "a",  "ae", "a", "ae", "c", "e", "e", "e", "e", "i",  "i", "i",  "i",   // U+00E0
    "d", "n", "o",  "o",  "o",  "o", "oe", "",  "o", "u", "u", "u", "ue", "y", "th", "y",   // U+00F0
    "A", "a", "A",  "a",  "A",  "a", "C",  "c", "C", "c", "C", "c", "C",  "c", "D",  "d",   // U+0100
    "D", "d", "E",  "e",  "E",  "e", "E",  "e", "E", "e", "E", "e", "G",  "g", "G",  "g",   // U+0110
    "G", "g", "G",  "g",  "H",  "h", "H",  "h", "I", "i", "I", "i", "I",  "i", "I",  "i",   // U+0120
    "I", "i", "IJ", "ij", "J",  "j", "K",  "k", "k", "L", "l", "L", "l",  "L", "l",  "L",   // U+0130
    "l", "L", "l",  "N",  "n",  "N", "n",  "N", "n", "n", "N", "n", "O",  "o", "O",  "o",   // U+0140
    "O", "o", "OE", "oe", "R",  "r", "R",  "r", "R", "r", "S", "s", "S",  "s", "S",  "s",   // U+0150
    "S", "s", "T",  "t",  "T",  "t", "T",  "t", "U", "u", "U", "u", "U",  "u", "U",  "u",   // U+0160
    "U", "u", "U",  "u",  "W",  "w", "Y",  "y", "Y", "Z", "z", "Z", "z",  "Z", "z",  "s",   // U+0170
};

/// Scripts without folding here (Greek to Mongolian, kana, Han, Hangul) keep their bytes; symbols and emoji separate.
bool is_other_letter(char32_t code) { return (code >= 0x370 && code < 0x2000) || (code >= 0x3040 && code < 0xD800); }

Letter letter_at(std::string_view text, const Decoded& decoded) {
    const char32_t code = decoded.code;
    const std::string_view bytes = text.substr(0, decoded.length);
    if (code >= U'a' && code <= U'z') return {Shape::lower, bytes};
    if (code >= U'A' && code <= U'Z') return {Shape::upper, bytes};
    if (code >= U'0' && code <= U'9') return {Shape::digit, bytes};
    if (code >= 0xC0 && code < 0x180) {
        const std::string_view folded = latin[code - 0xC0];
        if (folded.empty()) return {};
        return {folded.front() < 'a' ? Shape::upper : Shape::lower, folded};
    }
    return is_other_letter(code) ? Letter{Shape::lower, bytes} : Letter{};
}

void append_lower(std::string& token, std::string_view text) {
    for (const char c : text) token += c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

/// A word begins at `current`, after `previous`; `next` tells the last letter of "IPAddress"'s first word from the
/// first of its second.
bool starts_word(Shape previous, Shape current, Shape next) {
    if (previous == Shape::separator) return false;
    if ((previous == Shape::digit) != (current == Shape::digit)) return true;
    if (current != Shape::upper) return false;
    return previous == Shape::lower || next == Shape::lower;
}

}  // namespace

std::vector<std::string> tokens_of(std::string_view name) {
    std::vector<std::string> tokens;
    std::string token;
    const auto finish = [&] {
        if (!token.empty()) tokens.push_back(std::move(token));
        token.clear();
    };
    const auto read = [&](std::size_t at, std::size_t& length) {
        if (at >= name.size()) return Letter{};
        const Decoded decoded = decode(name.substr(at));
        length = decoded.length;
        return letter_at(name.substr(at), decoded);
    };
    Shape previous = Shape::separator;
    std::size_t length = 0;
    Letter current = read(0, length);
    for (std::size_t at = 0; at < name.size();) {
        at += length;
        const Letter next = read(at, length);
        if (current.shape == Shape::separator || starts_word(previous, current.shape, next.shape)) finish();
        if (current.shape != Shape::separator) append_lower(token, current.text);
        previous = current.shape;
        current = next;
    }
    finish();
    return tokens;
}

}  // namespace crmaudit
