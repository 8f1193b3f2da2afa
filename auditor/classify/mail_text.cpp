#include "auditor/classify/mail_text.h"

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

namespace crmaudit::classify {
namespace {

constexpr std::array<std::pair<std::string_view, std::string_view>, 40> names{{
    {"amp", "&"},    {"lt", "<"},     {"gt", ">"},     {"quot", "\""},    {"apos", "'"},   {"nbsp", "\u00A0"},
    {"equals", "="}, {"colon", ":"},  {"sol", "/"},    {"quest", "?"},    {"num", "#"},    {"period", "."},
    {"lowbar", "_"}, {"percnt", "%"}, {"commat", "@"}, {"shy", "\u00AD"}, {"auml", "ä"},   {"ouml", "ö"},
    {"uuml", "ü"},   {"Auml", "Ä"},   {"Ouml", "Ö"},   {"Uuml", "Ü"},     {"szlig", "ß"},  {"eacute", "é"},
    {"egrave", "è"}, {"ecirc", "ê"},  {"euml", "ë"},   {"agrave", "à"},   {"acirc", "â"},  {"aacute", "á"},
    {"ccedil", "ç"}, {"iacute", "í"}, {"oacute", "ó"}, {"uacute", "ú"},   {"ntilde", "ñ"}, {"Eacute", "É"},
    {"ocirc", "ô"},  {"ucirc", "û"},  {"icirc", "î"},  {"atilde", "ã"},
}};

int hex_digit(char c) {
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    if (c >= 'A' && c <= 'F') return c - 'A' + 10;
    return -1;
}

void append_utf8(std::string& text, std::uint32_t code) {
    if (code < 0x80) {
        text += static_cast<char>(code);
    } else if (code < 0x800) {
        text += static_cast<char>(0xC0 | (code >> 6U));
        text += static_cast<char>(0x80 | (code & 0x3FU));
    } else if (code < 0x10000) {
        text += static_cast<char>(0xE0 | (code >> 12U));
        text += static_cast<char>(0x80 | ((code >> 6U) & 0x3FU));
        text += static_cast<char>(0x80 | (code & 0x3FU));
    } else {
        text += static_cast<char>(0xF0 | (code >> 18U));
        text += static_cast<char>(0x80 | ((code >> 12U) & 0x3FU));
        text += static_cast<char>(0x80 | ((code >> 6U) & 0x3FU));
        text += static_cast<char>(0x80 | (code & 0x3FU));
    }
}

/// The number of "#61" or "#x3D".
std::optional<std::uint32_t> numbered(std::string_view name) {
    if (name.size() < 2 || name.front() != '#') return std::nullopt;
    const bool is_hex = name[1] == 'x' || name[1] == 'X';
    std::uint32_t code = 0;
    const std::string_view digits = name.substr(is_hex ? 2 : 1);
    if (digits.empty() || digits.size() > 7) return std::nullopt;
    for (const char c : digits) {
        const int digit = hex_digit(c);
        if (digit < 0 || (!is_hex && digit > 9)) return std::nullopt;
        code = code * (is_hex ? 16 : 10) + static_cast<std::uint32_t>(digit);
    }
    if (code == 0 || code > 0x10FFFF || (code >= 0xD800 && code < 0xE000)) return std::nullopt;
    return code;
}

std::string without_quoted_printable(std::string_view text) {
    std::string plain;
    plain.reserve(text.size());
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] != '=') {
            plain += text[i];
            continue;
        }
        const std::string_view rest = text.substr(i + 1);
        if (rest.starts_with("\r\n")) {
            i += 2;
        } else if (rest.starts_with('\n')) {
            i += 1;
        } else if (rest.size() >= 2 && hex_digit(rest[0]) >= 0 && hex_digit(rest[1]) >= 0) {
            plain += static_cast<char>(hex_digit(rest[0]) * 16 + hex_digit(rest[1]));
            i += 2;
        } else {
            plain += '=';
        }
    }
    return plain;
}

/// An address may hold =3D or end a line with = by chance, an attribute's quote after =3D is no chance.
bool is_quoted_printable(std::string_view text) {
    if (text.find("=3D\"") != std::string_view::npos || text.find("=3D'") != std::string_view::npos) return true;
    const bool breaks = text.find("=\r\n") != std::string_view::npos || text.find("=\n") != std::string_view::npos;
    return breaks && text.find("=3D") != std::string_view::npos;
}

std::string without_escapes(std::string_view text) {
    std::string plain;
    plain.reserve(text.size());
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] != '\\' || i + 1 >= text.size()) {
            plain += text[i];
            continue;
        }
        const char c = text[++i];
        if (c == 'n' || c == 'r' || c == 't') {
            plain += ' ';
        } else if (const auto code = c == 'u' && i + 4 < text.size()
                                         ? numbered("#x" + std::string{text.substr(i + 1, 4)})
                                         : std::nullopt) {
            append_utf8(plain, *code);
            i += 4;
        } else {
            plain += c;
        }
    }
    return plain;
}

/// The second byte of a capital letter of Latin-1 in UTF-8; there is one sign among them.
bool is_latin_capital(char second) {
    const auto byte = static_cast<unsigned char>(second);
    return byte >= 0x80 && byte <= 0x9E && byte != 0x97;
}

bool has_tags(std::string_view text) {
    for (auto at = text.find('<'); at != std::string_view::npos && at + 1 < text.size(); at = text.find('<', at + 1)) {
        const char c = text[at + 1];
        if (c == '/' || c == '!' || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z')) return true;
    }
    return false;
}

}  // namespace

std::string without_entities(std::string_view text) {
    constexpr std::size_t longest_name = 10;
    std::string plain;
    plain.reserve(text.size());
    for (std::size_t i = 0; i < text.size(); ++i) {
        const auto end = text[i] == '&' ? text.substr(i, longest_name).find(';') : std::string_view::npos;
        if (end == std::string_view::npos) {
            plain += text[i];
            continue;
        }
        const std::string_view name = text.substr(i + 1, end - 1);
        const auto known =
            std::find_if(names.begin(), names.end(), [&](const auto& each) { return each.first == name; });
        if (known != names.end()) {
            plain += known->second;
        } else if (const auto code = numbered(name)) {
            append_utf8(plain, *code);
        } else {
            plain += text.substr(i, end + 1);
        }
        i += end;
    }
    return plain;
}

std::string mail_markup(std::string_view body) {
    constexpr int most_layers = 3;
    std::string text{body};
    if (is_quoted_printable(text)) text = without_quoted_printable(text);
    if (text.find("=\\\"") != std::string::npos || text.find("\\u003c") != std::string::npos ||
        text.find("\\u003C") != std::string::npos) {
        text = without_escapes(text);
    }
    for (int layer = 0; layer < most_layers && !has_tags(text); ++layer) {
        if (text.find("&lt;") == std::string::npos && text.find("lt;") == std::string::npos &&
            text.find("&#60;") == std::string::npos) {
            break;
        }
        text = without_entities(text);
        if (is_quoted_printable(text)) text = without_quoted_printable(text);
    }
    return text;
}

std::string folded_text(std::string_view text) {
    std::string folded;
    folded.reserve(text.size());
    const auto blank = [&] {
        if (!folded.empty() && folded.back() != ' ') folded += ' ';
    };
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char c = text[i];
        const std::string_view rest = text.substr(i);
        if (c == ' ' || (c >= '\t' && c <= '\r')) {
            blank();
        } else if (rest.starts_with("\u00A0")) {
            blank();
            ++i;
        } else if (rest.starts_with("\u00AD")) {
            ++i;
        } else if (rest.starts_with("\u200B") || rest.starts_with("\u200C") || rest.starts_with("\u200D") ||
                   rest.starts_with("\uFEFF")) {
            i += 2;
        } else if (c >= 'A' && c <= 'Z') {
            folded += static_cast<char>(c - 'A' + 'a');
        } else if (c == '\xC3' && rest.size() > 1 && is_latin_capital(rest[1])) {
            folded += c;
            folded += static_cast<char>(rest[1] + 0x20);
            ++i;
        } else {
            folded += c;
        }
    }
    return folded;
}

}  // namespace crmaudit::classify
