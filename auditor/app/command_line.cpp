#include "auditor/app/command_line.h"

#include <algorithm>
#include <boost/program_options.hpp>

#include "auditor/model/suggestion.h"

namespace crmaudit::app {
namespace {

namespace po = boost::program_options;

po::options_description description(const Command& command) {
    po::options_description options;
    for (const Option& each : command.options) {
        std::string name{each.name};
        if (each.letter != 0) name.append(",").push_back(each.letter);
        switch (each.kind) {
            case OptionKind::flag: options.add_options()(name.c_str(), ""); break;
            case OptionKind::single: options.add_options()(name.c_str(), po::value<std::string>(), ""); break;
            default: options.add_options()(name.c_str(), po::value<std::vector<std::string>>()->composing(), "");
        }
    }
    options.add_options()("operand", po::value<std::vector<std::string>>(), "");
    return options;
}

/// The name in "--name", "--name=value" or "-n". What follows it may be a secret.
std::string bare_name(const std::string& given) {
    const std::string name = given.substr(0, given.find('='));
    return name.substr(std::min(name.find_first_not_of('-'), name.size()));
}

/// The only option that begins so, else the one that is spelled most alike.
std::string probably_meant(const std::string& name, const std::vector<std::string>& known) {
    const auto begins_so = [&](const std::string& each) { return each.starts_with(name); };
    if (!name.empty() && std::count_if(known.begin(), known.end(), begins_so) == 1) {
        return *std::find_if(known.begin(), known.end(), begins_so);
    }
    return closest(name, known);
}

Failure unknown_option(const Command& command, const std::string& given) {
    const std::string name = bare_name(given);
    if (name == "password" || name == "passwd" || name == "pwd") {
        return {ExitCode::usage,
                "a password is never an argument, other users of this machine could read it; use --password-file, "
                "--connect-file, CRMAUDIT_PASSWORD or a systemd credential"};
    }
    const std::string dashes = given.starts_with("--") || name.size() > 1 ? "--" : "-";
    const std::string meant = probably_meant(name, option_names(command));
    return {ExitCode::usage, "unknown option " + dashes + name +
                                 (meant.empty() ? "; see crmaudit " + std::string{command.name} + " --help"
                                                : "; did you mean --" + meant + "?")};
}

std::vector<std::string> items(const Option& option, const std::vector<std::string>& given) {
    if (option.kind == OptionKind::lines) return given;
    std::vector<std::string> all;
    for (const std::string& each : given) {
        for (std::string& item : split_list(each, ',')) all.push_back(std::move(item));
    }
    return all;
}

}  // namespace

CommandLine read_command_line(const Command& command, const std::vector<std::string>& arguments) {
    const po::options_description options = description(command);
    po::positional_options_description operands;
    operands.add("operand", -1);
    po::variables_map given;
    try {
        using namespace po::command_line_style;
        po::store(po::command_line_parser(arguments)
                      .options(options)
                      .positional(operands)
                      .style(default_style & ~allow_guessing)
                      .run(),
                  given);
    } catch (const po::unknown_option& error) {
        throw unknown_option(command, error.get_option_name());
    } catch (const po::multiple_occurrences& error) {
        throw Failure(ExitCode::usage, "--" + bare_name(error.get_option_name()) + " is given twice");
    } catch (const po::error_with_option_name& error) {
        const std::string name = bare_name(error.get_option_name());
        const Option* option = find_option(command, name);
        const bool takes_none = option != nullptr && option->kind == OptionKind::flag;
        throw Failure(ExitCode::usage, "--" + name + (takes_none ? " takes no value" : " needs a value"));
    } catch (const po::error&) {
        throw Failure(ExitCode::usage,
                      "the arguments cannot be read; see crmaudit " + std::string{command.name} + " --help");
    }

    CommandLine line;
    for (const Option& option : command.options) {
        const std::string name{option.name};
        if (!given.contains(name)) continue;
        Setting setting{{}, Layer::command_line, "--" + name};
        switch (option.kind) {
            case OptionKind::flag: setting.values = {"yes"}; break;
            case OptionKind::single: setting.values = {given[name].as<std::string>()}; break;
            default: setting.values = items(option, given[name].as<std::vector<std::string>>());
        }
        line.settings[name] = std::move(setting);
    }
    if (given.contains("operand")) line.operands = given["operand"].as<std::vector<std::string>>();
    return line;
}

}  // namespace crmaudit::app
