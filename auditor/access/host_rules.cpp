#include "auditor/access/host_rules.h"

#include <algorithm>
#include <set>

#include "auditor/access/network.h"

namespace crmaudit::access {
namespace {

using Id = Permissions::Id;
using HostRule = Permissions::HostRule;
using Names = std::vector<std::string>;

constexpr std::string_view wildcards = "%_";

bool has(const Names& names, std::string_view name) {
    return std::find(names.begin(), names.end(), name) != names.end();
}

/// "%.example.org" has two parts that are fixed, "%.com" one.
bool ends_in_a_domain(std::string_view host) {
    const std::string_view fixed = host.substr(host.find_last_of(wildcards) + 1);
    const auto dot = fixed.find('.', fixed.starts_with('.') ? 1 : 0);
    const bool is_address = fixed.find_first_not_of("0123456789.") == std::string_view::npos;
    return !is_address && dot != std::string_view::npos && dot + 1 < fixed.size();
}

bool is_expression(const std::string& name) { return name.starts_with('/'); }

/// The role and everybody who is a member of it, directly or not.
std::set<Id> members_of(const Permissions& permissions, std::string_view role) {
    std::set<Id> found;
    for (Id id = 0; id < permissions.principals.size(); ++id) {
        if (permissions.principals[id].name == role) found.insert(id);
    }
    for (bool grew = !found.empty(); grew;) {
        grew = false;
        for (const auto& each : permissions.memberships) {
            if (found.contains(each.role)) grew = found.insert(each.member).second || grew;
        }
    }
    return found;
}

/// Whom a list of users means.
class Users {
public:
    Users(const Permissions& permissions, const Names& names) : names_(names.begin(), names.end()) {
        for (const std::string& name : names) {
            all_ = all_ || name == "all" || is_expression(name);
            if (name.starts_with('+')) members_.merge(members_of(permissions, std::string_view{name}.substr(1)));
        }
    }
    bool mean(Id id, const std::string& name) const { return all_ || names_.contains(name) || members_.contains(id); }

private:
    bool all_ = false;
    std::set<std::string> names_;
    std::set<Id> members_;
};

/// Who may come to the database, or replicate the server, as a list of databases says.
class Visitors {
public:
    Visitors(const Permissions& permissions, const Names& names, std::string_view database) : database_(database) {
        for (const std::string& name : names) {
            all_ = all_ || name == "all" || name == database || is_expression(name);
            same_user_ = same_user_ || name == "sameuser";
            replication_ = replication_ || name == "replication";
            if (name == "samerole" || name == "samegroup") members_ = members_of(permissions, database);
        }
    }
    bool mean(Id id, const Permissions::Principal& principal) const {
        return all_ || members_.contains(id) || (same_user_ && principal.name == database_) ||
               (replication_ && (principal.replicates || principal.superuser));
    }

private:
    std::string_view database_;
    bool all_ = false, same_user_ = false, replication_ = false;
    std::set<Id> members_;
};

bool takes_type(const std::string& earlier, const std::string& later) {
    return earlier == later || (earlier == "host" && later != "local");
}

/// "all" stands for every database, but not for replication, and for every user.
bool takes_names(const Names& earlier, const Names& later) {
    return std::all_of(later.begin(), later.end(), [&](const std::string& name) {
        return has(earlier, name) || (has(earlier, "all") && name != "replication");
    });
}

bool takes_address(const std::string& earlier, const std::string& later) {
    if (earlier == later || earlier == "all") return true;
    const auto whole = parse_network(earlier);
    const auto part = parse_network(later);
    return whole && part && contains(*whole, *part);
}

std::string joined(const Names& names) {
    std::string text;
    for (const std::string& name : names) text += (text.empty() ? "" : ",") + name;
    return text;
}

}  // namespace

Origin origin_of_host(std::string_view host) {
    if (host == "localhost") return Origin::this_machine;
    if (const auto network = parse_network(host)) {
        if (is_loopback(*network)) return Origin::this_machine;
        return is_open(*network) ? Origin::anywhere : Origin::somewhere;
    }
    const auto wild = host.find_first_of(wildcards);
    if (host.empty() || wild == 0) return ends_in_a_domain(host) ? Origin::somewhere : Origin::anywhere;
    if (wild == std::string_view::npos) return Origin::somewhere;
    // "10.%" leaves a net of a size that somebody chose; "1%" does not.
    const std::string_view fixed = host.substr(0, wild);
    if (fixed.starts_with("127.")) return Origin::this_machine;
    const bool is_number = fixed.find_first_not_of("0123456789.") == std::string_view::npos;
    return is_number && fixed.find('.') == std::string_view::npos ? Origin::anywhere : Origin::somewhere;
}

Origin origin_of(const HostRule& rule) {
    if (rule.type == "local" || rule.address == "samehost" || rule.address == "localhost") return Origin::this_machine;
    if (rule.address == "all") return Origin::anywhere;
    if (const auto network = parse_network(rule.address)) {
        if (is_loopback(*network)) return Origin::this_machine;
        return is_open(*network) ? Origin::anywhere : Origin::somewhere;
    }
    if (rule.address.starts_with('.')) return ends_in_a_domain(rule.address) ? Origin::somewhere : Origin::anywhere;
    return Origin::somewhere;
}

bool admits_plain(const HostRule& rule) {
    return rule.type == "host" || rule.type == "hostnossl" || rule.type == "hostnogssenc";
}

std::vector<Id> admitted(const Permissions& permissions, const HostRule& rule, std::string_view database) {
    std::vector<Id> accounts;
    if (rule.method == "reject") return accounts;
    const Users users{permissions, rule.users};
    const Visitors visitors{permissions, rule.databases, database};
    for (Id id = 0; id < permissions.principals.size(); ++id) {
        const auto& principal = permissions.principals[id];
        if (principal.can_login && users.mean(id, principal.name) && visitors.mean(id, principal))
            accounts.push_back(id);
    }
    return accounts;
}

bool is_never_reached(const Permissions& permissions, std::size_t rule) {
    const auto& all = permissions.host_rules;
    const HostRule& later = all[rule];
    return std::any_of(all.begin(), all.begin() + static_cast<std::ptrdiff_t>(rule), [&](const HostRule& earlier) {
        return takes_type(earlier.type, later.type) && takes_names(earlier.databases, later.databases) &&
               takes_names(earlier.users, later.users) && takes_address(earlier.address, later.address);
    });
}

std::string text_of(const HostRule& rule) {
    std::string text = rule.type + " " + joined(rule.databases) + " " + joined(rule.users) + " ";
    const auto network = parse_network(rule.address);
    const auto slash = rule.address.find('/');
    if (network && slash != std::string::npos) {
        text += rule.address.substr(0, slash) + "/" + std::to_string(network->bits) + " ";
    } else if (!rule.address.empty()) {
        text += rule.address + " ";
    }
    return text + rule.method;
}

}  // namespace crmaudit::access
