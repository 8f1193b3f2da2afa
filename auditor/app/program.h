// The program as a function: arguments and surroundings in, exit code out.
#pragma once

#include <string>
#include <vector>

#include "auditor/app/surroundings.h"

namespace crmaudit::app {

/// `arguments` without the program's name. Errors become one line on Surroundings::err; nothing is thrown.
int run_program(const std::vector<std::string>& arguments, const Surroundings& surroundings) noexcept;

}  // namespace crmaudit::app
