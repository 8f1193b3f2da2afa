#include "auditor/app/private_directory.h"

#include <sys/stat.h>

#include <cerrno>

#include "auditor/app/whole_file.h"

namespace crmaudit::app {

namespace fs = std::filesystem;

void make_private_directory(const fs::path& path) {
    std::error_code error;
    const fs::path whole = path.has_filename() ? path : path.parent_path();
    if (whole.has_parent_path()) fs::create_directories(whole.parent_path(), error);
    if (error) throw cannot_write(whole.parent_path(), error.value());
    if (::mkdir(whole.c_str(), S_IRWXU) != 0) {
        if (errno != EEXIST) throw cannot_write(whole, errno);
        const bool empty = fs::is_directory(fs::symlink_status(whole)) && fs::is_empty(whole, error) && !error;
        if (!empty) {
            throw Failure(ExitCode::cannot_write,
                          whole.string() + " is not an empty directory; give a new one to --out");
        }
    }
    // The umask may have taken more, and an empty directory may be open to others.
    if (::chmod(whole.c_str(), S_IRWXU) != 0) throw cannot_write(whole, errno);
}

}  // namespace crmaudit::app
