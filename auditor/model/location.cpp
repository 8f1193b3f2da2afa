#include "auditor/model/location.h"

#include <algorithm>
#include <optional>

#include "auditor/model/wildcard.h"

namespace crmaudit {
namespace {

constexpr std::string_view white = " \t\r\n";
constexpr std::string_view this_machine = "localhost";

std::string_view trimmed(std::string_view text) {
    const auto first = text.find_first_not_of(white);
    if (first == std::string_view::npos) return {};
    return text.substr(first, text.find_last_not_of(white) - first + 1);
}

std::string lower(std::string_view text) {
    std::string folded{text};
    for (char& c : folded) {
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    }
    return folded;
}

bool is_digit(char c) { return c >= '0' && c <= '9'; }

bool is_host_character(char c) {
    const auto byte = static_cast<unsigned char>(c);
    return is_digit(c) || (c >= 'a' && c <= 'z') || c == '.' || c == '-' || c == '_' || byte >= 0x80;
}

bool is_port(std::string_view text) {
    return !text.empty() && text.size() <= 5 && std::all_of(text.begin(), text.end(), is_digit);
}

bool is_ipv6(std::string_view text) {
    return std::count(text.begin(), text.end(), ':') >= 2 && std::all_of(text.begin(), text.end(), [](char c) {
               return is_digit(c) || (c >= 'a' && c <= 'f') || c == ':' || c == '.';
           });
}

/// A number alone is a port or a switch. Four of them are an address.
bool is_name(std::string_view text) {
    constexpr std::size_t longest = 253;
    if (text.empty() || text.size() > longest || text.front() == '.' || text.front() == '-') return false;
    const bool only_digits = std::all_of(text.begin(), text.end(), is_digit);
    return !only_digits && std::all_of(text.begin(), text.end(), is_host_character);
}

std::optional<std::string> without_port(std::string_view authority) {
    if (authority.starts_with('[')) {
        const auto end = authority.find(']');
        if (end == std::string_view::npos) return std::nullopt;
        const std::string_view rest = authority.substr(end + 1);
        if (!rest.empty() && !(rest.front() == ':' && is_port(rest.substr(1)))) return std::nullopt;
        const std::string_view address = authority.substr(1, end - 1);
        return is_ipv6(address) ? std::optional<std::string>{address} : std::nullopt;
    }
    if (is_ipv6(authority)) return std::string{authority};
    const auto colon = authority.find(':');
    if (colon != std::string_view::npos && !is_port(authority.substr(colon + 1))) return std::nullopt;
    std::string_view name = authority.substr(0, colon);
    if (name.ends_with('.')) name.remove_suffix(1);
    return is_name(name) ? std::optional<std::string>{name} : std::nullopt;
}

/// One host out of a name or a URL; absent for anything else, so that no part of a secret passes for a host.
std::optional<std::string> host_in(std::string_view given) {
    const std::string text = lower(trimmed(given));
    const bool is_network_path = text.starts_with("//");
    if ((text.starts_with('/') && !is_network_path) || text.starts_with('@') || text.starts_with("unix:") ||
        text.starts_with("file:")) {
        return std::string{this_machine};
    }
    std::string_view rest = text;
    if (const auto scheme = rest.find("://"); scheme != std::string_view::npos) rest.remove_prefix(scheme + 3);
    if (is_network_path) rest.remove_prefix(2);
    const auto end = std::min(rest.find_first_of("/?#"), rest.size());
    std::string_view authority = rest.substr(0, end);
    // A password with a slash would put its beginning where the host is looked for.
    if (rest.substr(end).find('@') != std::string_view::npos) return std::nullopt;
    if (const auto at = authority.rfind('@'); at != std::string_view::npos) authority.remove_prefix(at + 1);
    return without_port(authority);
}

bool is_this_machine(std::string_view host) {
    return host == this_machine || host.ends_with(".localhost") || host == "localhost.localdomain" ||
           host.starts_with("127.") || host == "::1" || host == "0:0:0:0:0:0:0:1" || host.starts_with("::ffff:127.") ||
           host == "0.0.0.0" || host == "::";
}

}  // namespace

NamedHosts other_hosts_in(std::string_view text) {
    NamedHosts named;
    while (!text.empty()) {
        const auto end = std::min(text.find_first_of(",;"), text.size());
        const std::string_view item = trimmed(text.substr(0, end));
        text.remove_prefix(std::min(end + 1, text.size()));
        if (item.empty()) continue;
        const auto host = host_in(item);
        if (!host) return {{}, false};
        if (is_this_machine(*host)) continue;
        if (std::find(named.hosts.begin(), named.hosts.end(), *host) == named.hosts.end()) {
            named.hosts.push_back(*host);
        }
    }
    return named;
}

bool is_declared_host(std::string_view host, const std::vector<std::string>& patterns) {
    return std::any_of(patterns.begin(), patterns.end(),
                       [&](const std::string& pattern) { return matches_wildcard(lower(host), lower(pattern)); });
}

}  // namespace crmaudit
