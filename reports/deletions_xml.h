// What purge scripts have deleted, and the purposes that the controller declares: groups of report.xml, written and
// read.
#pragma once

#include <pugixml.hpp>
#include <vector>

#include "auditor/model/result.h"
#include "auditor/xml/document.h"

namespace crmaudit::reports {

void add_deletions(pugi::xml_node root, const AuditResult& result);
void add_purposes(pugi::xml_node root, const std::vector<Purpose>& purposes);

/// Both throw xml::DocumentError.
std::vector<Deletion> read_deletions(const xml::Document& document, pugi::xml_node root);
std::vector<Purpose> read_purposes(const xml::Document& document, pugi::xml_node root);

}  // namespace crmaudit::reports
