// Small reads that the readers of this folder and of the loaders share.
#pragma once

#include <string>
#include <vector>

#include "auditor/model/catalog.h"
#include "auditor/xml/document.h"

namespace crmaudit::xml {

/// The child elements, without the white space and comments between them.
std::vector<pugi::xml_node> elements(pugi::xml_node parent);

/// Unknown when the attribute is not there.
ColumnKind read_kind(const Document& document, pugi::xml_node element, const char* attribute_name);

/// An attribute "true" or "1"; false when it is not there.
bool read_flag(pugi::xml_node element, const char* attribute_name);

/// The attribute split at white space.
std::vector<std::string> read_words(pugi::xml_node element, const char* attribute_name);

}  // namespace crmaudit::xml
