// Whether one condition follows from another, as far as their words alone tell.
#pragma once

#include "auditor/model/condition.h"

namespace crmaudit::reports::purge {

/// True only if every row that meets `met` meets `asked`: all that is asked is among what is met, word for word, or is
/// that nothing has happened since a later day. What would take more than comparing is false.
bool is_implied(const Condition& asked, const Condition& met);

/// All of the conditions, in their order, but nothing that follows from those before: each is asked of every row.
Condition all_once(const std::vector<Condition>& conditions);

}  // namespace crmaudit::reports::purge
