// The commands besides `audit`. Each takes its settings, writes to standard output and gives the exit code.
#pragma once

#include "auditor/app/exit_code.h"
#include "auditor/app/settings.h"
#include "auditor/app/surroundings.h"

namespace crmaudit::app {

ExitCode discover_command(const Settings& settings, const Surroundings& surroundings);
ExitCode render_command(const Settings& settings, const Surroundings& surroundings);
ExitCode purge_command(const Settings& settings, const Surroundings& surroundings);
ExitCode subject_command(const Settings& settings, const Surroundings& surroundings);
ExitCode list_command(const Settings& settings, const Surroundings& surroundings);
ExitCode explain_command(const Settings& settings, const Surroundings& surroundings);
ExitCode classify_command(const Settings& settings, const Surroundings& surroundings);
ExitCode doctor_command(const Settings& settings, const Surroundings& surroundings);
ExitCode check_config_command(const Settings& settings, const Surroundings& surroundings);

}  // namespace crmaudit::app
