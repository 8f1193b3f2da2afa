// Attributes and texts of an element, made legal in XML whatever they hold, and lists of texts read again.
#pragma once

#include <cstdint>
#include <pugixml.hpp>
#include <string>
#include <string_view>
#include <vector>

namespace crmaudit::reports {

void set(pugi::xml_node node, const char* name, std::string_view value);
/// Without the overload a string literal would convert to bool.
void set(pugi::xml_node node, const char* name, const char* value);
void set(pugi::xml_node node, const char* name, bool value);
void set(pugi::xml_node node, const char* name, std::int64_t value);
/// The shortest digits that read back as the same number.
void set(pugi::xml_node node, const char* name, double value);
void set_unless_empty(pugi::xml_node node, const char* name, std::string_view value);

pugi::xml_node add_text(pugi::xml_node parent, const char* name, std::string_view text);
void add_texts(pugi::xml_node parent, const char* name, const std::vector<std::string>& texts);

/// The texts of the children of this name, in their order.
std::vector<std::string> texts(pugi::xml_node parent, const char* name);

}  // namespace crmaudit::reports
