// Runs a shell command from a test, and gives it a directory to work in.
#pragma once

#include <filesystem>
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

/// The variable that scripts/servers sets for live tests. Throws std::runtime_error, naming it, when it is absent.
std::string live_setting(const char* name);

/// A new directory, removed with everything in it at the end of the scope.
class TemporaryDirectory {
public:
    TemporaryDirectory();
    ~TemporaryDirectory();
    TemporaryDirectory(const TemporaryDirectory&) = delete;
    TemporaryDirectory& operator=(const TemporaryDirectory&) = delete;
    const std::filesystem::path& path() const { return path_; }

private:
    std::filesystem::path path_;
};

}  // namespace crmaudit::support
