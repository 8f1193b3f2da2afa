// Who may access what and where data may go: parts of a policy.
#pragma once

#include <pugixml.hpp>

#include "auditor/model/policy.h"
#include "auditor/xml/document.h"

namespace crmaudit::policies {

/// Throws xml::DocumentError.
Access read_access(const xml::Document& document, pugi::xml_node node);

Recipient read_recipient(pugi::xml_node node);

}  // namespace crmaudit::policies
