// What inherited rules rest on in another country: the same duty, another law.
#pragma once

#include "auditor/model/policy.h"
#include "auditor/xml/document.h"

namespace crmaudit::policies {

/// Applies the <instead> elements of a policy to the rules it inherits. Fails for a law that no inherited rule rests
/// on.
void replace_bases(const xml::Document& document, Policy& inherited);

}  // namespace crmaudit::policies
