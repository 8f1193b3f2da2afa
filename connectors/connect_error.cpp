#include "connectors/connect_error.h"

#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <charconv>
#include <fstream>
#include <initializer_list>

#include "connectors/drivers.h"

namespace crmaudit::connectors {
namespace {

using Reason = ConnectError::Reason;

bool has_any(const std::string& text, std::initializer_list<const char*> words) {
    return std::any_of(words.begin(), words.end(),
                       [&](const char* word) { return text.find(word) != std::string::npos; });
}

std::string first_of(const Attributes& attributes, std::initializer_list<const char*> keys, const char* otherwise) {
    for (const char* key : keys) {
        if (const std::string* value = find_attribute(attributes, key); value != nullptr && !value->empty())
            return *value;
    }
    return otherwise;
}

std::string server(const Attributes& attributes) {
    const std::string name = first_of(attributes, {"SERVER", "SERVERNAME", "HOST"}, "the server");
    const std::string* port = find_attribute(attributes, "PORT");
    return port == nullptr ? name : name + " port " + *port;
}

std::string account(const Attributes& attributes) {
    return "account '" + first_of(attributes, {"UID", "USER", "USERNAME"}, "") + "'";
}

std::string database(const Attributes& attributes) {
    return "database '" + first_of(attributes, {"DATABASE", "DB"}, "") + "'";
}

/// The path in "file:/path?mode=ro" or a plain one.
std::string file_path(const Attributes& attributes) {
    std::string text = first_of(attributes, {"DATABASE"}, "");
    if (!text.starts_with("file:")) return text;
    text = text.substr(5, text.find_first_of("?#") - 5);
    std::string path;
    for (std::size_t at = 0; at < text.size(); ++at) {
        unsigned byte = 0;
        const char* digits = text.data() + at + 1;
        const bool encoded =
            text[at] == '%' && at + 2 < text.size() && std::from_chars(digits, digits + 2, byte, 16).ptr == digits + 2;
        path += encoded ? static_cast<char>(byte) : text[at];
        if (encoded) at += 2;
    }
    return path;
}

ConnectError refused_account(const Attributes& attributes) {
    return {Reason::not_permitted, server(attributes) + " refused " + account(attributes) +
                                       ": wrong password, or not allowed to connect from this machine; check account, "
                                       "password and the server's access rules"};
}

ConnectError no_database(const Attributes& attributes) {
    return {Reason::unreachable,
            server(attributes) + " has no " + database(attributes) + "; check the database's name"};
}

ConnectError no_rights(const Attributes& attributes) {
    return {Reason::not_permitted, server(attributes) + " does not let " + account(attributes) + " use " +
                                       database(attributes) + "; grant it (see scripts/grants)"};
}

ConnectError unreachable(const Attributes& attributes, const std::string& remedy) {
    return {Reason::unreachable, "cannot reach " + server(attributes) + "; " + remedy};
}

ConnectError no_encryption(const Attributes& attributes) {
    return {Reason::configuration, server(attributes) +
                                       " and this machine do not agree on an encrypted connection; check the "
                                       "connection string's TLS settings and the server's certificate"};
}

/// True for an empty file as well: that is a database without tables.
bool has_sqlite_header(const std::string& path) {
    constexpr std::string_view header = "SQLite format 3";
    std::string start(header.size(), '\0');
    std::ifstream file(path, std::ios::binary);
    file.read(start.data(), static_cast<std::streamsize>(start.size()));
    return file.gcount() == 0 || start == header;
}

ConnectError sqlite_error(const Attributes& attributes) {
    const std::string path = file_path(attributes);
    struct stat state {};
    if (::stat(path.c_str(), &state) != 0) {
        return {Reason::unreachable, "the database file " + path +
                                         " does not exist or its directory cannot be entered; "
                                         "check the path"};
    }
    if (S_ISDIR(state.st_mode))
        return {Reason::unreachable, path + " is a directory, not a database file; check the path"};
    if (::access(path.c_str(), R_OK) != 0) {
        return {Reason::not_permitted,
                "the database file " + path + " cannot be read by this account; grant it read access"};
    }
    if (!has_sqlite_header(path)) {
        return {Reason::unreachable, path + " is not an SQLite database, or an encrypted one; check the path"};
    }
    return {Reason::unreachable, "the database file " + path +
                                     " cannot be opened; a database in WAL mode needs write access to its directory "
                                     "unless its -shm file exists"};
}

/// PostgreSQL's driver gives every failure the same state and number; words are all there is to go by. "FATAL" stands
/// in what the server itself says, in every language of its messages that writes it so.
ConnectError postgresql_error(const std::string& text, const Attributes& attributes) {
    if (has_any(text, {"SSL", "certificate"}) && !has_any(text, {"pg_hba.conf"})) return no_encryption(attributes);
    if (has_any(text, {"too many clients", "remaining connection slots", "too many connections", "starting up",
                       "shutting down", "recovery mode"})) {
        return unreachable(attributes, "it takes no connections at the moment; run again later");
    }
    if (has_any(text, {"permission denied for database"})) return no_rights(attributes);
    const bool about_database = has_any(text, {"database \"", "Datenbank"});
    if (about_database && has_any(text, {"does not exist", "existiert nicht"})) return no_database(attributes);
    if (has_any(text, {"FATAL", "no password supplied", "authentication"})) return refused_account(attributes);
    return unreachable(attributes, "is it running, and are host, port and firewall right?");
}

ConnectError mariadb_error(int native, const Attributes& attributes) {
    switch (native) {
        case 1045:
        case 1698:
        case 1129:
        case 1130:
        case 1862:
        case 4151: return refused_account(attributes);
        case 1044: return no_rights(attributes);
        case 1049: return no_database(attributes);
        case 1040:
        case 1203:
        case 1226: return unreachable(attributes, "it takes no more connections at the moment; run again later");
        case 1251:
        case 1524:
        case 2058:
        case 2059:
            return {Reason::configuration, server(attributes) +
                                               " wants a way of proving the password that the driver does "
                                               "not know; create the account with mysql_native_password"};
        case 2026: return no_encryption(attributes);
        default: return unreachable(attributes, "is it running, and are host, port and firewall right?");
    }
}

ConnectError missing_driver(const Attributes& attributes) {
    const std::string name = first_of(attributes, {"DRIVER"}, "");
    const Driver* driver = find_driver(attributes);
    const std::string remedy = driver == nullptr ? "install it and register it in odbcinst.ini"
                                                 : "install the package " + std::string(driver->package);
    return {Reason::configuration, "the ODBC driver '" + name + "' is not installed: " + remedy +
                                       "; odbcinst -q -d lists the drivers there are"};
}

}  // namespace

ConnectError connect_error(const Diagnostic& diagnostic, const Attributes& attributes) {
    const std::string& text = diagnostic.message;
    if (text.find("Can't open lib") != std::string::npos || diagnostic.sqlstate == "IM003") {
        return missing_driver(attributes);
    }
    if (diagnostic.sqlstate == "IM002") {
        if (find_attribute(attributes, "DSN") == nullptr) return missing_driver(attributes);
        return {Reason::configuration, "there is no ODBC data source '" + first_of(attributes, {"DSN"}, "") +
                                           "'; add it to odbc.ini, odbcinst -q -s lists those there are"};
    }
    const Driver* driver = find_driver(attributes);
    const std::string_view product = driver == nullptr ? "" : driver->product;
    if (product == "SQLite") return sqlite_error(attributes);
    if (product == "PostgreSQL") return postgresql_error(text, attributes);
    if (product == "MariaDB" || product == "MySQL") return mariadb_error(diagnostic.native, attributes);
    if (diagnostic.sqlstate.starts_with("28") || diagnostic.native == 18456) return refused_account(attributes);
    return unreachable(attributes, "the driver reports SQLSTATE " + diagnostic.sqlstate);
}

void check_attributes(const Attributes& attributes) {
    const std::string* intent = find_attribute(attributes, "APPLICATIONINTENT");
    if (intent == nullptr) return;
    std::string lower;
    for (const char c : *intent) lower += static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
    // FreeTDS ends the whole process on any other value.
    if (lower != "readonly" && lower != "readwrite") {
        throw ConnectError(Reason::configuration, "ApplicationIntent must be ReadOnly or ReadWrite");
    }
}

}  // namespace crmaudit::connectors
