// Entities of a profile that resemble each other: one takes over another's parts, and names in braces are filled in.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "auditor/model/entity.h"

namespace crmaudit::policies {

/// Values for names in braces: {module} → Leads.
using Parameters = std::map<std::string, std::string, std::less<>>;

/// `own`, and what it lacks from `base`: paths and attributes by name, absences by role; key and live condition where
/// own ones are not given. An absence of a role replaces the base's attributes of that role.
Entity derive(const Entity& base, Entity own, bool own_live);

/// Takes out the path (with the attributes through it) or attribute; false when there is neither.
bool remove(Entity& entity, const std::string& name);

/// Puts the values in place of {name} in all names and values. Gives the first {name} that has no value.
std::optional<std::string> fill_in(Entity& entity, const Parameters& parameters);

}  // namespace crmaudit::policies
