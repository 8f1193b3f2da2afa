// Where the data is: what the configuration declares of the source, and what the database itself tells of other hosts.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace crmaudit {

/// What the controller says of the source; empty where nothing is said.
struct DeclaredLocation {
    std::string country;             // ISO 3166-1 alpha-2
    std::string operator_name;       // who runs the server
    std::string processor_contract;  // reference of the contract under Art. 28, or "own" for one's own server
    std::vector<std::string> hosts;  // other hosts that data may go to; * and ? allowed
    bool operator==(const DeclaredLocation&) const = default;
};

/// A host named by the catalog or by the CRM's settings.
struct FoundHost {
    std::string what;    // "foreign_server", "foreign_table", "subscription", "replica", "primary"; "mail", "storage",
                         // "service" in settings
    std::string object;  // the server's name, the table, or table.column of the setting
    std::string host;    // without user, password, port and path
    auto operator<=>(const FoundHost&) const = default;
};

/// What a text says of hosts: names and addresses of other machines, in lower case, without what stands around them.
struct NamedHosts {
    std::vector<std::string> hosts;
    bool understood = true;  // false: the text is neither a host nor a list of hosts; then no part of it is given
};

/// Reads "host", "host:port", "user@host", URLs, and lists of these with commas or semicolons. Loopback, sockets and
/// paths name this machine, so they give nothing. No name is looked up.
NamedHosts other_hosts_in(std::string_view text);

/// Whether one of the patterns, with * and ? and without case, covers the host.
bool is_declared_host(std::string_view host, const std::vector<std::string>& patterns);

}  // namespace crmaudit
