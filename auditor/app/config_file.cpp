#include "auditor/app/config_file.h"

#include <sstream>

#include "auditor/app/files.h"
#include "auditor/model/suggestion.h"

namespace crmaudit::app {
namespace {

std::vector<std::string> keys(const Command& command) {
    std::vector<std::string> names;
    for (const Option& option : command.options) {
        if (!option.command_line_only && option.name != "config") names.emplace_back(option.name);
    }
    return names;
}

const Option* find_key(const Command& command, const std::string& key) {
    const Option* option = find_option(command, key);
    return option == nullptr || option->command_line_only || key == "config" ? nullptr : option;
}

}  // namespace

SettingMap parse_config(const Command& command, const std::string& name, const std::string& text) {
    SettingMap settings;
    std::istringstream lines(text);
    std::string line;
    for (int number = 1; std::getline(lines, line); ++number) {
        const std::string at = name + ":" + std::to_string(number);
        const auto fail = [&](const std::string& what) {
            throw Failure(ExitCode::bad_configuration, at + ": " + what);
        };
        line = trimmed(line);
        if (line.empty() || line.front() == '#' || line.front() == ';') continue;
        const auto sign = line.find('=');
        if (sign == std::string::npos) fail("this line is not `key = value`; comments begin with #");
        const std::string key = trimmed(line.substr(0, sign));
        const std::string value = trimmed(line.substr(sign + 1));
        const Option* option = find_key(command, key);
        // One file serves all commands: it may hold what only an audit takes.
        const bool for_audit_alone = option == nullptr && find_key(*find_command("audit"), key) != nullptr;
        if (for_audit_alone) continue;
        if (option == nullptr) fail("unknown key '" + key + "'" + suggestion(key, keys(command)));
        if (value.empty()) fail(key + " has no value; remove the line to get the default");

        const auto [place, first] = settings.try_emplace(key, Setting{{}, Layer::file, at});
        std::vector<std::string>& values = place->second.values;
        switch (option->kind) {
            case OptionKind::list:
                for (std::string& item : split_list(value, ',')) values.push_back(std::move(item));
                break;
            case OptionKind::lines: values.push_back(value); break;
            default:
                if (!first) fail(key + " is set twice, first in " + place->second.origin);
                values = {value};
        }
        if (option->kind == OptionKind::flag) {
            const auto on = switch_value(value);
            if (!on) fail(key + ": write yes or no");
            if (!*on) values.clear();
        }
    }
    return settings;
}

SettingMap read_config_file(const Command& command, const std::string& path) {
    return parse_config(command, path, read_file(path, "configuration file"));
}

}  // namespace crmaudit::app
