// Where a CRM remembers addresses that must not be written to, as profiles and results state it.
#pragma once

#include <pugixml.hpp>
#include <vector>

#include "auditor/model/profile.h"

namespace crmaudit::xml {

/// Every <suppression> below the element.
std::vector<SuppressionPlace> read_suppression(pugi::xml_node parent);

}  // namespace crmaudit::xml
