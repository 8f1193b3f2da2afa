// Runs the real program as a scheduler would: with exactly the given environment, no terminal, and a time limit.
#pragma once

#include <sys/types.h>

#include <chrono>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace crmaudit::support {

struct ProcessOptions {
    std::map<std::string, std::string> environment;  // all of it
    bool closed_input = true;                        // descriptor 0 is closed, not empty
    mode_t file_mask = 0;
    std::optional<unsigned long> file_size_limit;  // RLIMIT_FSIZE in bytes: a disk that is full after so many
    std::optional<uid_t> user;                     // only as root
    std::string directory;                         // empty: the test's own
};

struct ProcessResult {
    int code = -1;  // -1 when a signal ended it
    std::string out;
    std::string err;
};

class Process {
public:
    Process(const std::string& program, const std::vector<std::string>& arguments, const ProcessOptions& options = {});
    /// Kills what still runs.
    ~Process();
    Process(const Process&) = delete;
    Process& operator=(const Process&) = delete;

    pid_t id() const { return id_; }
    void send(int signal) const;
    /// Waits for the end; throws std::runtime_error, and kills it, when that takes longer.
    ProcessResult wait(std::chrono::seconds longest = std::chrono::seconds{120});

private:
    pid_t id_ = -1;
    int out_ = -1;
    int err_ = -1;
};

#ifdef CRMAUDIT_PROGRAM
/// The crmaudit that was built with the tests, to its end.
inline ProcessResult run_crmaudit(const std::vector<std::string>& arguments, const ProcessOptions& options) {
    return Process{CRMAUDIT_PROGRAM, arguments, options}.wait();
}
#endif

/// ODBCSYSINI and ODBCINI of the tests and nothing else.
std::map<std::string, std::string> bare_environment();

std::string read_text(const std::string& path);
void write_text(const std::string& path, const std::string& text, mode_t mode = 0600);

}  // namespace crmaudit::support
