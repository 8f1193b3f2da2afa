// ODBC drivers that are known by name: which product they reach, which Debian package installs them, and what they call
// the time a connection attempt may take.
#pragma once

#include <chrono>
#include <string>
#include <string_view>

#include "connectors/connection_string.h"

namespace crmaudit::connectors {

struct Driver {
    std::string_view product;  // as SQL_DBMS_NAME of its connections
    std::string_view package;
    std::string_view connect_limit_key;     // empty: the driver has none
    std::string_view connect_limit_prefix;  // stands before the seconds
};

/// The driver that the attributes name, by its name or by the library that odbcinst.ini gives for that name;
/// null when it is none of the known ones.
const Driver* find_driver(const Attributes& attributes);

/// Adds the limit for connecting unless the connection string has it.
void limit_connecting(Attributes& attributes, const Driver& driver, std::chrono::seconds limit);

/// The attributes with DSN=name replaced by what odbc.ini holds under that name; attributes that were given win.
/// Unchanged when there is no DSN, or none of that name.
Attributes with_data_source(const Attributes& attributes);

}  // namespace crmaudit::connectors
