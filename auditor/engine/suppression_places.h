// Where the CRM of this database remembers addresses that must not be written to.
#pragma once

#include <vector>

#include "auditor/model/catalog.h"
#include "auditor/model/profile.h"

namespace crmaudit::engine {

/// The profile's places with schema and spelling of the catalog. One that lacks its table or a column is left out: it
/// is not installed here, or not what the profile knows.
std::vector<SuppressionPlace> bound_places(const Profile& profile, const Catalog& catalog);

}  // namespace crmaudit::engine
