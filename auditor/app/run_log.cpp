#include "auditor/app/run_log.h"

#include <fcntl.h>
#include <syslog.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <ctime>

#include "auditor/app/exit_code.h"

namespace crmaudit::app {
namespace {

std::string quoted(const std::string& value) {
    const auto plain = [](unsigned char c) { return c > ' ' && c != '"' && c != '=' && c != '\\' && c != 0x7f; };
    if (!value.empty() && std::all_of(value.begin(), value.end(), plain)) return value;
    std::string text = "\"";
    for (const char c : value) {
        if (c == '"' || c == '\\') text += '\\';
        if (c == '\n') {
            text += "\\n";
        } else {
            text += static_cast<unsigned char>(c) < ' ' || c == 0x7f ? ' ' : c;
        }
    }
    return text + '"';
}

}  // namespace

std::string log_line(const LogFields& fields) {
    std::string line;
    for (const auto& [key, value] : fields) line += (line.empty() ? "" : " ") + key + "=" + quoted(value);
    return line;
}

std::string to_timestamp(std::chrono::system_clock::time_point time) {
    const std::time_t seconds = std::chrono::system_clock::to_time_t(time);
    std::tm utc{};
    ::gmtime_r(&seconds, &utc);
    std::array<char, 32> text{};
    const std::size_t length = std::strftime(text.data(), text.size(), "%Y-%m-%dT%H:%M:%SZ", &utc);
    return {text.data(), length};
}

RunLog::RunLog(const std::string& target) : syslog_(target == "syslog") {
    if (target.empty() || syslog_) return;
    file_ = Descriptor{::open(target.c_str(), O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC | O_NOCTTY, 0600)};
    if (!file_.is_open()) {
        throw Failure(ExitCode::cannot_write, "cannot write the log " + target + ": " + std::strerror(errno) +
                                                  "; give --log a file this account may write");
    }
}

void RunLog::write(std::chrono::system_clock::time_point time, const LogFields& fields) const noexcept {
    try {
        if (syslog_) {
            ::openlog("crmaudit", LOG_PID, LOG_USER);
            ::syslog(LOG_INFO, "%s", log_line(fields).c_str());
        } else if (file_.is_open()) {
            const std::string line = "time=" + to_timestamp(time) + " " + log_line(fields) + "\n";
            // A log that is full must not hide how the run ended.
            [[maybe_unused]] const ssize_t written = ::write(file_.get(), line.data(), line.size());
        }
    } catch (...) {
        // Out of memory while the run ends; the exit code still tells.
    }
}

}  // namespace crmaudit::app
