// Binds a profile to a catalog: tables get their schema, columns their kind, and what the catalog lacks is named.
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "auditor/checks/check.h"
#include "auditor/model/catalog.h"
#include "auditor/model/policy.h"
#include "auditor/model/profile.h"

namespace crmaudit::engine {

/// Every entity of the profile. An attribute that needs a table or column the catalog lacks is left out and its role
/// listed in Entity::unbound, so that no check takes a part of the evidence for all of it.
/// An optional attribute or entity that the catalog lacks is left out silently.
std::vector<Entity> bind(const Profile& profile, const Catalog& catalog);

/// The same of one entity by itself, whether it is optional or not. What its live condition lacks counts for each of
/// its roles.
Entity bind(const Entity& entity, const Catalog& catalog);

/// The rows of a rule. `bound` holds the profile's entities as bind() gave them. Whatever the condition needs and the
/// profile or the catalog lacks is named: nothing of it is taken for false. Own paths and attributes get the rule's id
/// before their names, so that rules over one entity do not mistake each other's.
checks::BoundRows bind_rows(const Rule& rule, const std::optional<Profile>& profile, const std::vector<Entity>& bound,
                            const Catalog& catalog);

}  // namespace crmaudit::engine
