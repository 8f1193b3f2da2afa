// Patterns of names and hosts as MariaDB and MySQL keep them: '%' any run of characters, '_' one, '\' takes a
// wildcard at its word.
#pragma once

#include <string_view>

namespace crmaudit::access {

bool fits(std::string_view pattern, std::string_view text);

/// How precise a pattern is: the server asks the most precise one that fits, and no other.
int precision(std::string_view pattern);

/// Whether it has a wildcard at all.
bool is_pattern(std::string_view pattern);

}  // namespace crmaudit::access
