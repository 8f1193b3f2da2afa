#include "connectors/drivers.h"

#include <odbcinst.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <utility>
#include <vector>

#include "connectors/database.h"

namespace crmaudit::connectors {
namespace {

/// Part of a driver's name or library in lower case.
constexpr std::array<std::pair<std::string_view, Driver>, 8> drivers{{
    {"psqlodbc", {"PostgreSQL", "odbc-postgresql", "PQOPT", "connect_timeout="}},
    {"postgres", {"PostgreSQL", "odbc-postgresql", "PQOPT", "connect_timeout="}},
    {"maodbc", {"MariaDB", "odbc-mariadb", "CONN_TIMEOUT", ""}},
    {"mariadb", {"MariaDB", "odbc-mariadb", "CONN_TIMEOUT", ""}},
    {"mysql", {"MySQL", "odbc-mariadb", "", ""}},
    {"sqlite", {"SQLite", "libsqliteodbc", "", ""}},
    {"freetds", {"Microsoft SQL Server", "tdsodbc", "", ""}},
    {"tdsodbc", {"Microsoft SQL Server", "tdsodbc", "", ""}},
}};

std::string profile_value(const std::string& section, const std::string& key, const char* file) {
    std::array<char, 1024> value{};
    SQLGetPrivateProfileString(section.c_str(), key.c_str(), "", value.data(), static_cast<int>(value.size()), file);
    return value.data();
}

/// Texts that follow each other, each ended by a NUL byte, the list by another.
std::vector<std::string> listed(const char* list) {
    std::vector<std::string> texts;
    for (const char* text = list; *text != '\0'; text += texts.back().size() + 1) texts.emplace_back(text);
    return texts;
}

std::vector<std::string> profile_keys(const std::string& section, const char* file) {
    std::array<char, 8192> list{};
    SQLGetPrivateProfileString(section.c_str(), nullptr, "", list.data(), static_cast<int>(list.size() - 2), file);
    return listed(list.data());
}

void add(std::string& text, const std::string& more) {
    for (const char c : more) text += static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
    text += ' ';
}

}  // namespace

std::vector<std::string> installed_drivers() {
    std::array<char, 8192> list{};
    SQLGetInstalledDrivers(list.data(), static_cast<WORD>(list.size() - 2), nullptr);
    auto names = listed(list.data());
    std::sort(names.begin(), names.end());
    return names;
}

const Driver* find_driver(const Attributes& attributes) {
    const std::string* name = find_attribute(attributes, "DRIVER");
    if (name == nullptr) return nullptr;
    std::string marks;
    add(marks, *name);
    add(marks, profile_value(*name, "Driver", "odbcinst.ini"));
    const auto found = std::find_if(drivers.begin(), drivers.end(),
                                    [&](const auto& entry) { return marks.find(entry.first) != std::string::npos; });
    return found == drivers.end() ? nullptr : &found->second;
}

void limit_connecting(Attributes& attributes, const Driver& driver, std::chrono::seconds limit) {
    if (driver.connect_limit_key.empty() || find_attribute(attributes, driver.connect_limit_key) != nullptr) return;
    set_attribute(attributes, driver.connect_limit_key,
                  std::string(driver.connect_limit_prefix) + std::to_string(limit.count()));
}

Attributes with_data_source(const Attributes& attributes) {
    const std::string* name = find_attribute(attributes, "DSN");
    if (name == nullptr) return attributes;
    const auto keys = profile_keys(*name, "odbc.ini");
    if (keys.empty()) return attributes;
    Attributes whole;
    for (const auto& key : keys) {
        std::string value = profile_value(*name, key, "odbc.ini");
        for (auto& [known, text] : connection_attributes(key + "=")) set_attribute(whole, known, value);
    }
    for (const auto& [key, value] : attributes) {
        if (key != "DSN") set_attribute(whole, key, value);
    }
    return whole;
}

}  // namespace crmaudit::connectors
