// The texts of --help: examples first.
#pragma once

#include <string>

#include "auditor/app/option_table.h"

namespace crmaudit::app {

std::string general_help();
std::string command_help(const Command& command);

}  // namespace crmaudit::app
