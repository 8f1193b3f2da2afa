// From where accounts may come, and whom a line of the list of host rules lets in: what the rules about logins ask of
// the permissions' facts.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "auditor/model/permissions.h"

namespace crmaudit::access {

enum class Origin {
    this_machine,
    somewhere,  // a part of the net, or hosts by name
    anywhere,
};

/// Of the host that belongs to an account's name, with '%' and '_' as wildcards.
Origin origin_of_host(std::string_view host);
Origin origin_of(const Permissions::HostRule& rule);

/// Whether the line admits connections that nobody encrypts.
bool admits_plain(const Permissions::HostRule& rule);

/// The accounts that may log in to the database, or replicate the server, by this line. A name that is an expression
/// counts as everybody's.
std::vector<Permissions::Id> admitted(const Permissions& permissions, const Permissions::HostRule& rule,
                                      std::string_view database);

/// Whether an earlier line takes everything that this one (by its place in the list) could take: the first decides.
bool is_never_reached(const Permissions& permissions, std::size_t rule);

/// As pg_hba.conf writes it, without options: "host all all 10.0.0.0/8 trust".
std::string text_of(const Permissions::HostRule& rule);

}  // namespace crmaudit::access
