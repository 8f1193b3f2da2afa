// The texts of a rule in its languages: whole for a new rule, single parts for one that is inherited.
#pragma once

#include "auditor/model/policy.h"
#include "auditor/xml/document.h"

namespace crmaudit::policies {

/// Reads the <text> elements of a <rule> into the rule. Fails when a language comes twice or lacks a part; when English
/// or German is missing; and when an inherited rule gets a part in one of them and not in the other.
void read_rule_texts(const xml::Document& document, pugi::xml_node node, Rule& rule, bool inherited);

}  // namespace crmaudit::policies
