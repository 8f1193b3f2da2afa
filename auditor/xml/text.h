// Text that XML can hold: database names may hold bytes that XML 1.0 forbids.
#pragma once

#include <string>
#include <string_view>

namespace crmaudit::xml {

/// The text with U+FFFD in place of control characters (other than tab and line feed) and of bytes that are no UTF-8.
std::string legal(std::string_view text);

/// White space at the ends removed, runs of it inside made one space.
std::string collapsed(std::string_view text);

}  // namespace crmaudit::xml
