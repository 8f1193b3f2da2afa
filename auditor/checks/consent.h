// Consent of one purpose, from whatever a CRM keeps of it: flags, codes, dated events. Marketing and tracking are two
// purposes and never mixed.
#pragma once

#include "auditor/checks/check.h"

namespace crmaudit::checks {

/// The roles that tell of one purpose.
struct ConsentPurpose {
    Role granted;     // flag: as things stand
    Role refused;     // flag: as things stand
    Role granted_at;  // date of an event
    Role refused_at;  // date of an event
};

inline constexpr ConsentPurpose marketing{Role::marketing_granted, Role::marketing_refused, Role::marketing_granted_at,
                                          Role::marketing_objected};
inline constexpr ConsentPurpose tracking{Role::tracking_granted, Role::tracking_refused, Role::tracking_granted_at,
                                         Role::tracking_refused_at};

/// A refusal that stands wins. Of dated events the latest does, a refusal if two are of the same moment. Whoever has
/// not refused has agreed only by a positive sign; all others are unknown.
struct ConsentStates {
    Condition granted;
    Condition refused;
    Condition unknown;
};
ConsentStates consent_states(const Entity& entity, const ConsentPurpose& purpose);

/// True when both sides are mapped, by a flag or a date, or declared absent; notes the gaps in `plan` otherwise.
bool consent_usable(const Entity& entity, const ConsentPurpose& purpose, Plan& plan);

/// "table.column" of everything that decides, for the report.
std::vector<std::string> consent_columns(const Entity& entity, const ConsentPurpose& purpose);

/// A probe about the entity's live rows that consent decides: it watches for codes that the profile does not know.
Probe consent_probe(const Entity& entity, const ConsentPurpose& purpose, Condition affected);

}  // namespace crmaudit::checks
