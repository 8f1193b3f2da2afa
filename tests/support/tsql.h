// Reads T-SQL with Debian's sqlfluff, as no SQL Server is at hand.
#pragma once

#include <string>

namespace crmaudit::support {

/// What its grammar cannot parse, a line each; "" when all is well formed. Commands of the client and the session
/// settings that its grammar lacks are taken out before; whatever else it does not know fails.
std::string unparsable_tsql(const std::string& script);

}  // namespace crmaudit::support
