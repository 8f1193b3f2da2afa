// Files that the program reads whole: configuration, secrets, earlier results.
#pragma once

#include <string>

namespace crmaudit::app {

/// The content of a file. `what` names it in the message of the Failure (78) that is thrown when it cannot be read.
std::string read_file(const std::string& path, const std::string& what);

/// The same for a file with a secret, which nobody but its owner may read. Throws Failure (78) with the remedy.
/// `guarded`: it lies where the system itself keeps others out (systemd's credentials).
std::string read_secret_file(const std::string& path, const std::string& what, bool guarded = false);

}  // namespace crmaudit::app
