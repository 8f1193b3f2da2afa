#include "auditor/app/print_config.h"

#include <algorithm>

#include "auditor/app/option_table.h"
#include "auditor/app/secrets.h"
#include "auditor/app/state_directory.h"

namespace crmaudit::app {
namespace {

std::string joined(const std::vector<std::string>& values, const char* separator) {
    std::string text;
    for (const std::string& value : values) text += (text.empty() ? "" : separator) + value;
    return text;
}

std::string shown_value(const Option& option, const Settings& settings, const Surroundings& surroundings) {
    const std::vector<std::string>& values = settings[option.name].values;
    if (option.kind == OptionKind::flag) return values.empty() ? "no" : "yes";
    if (option.name == "state") return state_directory(settings, surroundings);
    if (option.name == "as-of" && values.empty()) return to_string(surroundings.today);
    if (option.name == "connect" && !values.empty()) return without_secrets(values.front());
    if (option.kind == OptionKind::lines) return joined(values, " | ");
    return joined(values, ",");
}

std::string where_the_password_is(const Settings& settings, const Surroundings& surroundings) {
    if (settings.text("password-file")) return settings["password-file"].origin;
    if (!surroundings.variable("CREDENTIALS_DIRECTORY").empty()) return "CREDENTIALS_DIRECTORY, if it has one";
    if (!surroundings.variable("CRMAUDIT_PASSWORD").empty()) return "CRMAUDIT_PASSWORD";
    return settings.text("connect-file") ? "the connection file, if it has one" : "none";
}

}  // namespace

std::string print_config(const Settings& settings, const Surroundings& surroundings) {
    const Command& audit = *find_command("audit");
    struct Line {
        std::string left;
        std::string origin;
    };
    std::vector<Line> lines;
    for (const Option& option : audit.options) {
        if (option.command_line_only) continue;
        const std::string value = shown_value(option, settings, surroundings);
        lines.push_back({std::string{option.name} + " = " + value, settings[option.name].origin});
    }
    lines.push_back({"password = ***", where_the_password_is(settings, surroundings)});
    std::size_t width = 0;
    for (const Line& line : lines) {
        if (line.left.size() <= 60) width = std::max(width, line.left.size());
    }
    std::string text;
    for (const Line& line : lines) {
        text += line.left + std::string(std::max(width, line.left.size()) - line.left.size() + 2, ' ') + "# " +
                line.origin + "\n";
    }
    return text;
}

}  // namespace crmaudit::app
