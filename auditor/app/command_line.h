// Arguments become settings, through Boost.Program_options: the only place that knows it.
#pragma once

#include <string>
#include <vector>

#include "auditor/app/settings.h"

namespace crmaudit::app {

struct CommandLine {
    SettingMap settings;
    std::vector<std::string> operands;
};

/// Throws Failure (64) for an unknown option, with the one that was probably meant. Abbreviations are not taken.
CommandLine read_command_line(const Command& command, const std::vector<std::string>& arguments);

}  // namespace crmaudit::app
