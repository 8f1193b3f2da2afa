// Bytes that a driver hands over become valid UTF-8.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace crmaudit::connectors {

/// The text with every invalid byte sequence replaced by U+FFFD. NUL bytes stay.
std::string valid_utf8(std::string_view bytes);

/// The longest part from the start, of at most `limit` bytes, that does not end within a character.
std::string_view cut_utf8(std::string_view bytes, std::size_t limit);

}  // namespace crmaudit::connectors
