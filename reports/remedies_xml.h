// What to revoke, as part of the result's XML.
#pragma once

#include <pugixml.hpp>

#include "auditor/model/result.h"
#include "auditor/xml/document.h"

namespace crmaudit::reports {

void write_remedies(pugi::xml_node root, const AuditResult& result);

/// Throws xml::DocumentError.
void read_remedies(const xml::Document& document, pugi::xml_node root, AuditResult& result);

}  // namespace crmaudit::reports
