// The options of each command as a table: the command line, the configuration file, the environment, --print-config and
// --help all come from it.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace crmaudit::app {

enum class OptionKind {
    flag,
    single,
    list,   // separated by commas, may be given several times
    lines,  // values hold commas: given several times, separated by line ends in the environment
};

struct Option {
    std::string_view name;
    OptionKind kind;
    std::string_view argument;  // what stands for the value in the help
    std::string_view fallback;  // empty: none
    std::string_view help;
    bool command_line_only = false;
    char letter = 0;
};

struct Command {
    std::string_view name;
    std::string_view summary;
    std::string_view synopsis;
    std::span<const std::string_view> examples;
    std::span<const Option> options;
    bool layered;  // also reads environment and configuration file
};

std::span<const Command> commands();
const Command* find_command(std::string_view name);
const Option* find_option(const Command& command, std::string_view name);
std::vector<std::string> option_names(const Command& command);

}  // namespace crmaudit::app
