// Runs a shell command from a test.
#pragma once

#include <string>

namespace crmaudit::support {

struct CommandResult {
    int code = 0;
    std::string output;  // of standard output; what the command says on standard error reaches the test's log
};

/// Throws std::runtime_error when no shell can be started or the command was ended by a signal.
CommandResult run(const std::string& command);

/// As one word for the shell, whatever it contains.
std::string quoted(const std::string& word);

}  // namespace crmaudit::support
