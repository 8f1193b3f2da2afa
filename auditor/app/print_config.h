// What --print-config shows: every option, its value and where the value comes from. Secrets are hidden.
#pragma once

#include <string>

#include "auditor/app/settings.h"
#include "auditor/app/surroundings.h"

namespace crmaudit::app {

std::string print_config(const Settings& settings, const Surroundings& surroundings);

}  // namespace crmaudit::app
