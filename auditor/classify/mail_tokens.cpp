#include "auditor/classify/mail_tokens.h"

#include <algorithm>
#include <array>
#include <string>
#include <vector>

namespace crmaudit::classify {
namespace {

constexpr std::size_t shortest_number = 16;  // hexadecimal digits
constexpr std::size_t shortest_random = 20;  // of base64url

/// Keys of queries that pictures of any page have, with values that look random.
constexpr std::array<std::string_view, 16> same_for_all{"v",    "ver", "version",   "rev",     "hash",   "itok",
                                                        "sig",  "h",   "signature", "expires", "policy", "key-pair-id",
                                                        "etag", "oh",  "oe",        "cb"};

std::string lower(std::string_view text) {
    std::string result{text};
    for (char& c : result) {
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    }
    return result;
}

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_hex(char c) { return is_digit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F'); }

std::vector<std::string_view> split(std::string_view text, std::string_view separators) {
    std::vector<std::string_view> parts;
    while (!text.empty()) {
        const auto end = text.find_first_of(separators);
        if (end != 0) parts.push_back(text.substr(0, end));
        if (end == std::string_view::npos) break;
        text.remove_prefix(end + 1);
    }
    return parts;
}

/// "anna@example.org", also with %40.
bool is_mail_address(std::string_view value) {
    auto at = value.find('@');
    std::size_t width = 1;
    if (at == std::string_view::npos) {
        at = value.find("%40");
        width = 3;
    }
    if (at == std::string_view::npos || at == 0) return false;
    const std::string_view domain = value.substr(at + width);
    const auto dot = domain.rfind('.');
    if (dot == std::string_view::npos || dot == 0 || dot + 2 >= domain.size()) return false;
    const std::string_view top = domain.substr(dot + 1);
    return std::all_of(top.begin(), top.end(), [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); });
}

/// A number in hexadecimal digits (with hyphens: a UUID) or base64url, with digits and letters.
bool is_random(std::string_view value) {
    const auto count = [&](auto is) { return static_cast<std::size_t>(std::count_if(value.begin(), value.end(), is)); };
    const std::size_t digits = count(is_digit);
    const std::size_t uppers = count([](char c) { return c >= 'A' && c <= 'Z'; });
    const std::size_t lowers = count([](char c) { return c >= 'a' && c <= 'z'; });
    const std::size_t joints = count([](char c) { return c == '-' || c == '_' || c == '='; });
    if (digits == 0 || digits + uppers + lowers + joints != value.size()) return false;
    if (count(is_hex) + count([](char c) { return c == '-'; }) == value.size()) {
        return uppers + lowers > 0 && count(is_hex) >= shortest_number;
    }
    return value.size() - joints >= shortest_random && uppers > 1 && lowers > 1 && digits > 1;
}

struct Address {
    std::vector<std::string_view> segments;
    std::vector<std::string_view> query;  // key=value

    explicit Address(std::string_view text) {
        text = text.substr(0, text.find('#'));
        const auto start = text.find("//");
        if (start != std::string_view::npos) text.remove_prefix(start + 2);
        const auto question = text.find('?');
        if (question != std::string_view::npos) query = split(text.substr(question + 1), "&;");
        segments = split(text.substr(0, question), "/");
        if (!segments.empty()) segments.erase(segments.begin());  // the host
    }
};

std::string_view value_of(std::string_view pair) {
    const auto equals = pair.find('=');
    return equals == std::string_view::npos ? pair : pair.substr(equals + 1);
}

std::string key_of(std::string_view pair) {
    const auto equals = pair.find('=');
    return equals == std::string_view::npos ? "" : lower(pair.substr(0, equals));
}

bool has_picture_name(const Address& address) {
    if (address.segments.empty()) return false;
    const std::string name = lower(address.segments.back());
    for (const char* end : {".png", ".jpg", ".jpeg", ".svg", ".webp", ".bmp", ".gif"}) {
        if (name.ends_with(end)) return true;
    }
    return false;
}

bool has_mail_address(const Address& address) {
    return std::any_of(address.query.begin(), address.query.end(),
                       [](std::string_view pair) { return is_mail_address(value_of(pair)); }) ||
           std::any_of(address.segments.begin(), address.segments.end(), is_mail_address);
}

bool has_random_query(const Address& address) {
    return std::any_of(address.query.begin(), address.query.end(), [](std::string_view pair) {
        const std::string key = key_of(pair);
        const bool common = key.starts_with("x-amz-") || key.starts_with("utm_") ||
                            std::find(same_for_all.begin(), same_for_all.end(), key) != same_for_all.end();
        return !common && is_random(value_of(pair));
    });
}

bool has_random_segment(const Address& address) {
    return std::any_of(address.segments.begin(), address.segments.end(),
                       [](std::string_view segment) { return is_random(segment.substr(0, segment.rfind('.'))); });
}

}  // namespace

bool is_remote(std::string_view address) {
    const std::string start = lower(address.substr(0, 8));
    return start.starts_with("http://") || start.starts_with("https://") || start.starts_with("//");
}

bool has_token(std::string_view text) {
    const Address address{text};
    return has_mail_address(address) || has_random_query(address) || has_random_segment(address);
}

bool image_names_recipient(std::string_view text) {
    const Address address{text};
    return has_mail_address(address) || (!has_picture_name(address) && has_random_query(address));
}

bool is_spacer(std::string_view text) {
    const Address address{text};
    if (address.segments.empty()) return false;
    const std::string name = lower(address.segments.back());
    for (const char* word :
         {"spacer", "transparent", "blank", "clear", "trans.", "shim", "dot.", "1x1", "leer", "line"}) {
        if (name.find(word) != std::string::npos) return true;
    }
    return false;
}

bool link_names_recipient(std::string_view text) {
    const Address address{text};
    if (has_mail_address(address)) return true;
    const bool leads_on = std::any_of(address.segments.begin(), address.segments.end(), [](std::string_view segment) {
        constexpr std::array<std::string_view, 12> words{"c",    "ct",  "click", "cl",  "r",     "l",
                                                         "link", "lnk", "track", "trk", "redir", "redirect"};
        return std::find(words.begin(), words.end(), segment) != words.end();
    });
    return leads_on && (has_random_query(address) || has_random_segment(address));
}

}  // namespace crmaudit::classify
