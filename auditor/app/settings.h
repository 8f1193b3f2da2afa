// The value of every option and where it comes from. Precedence: option, environment, configuration file, default.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "auditor/app/exit_code.h"
#include "auditor/app/option_table.h"
#include "auditor/app/surroundings.h"

namespace crmaudit::app {

enum class Layer { fallback, file, environment, command_line };

struct Setting {
    std::vector<std::string> values;  // empty for an option without a value
    Layer layer = Layer::fallback;
    std::string origin;  // "--lang", "crmaudit.conf:3", "CRMAUDIT_LANG", "default"
};

using SettingMap = std::map<std::string, Setting, std::less<>>;

class Settings {
public:
    Settings(SettingMap settings, std::vector<std::string> operands)
        : settings_(std::move(settings)), operands_(std::move(operands)) {}

    const Setting& operator[](std::string_view option) const;
    /// The value of a single option; absent when nothing sets it.
    std::optional<std::string> text(std::string_view option) const;
    bool is_set(std::string_view flag) const;
    /// Arguments that are no options.
    const std::vector<std::string>& operands() const { return operands_; }

    /// A failure that says where the bad value stands: 64 for options and environment, 78 for the file.
    Failure bad(std::string_view option, const std::string& what) const;

private:
    SettingMap settings_;
    std::vector<std::string> operands_;
};

/// Arguments after the command's name. Throws Failure.
Settings read_settings(const Command& command, const std::vector<std::string>& arguments,
                       const Environment& environment);

/// "as-of" → "CRMAUDIT_AS_OF".
std::string variable_name(std::string_view option);

/// Items between commas, without white space around them and without empty ones.
std::vector<std::string> split_list(std::string_view text, char separator);
std::string trimmed(std::string_view text);
/// "yes", "true", "1", "on" and their opposites; absent for anything else.
std::optional<bool> switch_value(std::string_view text);

}  // namespace crmaudit::app
