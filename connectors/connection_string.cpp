#include "connectors/connection_string.h"

#include <algorithm>
#include <cctype>

#include "connectors/database.h"

namespace crmaudit::connectors {
namespace {

std::string upper(std::string_view text) {
    std::string result(text);
    std::transform(result.begin(), result.end(), result.begin(),
                   [](unsigned char c) { return static_cast<char>(std::toupper(c)); });
    return result;
}

std::string_view trimmed(std::string_view text) {
    constexpr std::string_view white = " \t\r\n";
    const auto first = text.find_first_not_of(white);
    if (first == std::string_view::npos) return {};
    return text.substr(first, text.find_last_not_of(white) - first + 1);
}

/// Takes one "key=value;" off the front. A closing brace is doubled within a value in braces.
struct Scan {
    std::string key;
    std::string value;
    bool has_sign = false;
    bool closed = true;
};

Scan take(std::string_view& rest) {
    Scan scan;
    const auto sign = rest.find_first_of("=;");
    scan.key = upper(trimmed(rest.substr(0, sign)));
    if (sign == std::string_view::npos || rest[sign] == ';') {
        rest.remove_prefix(sign == std::string_view::npos ? rest.size() : sign + 1);
        return scan;
    }
    scan.has_sign = true;
    rest.remove_prefix(sign + 1);
    const auto first = rest.find_first_not_of(" \t");
    if (first == std::string_view::npos || rest[first] != '{') {
        const auto end = rest.find(';');
        scan.value = trimmed(rest.substr(0, end));
        rest.remove_prefix(end == std::string_view::npos ? rest.size() : end + 1);
        return scan;
    }
    rest.remove_prefix(first + 1);
    scan.closed = false;
    while (!rest.empty() && !scan.closed) {
        const bool brace = rest.front() == '}';
        const bool doubled = brace && rest.size() > 1 && rest[1] == '}';
        if (!brace || doubled) scan.value += rest.front();
        scan.closed = brace && !doubled;
        rest.remove_prefix(doubled ? 2 : 1);
    }
    const auto end = rest.find(';');
    rest.remove_prefix(end == std::string_view::npos ? rest.size() : end + 1);
    return scan;
}

bool needs_braces(std::string_view value) { return value.find_first_of(";{}[]()?*=!@ \t") != std::string_view::npos; }

}  // namespace

Attributes connection_attributes(const std::string& text) {
    Attributes attributes;
    std::string_view rest = text;
    while (!rest.empty()) {
        Scan scan = take(rest);
        if (!scan.key.empty() || scan.has_sign) attributes.emplace_back(std::move(scan.key), std::move(scan.value));
    }
    return attributes;
}

std::string connection_string(const Attributes& attributes) {
    std::string text;
    for (const auto& [key, value] : attributes) {
        text += key + '=';
        // A driver's name and a file's are taken as they stand; not every driver strips their braces.
        if (value.find_first_of(";}") == std::string::npos && (key != "PWD" || !needs_braces(value))) {
            text += value;
        } else {
            text += '{';
            for (const char c : value) text += c == '}' ? std::string("}}") : std::string(1, c);
            text += '}';
        }
        text += ';';
    }
    return text;
}

const std::string* find_attribute(const Attributes& attributes, std::string_view key) {
    const auto found = std::find_if(attributes.begin(), attributes.end(),
                                    [&](const auto& attribute) { return attribute.first == key; });
    return found == attributes.end() ? nullptr : &found->second;
}

void set_attribute(Attributes& attributes, std::string_view key, std::string value) {
    const auto found = std::find_if(attributes.begin(), attributes.end(),
                                    [&](const auto& attribute) { return attribute.first == key; });
    if (found == attributes.end()) {
        attributes.emplace_back(key, std::move(value));
    } else {
        found->second = std::move(value);
    }
}

std::optional<std::string> connection_string_fault(const std::string& text) {
    if (text.find('\0') != std::string::npos) return "it contains a NUL byte";
    bool names_a_source = false;
    std::string_view rest = text;
    while (!rest.empty()) {
        const Scan scan = take(rest);
        if (scan.key.empty() && !scan.has_sign) continue;
        if (!scan.has_sign || scan.key.empty()) return "a part of it is not KEY=value";
        if (!scan.closed) return "the value of " + scan.key + " has no closing brace";
        if (scan.key == "DRIVER" || scan.key == "DSN" || scan.key == "FILEDSN") names_a_source = true;
    }
    if (!names_a_source) return "it names neither a DRIVER nor a DSN";
    return std::nullopt;
}

}  // namespace crmaudit::connectors
