// Where a table of MariaDB lives whose rows another server keeps, as SHOW CREATE TABLE tells it.
#pragma once

#include <string>
#include <string_view>

#include "auditor/model/location.h"

namespace crmaudit::connectors {

/// The hosts in the statement; users, passwords and the rest of a connection are passed over. A connection that is only
/// the name of a server in mysql.servers gives nothing, and neither does a table over a file.
NamedHosts hosts_of_remote_table(std::string_view create_statement);

}  // namespace crmaudit::connectors
