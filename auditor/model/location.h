// Where the data is: what the configuration declares of the source, and what the database itself tells of other hosts.
#pragma once

#include <string>
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
    std::string what;    // "foreign server", "replica", "mail", "storage", "service"
    std::string object;  // the foreign server's name, or table.column of the setting
    std::string host;    // without user, password, port and path
    auto operator<=>(const FoundHost&) const = default;
};

}  // namespace crmaudit
