#include "auditor/app/whole_file.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <cstring>

#include "auditor/app/descriptor.h"

namespace crmaudit::app {

namespace fs = std::filesystem;

Failure cannot_write(const fs::path& path, int error) {
    const bool full = error == ENOSPC || error == EDQUOT || error == EFBIG;
    return {ExitCode::cannot_write, "cannot write " + path.string() + ": " + std::strerror(error) +
                                        (full ? "; make room and run again, nothing half-written was left"
                                              : "; check the directory of --out and who may write there")};
}

void write_and_sync(int descriptor, const std::string& content, const fs::path& path) {
    std::string_view rest = content;
    while (!rest.empty()) {
        const ssize_t count = ::write(descriptor, rest.data(), rest.size());
        if (count < 0 && errno == EINTR) continue;
        if (count < 0) throw cannot_write(path, errno);
        rest.remove_prefix(static_cast<std::size_t>(count));
    }
    if (::fsync(descriptor) != 0 && errno != EINVAL) throw cannot_write(path, errno);
}

void write_whole_file(const fs::path& directory, const OutputFile& file) {
    std::error_code error;
    fs::create_directories(directory, error);
    if (error) throw cannot_write(directory, error.value());
    const fs::path path = directory / file.name;
    std::string temporary = (directory / (".tmp-" + file.name + "-XXXXXX")).string();
    Descriptor open{::mkostemp(temporary.data(), O_CLOEXEC)};
    if (!open.is_open()) throw cannot_write(path, errno);
    try {
        write_and_sync(open.get(), file.content, path);
        if (!open.close()) throw cannot_write(path, errno);
        if (::rename(temporary.c_str(), path.c_str()) != 0) throw cannot_write(path, errno);
    } catch (...) {
        ::unlink(temporary.c_str());
        throw;
    }
}

}  // namespace crmaudit::app
