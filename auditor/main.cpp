// Reads what the program takes from the machine (clock, environment, account, terminal) and hands it down as a value.
#include <fcntl.h>
#include <pwd.h>
#include <sys/stat.h>
#include <unistd.h>

#include <csignal>
#include <ctime>
#include <iostream>

#include "auditor/app/program.h"

namespace {

using crmaudit::app::Surroundings;

/// A job may be started with these closed; a file or connection opened later must not take their place.
void open_standard_descriptors() {
    for (int number = 0; number <= 2; ++number) {
        if (::fcntl(number, F_GETFD) == -1) ::open("/dev/null", number == 0 ? O_RDONLY : O_WRONLY);
    }
}

crmaudit::app::Environment environment() {
    crmaudit::app::Environment variables;
    for (char** each = ::environ; each != nullptr && *each != nullptr; ++each) {
        const std::string text = *each;
        if (const auto sign = text.find('='); sign != std::string::npos) {
            variables.emplace(text.substr(0, sign), text.substr(sign + 1));
        }
    }
    return variables;
}

crmaudit::Date today() {
    const std::time_t now = std::time(nullptr);
    std::tm local{};
    ::localtime_r(&now, &local);
    return {std::chrono::year{local.tm_year + 1900}, std::chrono::month{static_cast<unsigned>(local.tm_mon + 1)},
            std::chrono::day{static_cast<unsigned>(local.tm_mday)}};
}

std::string home(const crmaudit::app::Environment& variables) {
    if (const auto found = variables.find("HOME"); found != variables.end()) return found->second;
    const struct passwd* account = ::getpwuid(::geteuid());
    return account == nullptr ? "" : account->pw_dir;
}

}  // namespace

int main(int count, char** values) {
    open_standard_descriptors();
    ::umask(077);
    std::signal(SIGPIPE, SIG_IGN);  // a server that goes away is an error to report, not the end
    std::signal(SIGXFSZ, SIG_IGN);  // so is a file that may not grow

    const auto variables = environment();
    const Surroundings surroundings{variables,       today(),     [] { return std::chrono::system_clock::now(); },
                                    home(variables), ::geteuid(), ::isatty(STDOUT_FILENO) == 1,
                                    std::cout,       std::cerr};
    return crmaudit::app::run_program({values + 1, values + (count > 0 ? count : 1)}, surroundings);
}
