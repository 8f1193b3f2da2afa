// How the program ends, in numbers that scripts rely on.
#pragma once

#include <stdexcept>
#include <string>

namespace crmaudit::app {

enum class ExitCode {
    clean = 0,           // nothing at or above --fail-on
    internal_error = 1,  // a defect of the program
    findings = 2,        // findings at or above --fail-on
    incomplete = 3,      // something could not be checked; the findings are written all the same
    usage = 64,
    unreachable = 69,
    cannot_write = 73,
    locked = 75,
    not_permitted = 77,
    bad_configuration = 78,
    interrupted = 130,  // SIGINT
    terminated = 143,   // SIGTERM
};

/// This cannot go on: the code to end with, and one line that says what happened and what to do. Never a secret.
class Failure : public std::runtime_error {
public:
    Failure(ExitCode code, const std::string& what) : std::runtime_error(what), code_(code) {}
    ExitCode code() const { return code_; }

private:
    ExitCode code_;
};

}  // namespace crmaudit::app
