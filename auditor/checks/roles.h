// What checks ask of an entity: is a role mapped, absent by the profile's word, or unknown; and conditions over a role.
#pragma once

#include <string>
#include <vector>

#include "auditor/checks/check.h"

namespace crmaudit::checks {

/// Person entities of the profile; notes in `plan` why there is none. Leads are persons.
std::vector<const Entity*> persons(const CheckInput& input, Plan& plan);

/// Entities of the kind. Where there is none, notes in `plan` that the CRM keeps no such thing (`none` is the reason
/// for not_applicable), or that nobody has said where it does.
std::vector<const Entity*> of_kind(const CheckInput& input, EntityKind kind, std::string_view none, Plan& plan);

/// True when the role can be used as it stands. Otherwise notes the gap in `plan`: not mapped at all, or mapped to
/// something the catalog lacks. A role that the profile declares absent counts as usable (nothing is there).
bool usable(const Entity& entity, Role role, Plan& plan);
bool usable(const Entity& entity, std::initializer_list<Role> roles, Plan& plan);

/// Like usable, but a role that is simply not mapped is fine too; only a partly unbound one is a gap.
bool whole(const Entity& entity, std::initializer_list<Role> roles, Plan& plan);

/// Some flag of the role holds. False for a role without attributes.
Condition some_hold(const Entity& entity, Role role);

/// Some attribute of the role is known (present text, plausible date).
Condition some_known(const Entity& entity, Role role);

/// Some date of the role is known and lies before `day`.
Condition some_before(const Entity& entity, Role role, Date day);

/// Some date of the role is known and lies on or after `day`.
Condition some_since(const Entity& entity, Role role, Date day);

/// Some date of the role is known, and no date of `other` is as late.
Condition some_later_than_all(const Entity& entity, Role role, Role other);

/// "table.column" of everything that decides the role or the attribute, for the report.
std::vector<std::string> columns_of(const Entity& entity, Role role);
std::vector<std::string> columns_of(const Entity& entity, const Attribute& attribute);

/// A probe about the entity's live rows: affected within all of them.
Probe probe_of(const Entity& entity, Condition affected);

}  // namespace crmaudit::checks
