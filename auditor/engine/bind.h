// Binds a profile to a catalog: tables get their schema, columns their kind, and what the catalog lacks is named.
#pragma once

#include <vector>

#include "auditor/model/catalog.h"
#include "auditor/model/profile.h"

namespace crmaudit::engine {

/// Every entity of the profile. An attribute that needs a table or column the catalog lacks is left out and its role
/// listed in Entity::unbound, so that no check takes a part of the evidence for all of it.
/// An optional attribute or entity that the catalog lacks is left out silently.
std::vector<Entity> bind(const Profile& profile, const Catalog& catalog);

}  // namespace crmaudit::engine
