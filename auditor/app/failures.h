// Whatever was thrown, as the code and the one line the program ends with.
#pragma once

#include <exception>

#include "auditor/app/exit_code.h"

namespace crmaudit::app {

Failure to_failure(const std::exception_ptr& thrown);

/// The end by a signal: 130 for SIGINT, 143 for any other.
Failure ended_by(int signal);

}  // namespace crmaudit::app
