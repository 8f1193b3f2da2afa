// Who can do what with which kind of data, as part of the result's XML.
#pragma once

#include <pugixml.hpp>

#include "auditor/model/result.h"
#include "auditor/xml/document.h"

namespace crmaudit::reports {

void write_access_matrix(pugi::xml_node root, const AuditResult& result);

/// Throws xml::DocumentError.
void read_access_matrix(const xml::Document& document, pugi::xml_node root, AuditResult& result);

}  // namespace crmaudit::reports
