#include "auditor/app/output_directory.h"

#include <fcntl.h>
#include <grp.h>
#include <sys/file.h>
#include <sys/stat.h>

#include <cerrno>
#include <cstdio>

#include "auditor/app/exit_code.h"
#include "auditor/app/whole_file.h"

namespace crmaudit::app {
namespace {

namespace fs = std::filesystem;

std::optional<unsigned> group_id(const std::string& name) {
    if (name.empty()) return std::nullopt;
    const struct group* found = ::getgrnam(name.c_str());
    if (found == nullptr) {
        throw Failure(ExitCode::bad_configuration, "there is no group '" + name + "' on this machine (--report-group)");
    }
    return found->gr_gid;
}

Descriptor open_directory(const fs::path& path) {
    return Descriptor{::open(path.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC | O_NOFOLLOW)};
}

void sync(int descriptor, const fs::path& path) {
    // Some file systems cannot sync directories and say EINVAL.
    if (::fsync(descriptor) != 0 && errno != EINVAL) throw cannot_write(path, errno);
}

/// Labels cannot hold the tilde, so one label's prefix is never the beginning of another's.
std::string temporary_prefix(const std::string& label) { return ".tmp-" + label + "~"; }

/// EEXIST when the target is there already, even an empty directory.
int rename_to_new(const fs::path& from, const fs::path& to) {
    if (::renameat2(AT_FDCWD, from.c_str(), AT_FDCWD, to.c_str(), RENAME_NOREPLACE) == 0) return 0;
    if (errno != EINVAL && errno != ENOSYS) return errno;
    if (fs::exists(fs::symlink_status(to))) return EEXIST;
    return ::rename(from.c_str(), to.c_str()) == 0 ? 0 : errno;
}

}  // namespace

OutputDirectory::OutputDirectory(const fs::path& parent, const std::string& label, const std::string& group)
    : parent_(parent), label_(label), group_(group_id(group)) {
    std::error_code error;
    const bool made_now = fs::create_directories(parent_, error);
    if (error) throw cannot_write(parent_, error.value());
    if (made_now) {
        const Descriptor made = open_directory(parent_);
        if (!made.is_open()) throw cannot_write(parent_, errno);
        set_access(made.get(), 0700, 0750, parent_);
    }
    const fs::path latest = parent_ / "latest";
    const fs::file_status found = fs::symlink_status(latest, error);
    if (fs::exists(found) && !fs::is_symlink(found)) {
        throw Failure(ExitCode::cannot_write, latest.string() + " is no symbolic link; move it away");
    }
    remove_leftovers();
    std::string name = (parent_ / (temporary_prefix(label_) + "XXXXXX")).string();
    if (::mkdtemp(name.data()) == nullptr) throw cannot_write(parent_, errno);
    temporary_ = name;
    directory_ = open_directory(temporary_);
    ::flock(directory_.get(), LOCK_EX | LOCK_NB);
}

OutputDirectory::~OutputDirectory() { discard(); }

void OutputDirectory::discard() noexcept {
    const std::lock_guard lock(mutex_);
    std::error_code ignored;
    if (!temporary_.empty()) fs::remove_all(temporary_, ignored);
}

void OutputDirectory::remove_leftovers() const {
    const std::string prefix = temporary_prefix(label_);
    std::vector<fs::path> leftovers;
    std::error_code error;
    for (const auto& entry : fs::directory_iterator(parent_, error)) {
        if (entry.path().filename().string().starts_with(prefix)) leftovers.push_back(entry.path());
    }
    for (const fs::path& path : leftovers) {
        const Descriptor directory = open_directory(path);
        const bool in_use = directory.is_open() && ::flock(directory.get(), LOCK_EX | LOCK_NB) != 0;
        if (!in_use) fs::remove_all(path, error);
    }
}

void OutputDirectory::set_access(int descriptor, unsigned mode, unsigned group_mode, const fs::path& what) const {
    if (group_ && ::fchown(descriptor, static_cast<uid_t>(-1), *group_) != 0) throw cannot_write(what, errno);
    if (::fchmod(descriptor, group_ ? group_mode : mode) != 0) throw cannot_write(what, errno);
}

void OutputDirectory::add(const OutputFile& file) {
    const fs::path path = temporary_ / file.name;
    Descriptor open{::openat(directory_.get(), file.name.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600)};
    if (!open.is_open()) throw cannot_write(path, errno);
    set_access(open.get(), 0600, 0640, path);
    write_and_sync(open.get(), file.content, path);
    if (!open.close()) throw cannot_write(path, errno);
}

fs::path OutputDirectory::commit(Date as_of) {
    set_access(directory_.get(), 0700, 0750, temporary_);
    sync(directory_.get(), temporary_);

    const std::lock_guard lock(mutex_);
    const std::string name = label_ + "-" + to_string(as_of);
    fs::path final = parent_ / name;
    for (int number = 2;; ++number) {
        const int error = rename_to_new(temporary_, final);
        if (error == 0) break;
        if (error != EEXIST && error != ENOTEMPTY) throw cannot_write(final, error);
        final = parent_ / (name + "-" + std::to_string(number));
    }
    temporary_.clear();

    const fs::path link = parent_ / (temporary_prefix(label_) + "latest");
    const fs::path latest = parent_ / "latest";
    ::unlink(link.c_str());
    if (::symlink(final.filename().c_str(), link.c_str()) != 0 || ::rename(link.c_str(), latest.c_str()) != 0) {
        throw cannot_write(latest, errno);
    }
    const Descriptor parent{::open(parent_.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC)};
    if (!parent.is_open()) throw cannot_write(parent_, errno);
    sync(parent.get(), parent_);
    return final;
}

}  // namespace crmaudit::app
