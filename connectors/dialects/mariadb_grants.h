// SHOW GRANTS as values: the one source that tells an account of MariaDB or MySQL all its own rights, those of its
// active roles included.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "auditor/model/catalog.h"

namespace crmaudit::connectors {

/// 'user'@'host', or the plain name of a role (which has no host).
std::string mariadb_account(std::string_view user, std::string_view host);

/// One line of SHOW GRANTS; empty for lines that grant a role, nothing (USAGE) or rights on no table. Whatever follows
/// the account, such as a password's hash, is not looked at. The schema may be a pattern (see covers_schema).
std::vector<Grant> parse_grant(std::string_view line);

/// Whether a grant's schema pattern ('_' and '%' are wildcards unless escaped) takes in a database; empty takes in all.
bool covers_schema(std::string_view pattern, std::string_view database);

/// Whether the privilege lets its holder change data, structure or rights.
bool is_writing_privilege(std::string_view privilege);

}  // namespace crmaudit::connectors
