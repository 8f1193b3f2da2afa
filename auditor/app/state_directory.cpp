#include "auditor/app/state_directory.h"

#include <sys/stat.h>
#include <unistd.h>

#include <filesystem>

namespace crmaudit::app {

std::string state_directory(const Settings& settings, const Surroundings& surroundings) {
    if (const auto given = settings.text("state")) return *given;
    if (const std::string systemd = surroundings.variable("STATE_DIRECTORY"); !systemd.empty()) {
        return systemd.substr(0, systemd.find(':'));
    }
    if (surroundings.user_id == 0) return "/var/lib/crmaudit";
    if (const std::string xdg = surroundings.variable("XDG_STATE_HOME"); xdg.starts_with('/')) return xdg + "/crmaudit";
    const std::string& home = surroundings.home;
    if (home.starts_with('/') && home != "/" && ::access(home.c_str(), W_OK) == 0) {
        return home + "/.local/state/crmaudit";
    }
    return "/tmp/crmaudit-" + std::to_string(surroundings.user_id);
}

void prepare_state_directory(const std::string& path, unsigned user_id) {
    const auto fail = [&](const std::string& why) {
        return Failure(ExitCode::cannot_write,
                       "cannot use " + path + " for locks: " + why + "; name another directory with --state");
    };
    std::error_code error;
    std::filesystem::create_directories(path, error);
    if (error) throw fail(error.message());
    struct stat state {};
    if (::stat(path.c_str(), &state) != 0 || !S_ISDIR(state.st_mode)) throw fail("it is no directory");
    // In /tmp somebody else could have made it first.
    if (path.starts_with("/tmp/crmaudit-") && (state.st_uid != user_id || (state.st_mode & 077) != 0)) {
        throw fail("it belongs to another account or is open to others");
    }
    if (::access(path.c_str(), W_OK | X_OK) != 0) throw fail("this account may not write there");
}

}  // namespace crmaudit::app
