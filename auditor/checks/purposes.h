// What the controller's declared purposes justify.
#pragma once

#include "auditor/checks/check.h"

namespace crmaudit::checks {

/// Some purpose that the controller declares needs this category of data.
bool is_justified(const CheckInput& input, Category category);

}  // namespace crmaudit::checks
