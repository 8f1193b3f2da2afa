// Plain text in columns, for lists on a terminal.
#pragma once

#include <string>
#include <vector>

namespace crmaudit::app {

/// One line a row; every column but the last as wide as its widest cell (in characters, not bytes).
std::string in_columns(const std::vector<std::vector<std::string>>& rows);

/// Words on lines of at most `width` characters, each line after `indent`.
std::string wrapped(const std::string& text, const std::string& indent, std::size_t width = 100);

}  // namespace crmaudit::app
