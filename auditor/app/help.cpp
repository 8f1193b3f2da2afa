#include "auditor/app/help.h"

#include "auditor/app/columns.h"

namespace crmaudit::app {
namespace {

constexpr const char* exit_codes =
    "Exit codes\n"
    "  0   nothing at or above --fail-on\n"
    "  2   findings at or above --fail-on\n"
    "  3   something could not be checked; findings are written all the same\n"
    "  1   internal error\n"
    "  64  usage: an option or argument is wrong\n"
    "  69  the database cannot be reached\n"
    "  73  output cannot be written\n"
    "  75  another audit of the same label is running\n"
    "  77  the database does not permit it\n"
    "  78  a configuration, policy, profile, baseline or secret file is wrong\n"
    "  130, 143  ended by SIGINT, SIGTERM\n";

std::string option_lines(const Command& command) {
    std::vector<std::vector<std::string>> rows;
    for (const Option& option : command.options) {
        std::string left = option.letter != 0 ? std::string{"  -"} + option.letter + ", --" : "      --";
        left += option.name;
        if (!option.argument.empty()) left += " " + std::string{option.argument};
        std::string right{option.help};
        if (!option.fallback.empty()) right += " (default: " + std::string{option.fallback} + ")";
        rows.push_back({std::move(left), std::move(right)});
    }
    return in_columns(rows);
}

}  // namespace

std::string general_help() {
    std::string text =
        "crmaudit audits CRM databases for data protection, over ODBC and without writing to them.\n\n"
        "Examples\n"
        "  crmaudit audit --connect \"DRIVER=SQLite3;Database=/srv/crm/crm.db\" --label crm\n"
        "  crmaudit audit --dsn crm --password-file /etc/crmaudit/password --out /var/lib/crmaudit/reports\n"
        "  crmaudit explain stale_person\n\n"
        "Commands\n";
    std::vector<std::vector<std::string>> rows;
    for (const Command& command : commands()) {
        rows.push_back({"  " + std::string{command.name}, std::string{command.summary}});
    }
    return text + in_columns(rows) +
           "\ncrmaudit COMMAND --help shows the options of a command, crmaudit --version the version.\n\n" + exit_codes;
}

std::string command_help(const Command& command) {
    std::string text = "crmaudit " + std::string{command.name} + ": " + std::string{command.summary} + "\n\nExamples\n";
    for (const std::string_view example : command.examples) text += "  " + std::string{example} + "\n";
    text += "\nUsage: crmaudit " + std::string{command.synopsis} + "\n\nOptions\n" + option_lines(command);
    if (!command.layered) return text;
    text +=
        "\nEvery option but help and print-config may also stand in the environment (--as-of as CRMAUDIT_AS_OF) and in "
        "the\nconfiguration file (as-of = 2026-06-15). Precedence: option, environment, file, default.\n";
    if (find_option(command, "password-file") != nullptr) {
        text +=
            "A password is never an option. It comes from the connection file, --password-file, the file "
            "crmaudit-password\n"
            "in $CREDENTIALS_DIRECTORY, or CRMAUDIT_PASSWORD.\n";
    }
    return text + "\n" + exit_codes;
}

}  // namespace crmaudit::app
