// Everything the program takes from the machine it runs on: read once in main, handed down as a value.
#pragma once

#include <chrono>
#include <functional>
#include <iosfwd>
#include <map>
#include <string>

#include "auditor/model/date.h"

namespace crmaudit::app {

using Environment = std::map<std::string, std::string, std::less<>>;

struct Surroundings {
    Environment environment;
    Date today;                                                  // in local time
    std::function<std::chrono::system_clock::time_point()> now;  // for the log
    std::string home;                                            // of the account, also without $HOME
    unsigned user_id = 0;
    bool terminal = false;  // standard output is one
    std::ostream& out;
    std::ostream& err;

    /// Empty when the variable is not set.
    std::string variable(std::string_view name) const {
        const auto found = environment.find(name);
        return found == environment.end() ? std::string{} : found->second;
    }
};

}  // namespace crmaudit::app
