#include "auditor/app/run_lock.h"

#include <fcntl.h>

#include <cerrno>
#include <cstring>

#include "auditor/app/exit_code.h"

namespace crmaudit::app {
namespace {

struct flock whole_file() {
    struct flock lock {};
    lock.l_type = F_WRLCK;
    lock.l_whence = SEEK_SET;
    return lock;
}

}  // namespace

// A POSIX record lock: unlike flock(2) it lets the kernel say who holds it. The file is opened once only, because
// closing any other descriptor of it would give the lock away.
RunLock::RunLock(const std::string& directory, const std::string& label) {
    const std::string path = directory + "/" + label + ".lock";
    const auto fail = [&](int error) {
        return Failure(ExitCode::cannot_write,
                       "cannot lock " + path + ": " + std::strerror(error) + "; name another directory with --state");
    };
    file_ = Descriptor{::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600)};
    if (!file_.is_open()) throw fail(errno);
    for (;;) {
        struct flock lock = whole_file();
        if (::fcntl(file_.get(), F_SETLK, &lock) == 0) return;
        if (errno != EACCES && errno != EAGAIN) throw fail(errno);
        struct flock holder = whole_file();
        if (::fcntl(file_.get(), F_GETLK, &holder) != 0) throw fail(errno);
        if (holder.l_type == F_UNLCK) continue;  // it ended in between
        throw Failure(ExitCode::locked, "another audit of " + label + " is running (process " +
                                            std::to_string(holder.l_pid) + "); wait for its end, or end it");
    }
}

}  // namespace crmaudit::app
