#include "tests/support/process.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <cstdlib>
#include <fstream>
#include <sstream>
#include <stdexcept>
#include <thread>

namespace crmaudit::support {
namespace {

std::vector<char*> pointers(std::vector<std::string>& words) {
    std::vector<char*> result;
    for (std::string& word : words) result.push_back(word.data());
    result.push_back(nullptr);
    return result;
}

[[noreturn]] void become(char* const* arguments, char* const* environment, const ProcessOptions& options, int out,
                         int err) {
    ::dup2(out, STDOUT_FILENO);
    ::dup2(err, STDERR_FILENO);
    ::close(STDIN_FILENO);
    if (!options.closed_input) ::open("/dev/null", O_RDONLY);
    ::setsid();  // no terminal
    ::umask(options.file_mask);
    if (options.file_size_limit) {
        const rlimit limit{*options.file_size_limit, *options.file_size_limit};
        ::setrlimit(RLIMIT_FSIZE, &limit);
    }
    if (!options.directory.empty() && ::chdir(options.directory.c_str()) != 0) ::_exit(127);
    if (options.user && (::setgid(*options.user) != 0 || ::setuid(*options.user) != 0)) ::_exit(127);
    ::execve(arguments[0], arguments, environment);
    ::_exit(127);
}

std::string content(int descriptor) {
    std::string text;
    char block[65536];
    ::lseek(descriptor, 0, SEEK_SET);
    for (ssize_t count = 0; (count = ::read(descriptor, block, sizeof block)) > 0;) {
        text.append(block, static_cast<std::size_t>(count));
    }
    return text;
}

}  // namespace

Process::Process(const std::string& program, const std::vector<std::string>& arguments, const ProcessOptions& options)
    : out_(::memfd_create("out", MFD_CLOEXEC)), err_(::memfd_create("err", MFD_CLOEXEC)) {
    std::vector<std::string> words{program};
    words.insert(words.end(), arguments.begin(), arguments.end());
    std::vector<std::string> variables;
    for (const auto& [name, value] : options.environment) variables.push_back(name + "=" + value);
    const auto argument_pointers = pointers(words);
    const auto variable_pointers = pointers(variables);
    id_ = ::fork();
    if (id_ < 0) throw std::runtime_error("cannot fork");
    if (id_ == 0) become(argument_pointers.data(), variable_pointers.data(), options, out_, err_);
}

Process::~Process() {
    if (id_ > 0) {
        ::kill(id_, SIGKILL);
        ::waitpid(id_, nullptr, 0);
    }
    ::close(out_);
    ::close(err_);
}

void Process::send(int signal) const { ::kill(id_, signal); }

ProcessResult Process::wait(std::chrono::seconds longest) {
    const auto end = std::chrono::steady_clock::now() + longest;
    int status = 0;
    while (::waitpid(id_, &status, WNOHANG) == 0) {
        if (std::chrono::steady_clock::now() > end) throw std::runtime_error("the program did not end");
        std::this_thread::sleep_for(std::chrono::milliseconds{10});
    }
    id_ = -1;
    return {WIFEXITED(status) ? WEXITSTATUS(status) : -1, content(out_), content(err_)};
}

std::map<std::string, std::string> bare_environment() {
    std::map<std::string, std::string> environment;
    for (const char* name : {"ODBCSYSINI", "ODBCINI", "ASAN_OPTIONS", "UBSAN_OPTIONS"}) {
        if (const char* value = std::getenv(name)) environment[name] = value;
    }
    return environment;
}

std::string read_text(const std::string& path) {
    std::ifstream file(path, std::ios::binary);
    if (!file) throw std::runtime_error("cannot read " + path);
    std::ostringstream text;
    text << file.rdbuf();
    return text.str();
}

void write_text(const std::string& path, const std::string& text, mode_t mode) {
    std::ofstream(path, std::ios::binary) << text;
    ::chmod(path.c_str(), mode);
}

}  // namespace crmaudit::support
