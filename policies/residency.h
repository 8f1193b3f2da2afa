// <residency> of a policy: which countries are inside the reach of its law, and where the controller is established.
#pragma once

#include <optional>

#include "auditor/model/policy.h"
#include "auditor/xml/document.h"

namespace crmaudit::policies {

/// Every country that ships and is not inside is outside, in all its spellings. What the element does not state is
/// taken from `inherited`. Fails at the element for codes that no country has.
Residency read_residency(const xml::Document& document, pugi::xml_node node,
                         const std::optional<Residency>& inherited = {});

}  // namespace crmaudit::policies
