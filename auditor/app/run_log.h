// One key=value line a run, to a file or to syslog, for whoever watches over jobs. Counts and names of files only.
#pragma once

#include <chrono>
#include <string>
#include <utility>
#include <vector>

#include "auditor/app/descriptor.h"

namespace crmaudit::app {

using LogFields = std::vector<std::pair<std::string, std::string>>;

/// key=value key="value with spaces"; quotes and control characters escaped, so that it stays one line.
std::string log_line(const LogFields& fields);

/// 2026-06-15T02:00:00Z
std::string to_timestamp(std::chrono::system_clock::time_point time);

class RunLog {
public:
    /// `target` is a file, "syslog", or empty for none. Throws Failure (73) when the file cannot be opened.
    explicit RunLog(const std::string& target);

    /// Appends a line in a single write; lines of runs at the same time do not mix. May be called from any thread.
    void write(std::chrono::system_clock::time_point time, const LogFields& fields) const noexcept;

private:
    bool syslog_ = false;
    Descriptor file_;
};

}  // namespace crmaudit::app
