#include "auditor/app/program.h"

#include <algorithm>
#include <ostream>

#include "auditor/app/audit_command.h"
#include "auditor/app/commands.h"
#include "auditor/app/failures.h"
#include "auditor/app/help.h"
#include "auditor/model/suggestion.h"

namespace crmaudit::app {
namespace {

bool asks_for_help(const std::vector<std::string>& arguments) {
    return std::any_of(arguments.begin(), arguments.end(),
                       [](const std::string& each) { return each == "--help" || each == "-h"; });
}

const Command& command_named(const std::string& name) {
    if (const Command* command = find_command(name)) return *command;
    std::vector<std::string> names;
    for (const Command& each : commands()) names.emplace_back(each.name);
    if (name.starts_with('-')) {
        throw Failure(ExitCode::usage, "the command comes first, for instance: crmaudit audit --dsn crm");
    }
    const std::string meant = suggestion(name, names);
    throw Failure(ExitCode::usage,
                  "there is no such command" + (meant.empty() ? std::string{"; see crmaudit --help"} : meant));
}

ExitCode dispatch(const Command& command, const Settings& settings, const Surroundings& surroundings) {
    if (command.name == "audit") return audit_command(settings, surroundings);
    if (command.name == "discover") return discover_command(settings, surroundings);
    if (command.name == "render") return render_command(settings, surroundings);
    if (command.name == "purge") return purge_command(settings, surroundings);
    if (command.name == "subject") return subject_command(settings, surroundings);
    if (command.name == "list") return list_command(settings, surroundings);
    if (command.name == "explain") return explain_command(settings, surroundings);
    if (command.name == "classify") return classify_command(settings, surroundings);
    if (command.name == "doctor") return doctor_command(settings, surroundings);
    return check_config_command(settings, surroundings);
}

ExitCode run(const std::vector<std::string>& arguments, const Surroundings& surroundings) {
    if (arguments.empty()) throw Failure(ExitCode::usage, "name a command; see crmaudit --help");
    const std::string& first = arguments.front();
    if (first == "--version") {
        surroundings.out << "crmaudit " CRMAUDIT_VERSION "\n";
        return ExitCode::clean;
    }
    if (first == "--help" || first == "-h" || first == "help") {
        surroundings.out << general_help();
        return ExitCode::clean;
    }
    const Command& command = command_named(first);
    const std::vector<std::string> rest(arguments.begin() + 1, arguments.end());
    if (asks_for_help(rest)) {
        surroundings.out << command_help(command);
        return ExitCode::clean;
    }
    const Settings settings = read_settings(command, rest, surroundings.environment);
    return dispatch(command, settings, surroundings);
}

}  // namespace

int run_program(const std::vector<std::string>& arguments, const Surroundings& surroundings) noexcept {
    try {
        const ExitCode code = run(arguments, surroundings);
        surroundings.out.flush();
        if (!surroundings.out) throw Failure(ExitCode::cannot_write, "cannot write to standard output");
        return static_cast<int>(code);
    } catch (...) {
        const Failure failure = to_failure(std::current_exception());
        surroundings.err << "crmaudit: " << failure.what() << std::endl;
        return static_cast<int>(failure.code());
    }
}

}  // namespace crmaudit::app
