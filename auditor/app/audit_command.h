// `crmaudit audit`: the job from options to exit code.
#pragma once

#include "auditor/app/exit_code.h"
#include "auditor/app/settings.h"
#include "auditor/app/surroundings.h"

namespace crmaudit::app {

ExitCode audit_command(const Settings& settings, const Surroundings& surroundings);

}  // namespace crmaudit::app
