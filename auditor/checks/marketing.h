// Who gets marketing mail: shared by the checks that ask whether they may.
#pragma once

#include <optional>

#include "auditor/checks/check.h"

namespace crmaudit::checks {

/// Got marketing mail, or is on a list that such mail goes to. Absent where the CRM has neither; a gap in `plan` where
/// the profile does not say.
std::optional<Condition> marketed(const Entity& person, Plan& plan);

}  // namespace crmaudit::checks
