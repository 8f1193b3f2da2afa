// Where locks live. Works under `env -i`, without a home, and for accounts that may write next to nothing.
#pragma once

#include <string>

#include "auditor/app/settings.h"
#include "auditor/app/surroundings.h"

namespace crmaudit::app {

/// --state, else $STATE_DIRECTORY (systemd), else /var/lib/crmaudit for root, else $XDG_STATE_HOME/crmaudit, else
/// ~/.local/state/crmaudit, else a private directory of the account in /tmp. Every run of one account under the same
/// settings finds the same one, so that two runs see each other's lock.
std::string state_directory(const Settings& settings, const Surroundings& surroundings);

/// Makes the directory, closed to others, if it does not exist. Throws Failure (73) when it cannot be used.
void prepare_state_directory(const std::string& path, unsigned user_id);

}  // namespace crmaudit::app
