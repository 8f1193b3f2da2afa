// What outlives persons who are deleted, as part of the result's XML: for how long, and where the CRM itself remembers.
#pragma once

#include <optional>
#include <pugixml.hpp>
#include <vector>

#include "auditor/model/result.h"
#include "auditor/xml/document.h"

namespace crmaudit::reports {

void write_keepsakes(pugi::xml_node root, const AuditResult& result);

/// Throws xml::DocumentError for a period that is none.
void read_keepsakes(const xml::Document& document, pugi::xml_node root, AuditResult& result);

}  // namespace crmaudit::reports
