#include "auditor/app/secrets.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <filesystem>

#include "auditor/app/files.h"
#include "connectors/connection_string.h"
#include "connectors/database.h"

namespace crmaudit::app {
namespace {

using connectors::Attributes;

bool is_secret(const std::string& key, const std::string& value) {
    constexpr std::array ends{"PWD", "PASS", "PASSWD", "PASSWORD", "PASSPHRASE", "TOKEN", "SECRET"};
    const bool named = std::any_of(ends.begin(), ends.end(), [&](const char* end) { return key.ends_with(end); });
    std::string packed;
    for (const char c : value) {
        if (std::isspace(static_cast<unsigned char>(c)) == 0) packed += static_cast<char>(std::tolower(c));
    }
    // psqlodbc hands pqopt to libpq, which takes a password there.
    return named || packed.find("password=") != std::string::npos;
}

std::string read_password(const std::string& path, const std::string& what, bool guarded) {
    const std::string text = read_secret_file(path, what, guarded);
    std::string password = text.substr(0, text.find('\n'));
    while (!password.empty() && password.back() == '\r') password.pop_back();
    if (password.empty() || password.find('\0') != std::string::npos) {
        throw Failure(ExitCode::bad_configuration, "the " + what + " " + path + " has no password in its first line");
    }
    return password;
}

std::string read_connection_file(const std::string& path) {
    for (const std::string& line : split_list(read_secret_file(path, "connection file"), '\n')) {
        if (line.front() != '#') return line;
    }
    throw Failure(ExitCode::bad_configuration, "the connection file " + path + " has no connection string");
}

/// The one of --connect, --connect-file and --dsn that counts: the nearest layer chooses.
std::string chosen_source(const Settings& settings) {
    std::string chosen;
    Layer layer = Layer::fallback;
    bool several = false;
    for (const char* option : {"connect", "connect-file", "dsn"}) {
        const Setting& setting = settings[option];
        if (setting.values.empty() || setting.layer < layer) continue;
        several = setting.layer == layer;
        layer = setting.layer;
        chosen = option;
    }
    if (chosen.empty()) {
        throw Failure(ExitCode::usage, "no database given; use --connect, --connect-file or --dsn");
    }
    if (several) throw settings.bad(chosen, "give only one of --connect, --connect-file and --dsn");
    return chosen;
}

std::string read_connection_string(const Settings& settings, const std::string& source) {
    const std::string value = *settings.text(source);
    if (source == "connect-file") return read_connection_file(value);
    if (source == "dsn") {
        if (value.find_first_of(";={}[]") != std::string::npos) {
            throw settings.bad("dsn", "a data source is a name in odbc.ini; a connection string belongs to --connect");
        }
        return connectors::connection_string({{"DSN", value}});
    }
    if (holds_secret(value) && settings["connect"].layer != Layer::environment) {
        throw settings.bad(
            "connect",
            "a password does not belong into a connection string that others can read; take it out and "
            "use --password-file, --connect-file (mode 0600), CRMAUDIT_PASSWORD or a systemd credential");
    }
    return value;
}

std::optional<std::string> read_password(const Settings& settings, const Environment& environment, bool has_one) {
    if (const auto path = settings.text("password-file")) {
        if (has_one) {
            throw settings.bad("password-file", "the connection string has a password already; remove one of the two");
        }
        const auto credentials = environment.find("CREDENTIALS_DIRECTORY");
        const bool guarded = credentials != environment.end() && !credentials->second.empty() &&
                             path->starts_with(credentials->second + "/");
        return read_password(*path, "password file", guarded);
    }
    if (has_one) return std::nullopt;
    if (const auto directory = environment.find("CREDENTIALS_DIRECTORY"); directory != environment.end()) {
        const std::string path = directory->second + "/crmaudit-password";
        std::error_code ignored;
        if (std::filesystem::exists(path, ignored)) return read_password(path, "credential", true);
    }
    const auto variable = environment.find("CRMAUDIT_PASSWORD");
    if (variable == environment.end() || variable->second.empty()) return std::nullopt;
    return variable->second;
}

std::string default_label(const Attributes& attributes) {
    std::string label;
    for (const char* key : {"DSN", "DATABASE", "DB"}) {
        const std::string* value = connectors::find_attribute(attributes, key);
        if (value == nullptr || value->empty()) continue;
        label = value->find('/') == std::string::npos
                    ? *value
                    : std::filesystem::path{value->substr(0, value->find('?'))}.stem().string();
        break;
    }
    for (char& c : label) {
        const bool allowed = std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '.' || c == '_' || c == '-';
        if (!allowed) c = '_';
    }
    while (!label.empty() && (label.front() == '.' || label.front() == '-')) label.erase(0, 1);
    return label.substr(0, 100);
}

std::string read_label(const Settings& settings, const Attributes& attributes) {
    const auto given = settings.text("label");
    if (given && !is_label(*given)) {
        throw settings.bad("label", "'" + *given +
                                        "' cannot name files; use letters, digits, dots, dashes and underscores, "
                                        "beginning with a letter or digit, at most 100");
    }
    const std::string label = given ? *given : default_label(attributes);
    if (!is_label(label)) throw Failure(ExitCode::usage, "the source needs a name; give --label NAME");
    return label;
}

}  // namespace

bool is_label(const std::string& text) {
    return !text.empty() && text.size() <= 100 && text.front() != '.' && text.front() != '-' &&
           std::all_of(text.begin(), text.end(), [](unsigned char c) {
               return (c < 128 && std::isalnum(c) != 0) || c == '.' || c == '_' || c == '-';
           });
}

bool holds_secret(const std::string& connection_string) {
    const Attributes attributes = connectors::connection_attributes(connection_string);
    return std::any_of(attributes.begin(), attributes.end(),
                       [](const auto& each) { return is_secret(each.first, each.second); });
}

std::string without_secrets(const std::string& connection_string) {
    if (connectors::connection_string_fault(connection_string)) return "***";
    Attributes attributes = connectors::connection_attributes(connection_string);
    for (auto& [key, value] : attributes) {
        if (is_secret(key, value)) value = "***";
    }
    std::string shown;
    for (const auto& [key, value] : attributes) shown += (shown.empty() ? "" : ";") + key + "=" + value;
    return shown;
}

ConnectionSource read_connection(const Settings& settings, const Environment& environment) {
    const std::string source = chosen_source(settings);
    ConnectionSource connection;
    connection.connection_string = read_connection_string(settings, source);
    if (const auto fault = connectors::connection_string_fault(connection.connection_string)) {
        throw settings.bad(source, "the connection string cannot be used: " + *fault);
    }
    connection.password = read_password(settings, environment, holds_secret(connection.connection_string));
    connection.label = read_label(settings, connectors::connection_attributes(connection.connection_string));
    return connection;
}

}  // namespace crmaudit::app
