#include "auditor/app/files.h"

#include <fcntl.h>
#include <sys/stat.h>

#include <array>
#include <cerrno>
#include <cstring>

#include "auditor/app/descriptor.h"
#include "auditor/app/exit_code.h"

namespace crmaudit::app {
namespace {

Failure unreadable(const std::string& path, const std::string& what, int error) {
    return {ExitCode::bad_configuration, "cannot read the " + what + " " + path + ": " + std::strerror(error)};
}

Descriptor open_for_reading(const std::string& path, const std::string& what) {
    Descriptor file{::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NOCTTY)};
    if (!file.is_open()) throw unreadable(path, what, errno);
    return file;
}

std::string read_all(const Descriptor& file, const std::string& path, const std::string& what) {
    constexpr std::size_t limit = std::size_t{1} << 30;
    std::string content;
    std::array<char, 65536> block{};
    for (;;) {
        const ssize_t count = ::read(file.get(), block.data(), block.size());
        if (count < 0 && errno == EINTR) continue;
        if (count < 0) throw unreadable(path, what, errno);
        if (count == 0) return content;
        content.append(block.data(), static_cast<std::size_t>(count));
        if (content.size() > limit) throw unreadable(path, what, EFBIG);
    }
}

}  // namespace

std::string read_file(const std::string& path, const std::string& what) {
    return read_all(open_for_reading(path, what), path, what);
}

std::string read_secret_file(const std::string& path, const std::string& what, bool guarded) {
    const Descriptor file = open_for_reading(path, what);
    struct stat state {};
    if (::fstat(file.get(), &state) != 0) throw unreadable(path, what, errno);
    if (!guarded && (state.st_mode & (S_IRWXG | S_IRWXO)) != 0) {
        throw Failure(ExitCode::bad_configuration,
                      "the " + what + " " + path + " is open to others than its owner; run: chmod 600 " + path);
    }
    return read_all(file, path, what);
}

}  // namespace crmaudit::app
