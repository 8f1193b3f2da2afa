// ODBC connection strings: KEY=value;KEY={value with ; and }} inside};…
// What takes them apart is connection_attributes() in database.h.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace crmaudit::connectors {

using Attributes = std::vector<std::pair<std::string, std::string>>;

/// The attributes as a connection string; values are put in braces where they need it.
std::string connection_string(const Attributes& attributes);

/// The value of the first attribute with this upper-case key, as ODBC takes the first of several; null when absent.
const std::string* find_attribute(const Attributes& attributes, std::string_view key);

/// Sets an attribute in the place of an earlier one, or at the end.
void set_attribute(Attributes& attributes, std::string_view key, std::string value);

/// What is wrong with a connection string in words, without any of its values; absent when it can be used.
std::optional<std::string> connection_string_fault(const std::string& text);

}  // namespace crmaudit::connectors
