#include "connectors/dialects/mariadb_remote.h"

#include <algorithm>
#include <array>
#include <optional>
#include <vector>

namespace crmaudit::connectors {
namespace {

std::string lower(std::string_view text) {
    std::string folded{text};
    std::transform(folded.begin(), folded.end(), folded.begin(),
                   [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
    return folded;
}

bool is_word(char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_'; }

/// The quoted text that begins at `at`; a doubled quote stands for one.
std::optional<std::string> quoted_at(std::string_view text, std::size_t at) {
    if (at >= text.size() || (text[at] != '\'' && text[at] != '"')) return std::nullopt;
    const char quote = text[at];
    std::string value;
    for (std::size_t i = at + 1; i < text.size(); ++i) {
        if (text[i] != quote) {
            value += text[i];
        } else if (i + 1 < text.size() && text[i + 1] == quote) {
            value += text[i++];
        } else {
            return value;
        }
    }
    return std::nullopt;
}

/// Every quoted value after the word, with spaces and signs of equality between: `host "a"`, `CONNECTION='b'`.
std::vector<std::string> values_after(std::string_view text, std::string_view word) {
    const std::string folded = lower(text);
    std::vector<std::string> values;
    for (auto at = folded.find(word); at != std::string::npos; at = folded.find(word, at + 1)) {
        const bool is_part = (at > 0 && is_word(folded[at - 1]));
        const auto value = folded.find_first_not_of(" =`", at + word.size());
        if (is_part || value == std::string::npos || value == at + word.size()) continue;
        if (auto found = quoted_at(text, value)) values.push_back(std::move(*found));
    }
    return values;
}

/// "SERVER=host;UID=…", as ODBC writes it.
std::optional<std::string> host_of_attributes(std::string_view connection) {
    constexpr std::array<std::string_view, 4> names{"server", "host", "address", "hostname"};
    while (!connection.empty()) {
        const auto end = std::min(connection.find(';'), connection.size());
        const std::string_view pair = connection.substr(0, end);
        connection.remove_prefix(std::min(end + 1, connection.size()));
        const auto sign = pair.find('=');
        if (sign == std::string_view::npos) continue;
        const std::string name = lower(pair.substr(0, sign));
        if (std::find(names.begin(), names.end(), name) != names.end()) return std::string{pair.substr(sign + 1)};
    }
    return std::nullopt;
}

void add(NamedHosts& all, const NamedHosts& found) {
    all.understood = all.understood && found.understood;
    for (const std::string& host : found.hosts) {
        if (std::find(all.hosts.begin(), all.hosts.end(), host) == all.hosts.end()) all.hosts.push_back(host);
    }
}

}  // namespace

NamedHosts hosts_of_remote_table(std::string_view create_statement) {
    NamedHosts all;
    // Columns may be called host, too; the options of the table come after the last parenthesis of its own line.
    const auto options = create_statement.find("\n)");
    const std::string_view text =
        options == std::string_view::npos ? create_statement : create_statement.substr(options);
    for (const char* word : {"host", "remote_host", "http"}) {
        for (const std::string& value : values_after(text, word)) add(all, other_hosts_in(value));
    }
    for (const std::string& comment : values_after(text, "comment")) {
        for (const std::string& value : values_after(comment, "host")) add(all, other_hosts_in(value));
    }
    for (const std::string& connection : values_after(text, "connection")) {
        const auto hosts = values_after(connection, "host");
        for (const std::string& value : hosts) add(all, other_hosts_in(value));
        if (!hosts.empty()) continue;
        if (connection.find("://") != std::string::npos) {
            add(all, other_hosts_in(connection));
        } else if (const auto host = host_of_attributes(connection)) {
            add(all, other_hosts_in(*host));
        } else if (connection.find('=') != std::string::npos) {
            all.understood = false;  // a data source that is described elsewhere
        }
    }
    return all;
}

}  // namespace crmaudit::connectors
