// What exempts rows from erasure: a lawyer's hold, or a duty to keep documents.
#pragma once

#include "auditor/checks/check.h"

namespace crmaudit::checks {

/// False, with the gap in `plan`, where the profile maps an exemption that the catalog lacks: who is exempt is unknown.
bool exemptions_usable(const Entity& entity, Plan& plan);

/// Takes the rows that the role exempts out of the probe, and counts as a detail how many it would have affected.
void leave_out(Probe& probe, Role exemption);

/// Leaves them in and counts them as a detail: a duty to keep documents about a person is none to keep the person.
void tell_apart(Probe& probe, Role exemption);

}  // namespace crmaudit::checks
