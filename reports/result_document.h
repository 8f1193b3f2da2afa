// What the writer and the reader of report.xml agree on: names, version, bytes and checksum.
#pragma once

#include <pugixml.hpp>
#include <string>

namespace crmaudit::reports {

inline constexpr const char* result_namespace = "urn:crmaudit:result:1";
inline constexpr const char* result_version = "1.6";

/// The element and all below it, indented, the same bytes for the same tree.
std::string serialised(pugi::xml_node element);

/// Parses without validation, as every reader of results does; false when it is not well-formed.
bool parse(pugi::xml_document& tree, const std::string& text);

/// The checksum of a parsed result whose root carries no checksum.
std::string content_checksum(pugi::xml_node root);

}  // namespace crmaudit::reports
