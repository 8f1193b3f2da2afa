#include "auditor/app/settings.h"

#include <algorithm>
#include <cctype>
#include <stdexcept>

#include "auditor/app/command_line.h"
#include "auditor/app/config_file.h"

namespace crmaudit::app {
namespace {

SettingMap from_defaults(const Command& command) {
    SettingMap settings;
    for (const Option& option : command.options) {
        Setting setting{{}, Layer::fallback, "default"};
        if (option.kind == OptionKind::list) setting.values = split_list(option.fallback, ',');
        if (option.kind == OptionKind::single && !option.fallback.empty()) {
            setting.values.emplace_back(option.fallback);
        }
        settings[std::string{option.name}] = std::move(setting);
    }
    return settings;
}

SettingMap from_environment(const Command& command, const Environment& environment) {
    SettingMap settings;
    for (const Option& option : command.options) {
        if (option.command_line_only) continue;
        const std::string name = variable_name(option.name);
        const auto found = environment.find(name);
        if (found == environment.end() || found->second.empty()) continue;
        Setting setting{{}, Layer::environment, name};
        switch (option.kind) {
            case OptionKind::list: setting.values = split_list(found->second, ','); break;
            case OptionKind::lines: setting.values = split_list(found->second, '\n'); break;
            case OptionKind::single: setting.values = {found->second}; break;
            case OptionKind::flag: {
                const auto on = switch_value(found->second);
                if (!on) throw Failure(ExitCode::usage, name + ": write yes or no");
                if (*on) setting.values = {"yes"};
                break;
            }
        }
        settings[std::string{option.name}] = std::move(setting);
    }
    return settings;
}

void lay_over(SettingMap& settings, SettingMap above) {
    for (auto& [name, setting] : above) settings[name] = std::move(setting);
}

}  // namespace

const Setting& Settings::operator[](std::string_view option) const {
    const auto found = settings_.find(option);
    if (found == settings_.end()) throw std::logic_error("no option " + std::string{option});
    return found->second;
}

std::optional<std::string> Settings::text(std::string_view option) const {
    const Setting& setting = (*this)[option];
    return setting.values.empty() ? std::nullopt : std::optional<std::string>{setting.values.front()};
}

bool Settings::is_set(std::string_view flag) const { return !(*this)[flag].values.empty(); }

Failure Settings::bad(std::string_view option, const std::string& what) const {
    const Setting& setting = (*this)[option];
    if (setting.layer != Layer::file) return {ExitCode::usage, setting.origin + ": " + what};
    return {ExitCode::bad_configuration, setting.origin + ": " + std::string{option} + ": " + what};
}

Settings read_settings(const Command& command, const std::vector<std::string>& arguments,
                       const Environment& environment) {
    CommandLine line = read_command_line(command, arguments);
    SettingMap settings = from_defaults(command);
    if (command.layered) {
        SettingMap variables = from_environment(command, environment);
        const auto file_named_in = [](const SettingMap& layer) -> const Setting* {
            const auto found = layer.find("config");
            return found == layer.end() ? nullptr : &found->second;
        };
        const Setting* config = file_named_in(line.settings);
        if (config == nullptr) config = file_named_in(variables);
        if (config != nullptr) lay_over(settings, read_config_file(command, config->values.front()));
        lay_over(settings, std::move(variables));
    }
    lay_over(settings, std::move(line.settings));
    return {std::move(settings), std::move(line.operands)};
}

std::string variable_name(std::string_view option) {
    std::string name = "CRMAUDIT_";
    for (const char c : option) {
        name += c == '-' ? '_' : static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
    }
    return name;
}

std::string trimmed(std::string_view text) {
    constexpr std::string_view white = " \t\r\n\f\v";
    const auto first = text.find_first_not_of(white);
    if (first == std::string_view::npos) return {};
    return std::string{text.substr(first, text.find_last_not_of(white) - first + 1)};
}

std::vector<std::string> split_list(std::string_view text, char separator) {
    std::vector<std::string> items;
    while (!text.empty()) {
        const auto end = std::min(text.find(separator), text.size());
        if (std::string item = trimmed(text.substr(0, end)); !item.empty()) items.push_back(std::move(item));
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    return items;
}

std::optional<bool> switch_value(std::string_view text) {
    std::string lower;
    for (const char c : text) lower += static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
    for (const char* yes : {"yes", "true", "1", "on"}) {
        if (lower == yes) return true;
    }
    for (const char* no : {"no", "false", "0", "off"}) {
        if (lower == no) return false;
    }
    return std::nullopt;
}

}  // namespace crmaudit::app
