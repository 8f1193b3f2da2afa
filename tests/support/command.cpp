#include "tests/support/command.h"

#include <sys/wait.h>

#include <array>
#include <cstdio>
#include <stdexcept>

namespace crmaudit::support {

CommandResult run(const std::string& command) {
    std::FILE* pipe = popen(command.c_str(), "r");
    if (pipe == nullptr) throw std::runtime_error("cannot start a shell");
    CommandResult result;
    std::array<char, 4096> block{};
    while (const std::size_t size = std::fread(block.data(), 1, block.size(), pipe)) {
        result.output.append(block.data(), size);
    }
    const int status = pclose(pipe);
    if (!WIFEXITED(status)) throw std::runtime_error("ended by a signal: " + command);
    result.code = WEXITSTATUS(status);
    return result;
}

std::string quoted(const std::string& word) {
    std::string text = "'";
    for (const char c : word) text += c == '\'' ? std::string("'\\''") : std::string(1, c);
    return text + "'";
}

}  // namespace crmaudit::support
