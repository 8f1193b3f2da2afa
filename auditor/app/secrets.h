// Where the connection and its password come from, and what of them may be shown. A password is never an argument.
#pragma once

#include <optional>
#include <string>

#include "auditor/app/settings.h"
#include "auditor/app/surroundings.h"

namespace crmaudit::app {

struct ConnectionSource {
    std::string connection_string;  // may hold a password when it comes from a file or the environment
    std::optional<std::string> password;
    std::string label;
};

/// Reads --connect, --connect-file or --dsn, the password's place and --label. Throws Failure.
/// Places of a password, the first that has one: the connection file, --password-file, the file crmaudit-password in
/// $CREDENTIALS_DIRECTORY, CRMAUDIT_PASSWORD.
ConnectionSource read_connection(const Settings& settings, const Environment& environment);

/// A password or key stands in the connection string, under any of the names drivers give it.
bool holds_secret(const std::string& connection_string);

/// The connection string with secrets as ***; all of it when it cannot be taken apart.
std::string without_secrets(const std::string& connection_string);

/// [A-Za-z0-9._-]+, not beginning with a dot or dash, at most 100 characters.
bool is_label(const std::string& text);

}  // namespace crmaudit::app
