// Patterns with * (any run of characters) and ? (one character), as in shells. Bytes, case-sensitive.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace crmaudit {

bool matches_wildcard(std::string_view text, std::string_view pattern);

/// True when one of the patterns matches.
bool matches_any(std::string_view text, const std::vector<std::string>& patterns);

}  // namespace crmaudit
