// One ODBC connection, made, transacted and ended by SOCI. Nothing outside this file knows SOCI.
#pragma once

#include <memory>
#include <string>

#include "connectors/connection_string.h"

namespace crmaudit::connectors {

class Connection {
public:
    /// Throws ConnectError, whose text holds nothing secret.
    explicit Connection(const Attributes& attributes);
    /// Rolls back what is open: SQLite's driver cannot be left within a transaction.
    ~Connection();
    Connection(const Connection&) = delete;
    Connection& operator=(const Connection&) = delete;

    /// The ODBC connection handle (HDBC).
    void* handle() const;

    std::string product() const;
    std::string version() const;
    /// The driver's library and its version, and the version of the driver manager between it and this program.
    std::string driver() const;
    std::string driver_version() const;
    std::string driver_manager() const;

    /// Turns autocommit off; the driver then opens a transaction with the next statement. Throws ConnectError.
    void begin();
    void rollback() noexcept;

private:
    struct Soci;
    std::unique_ptr<Soci> soci_;
};

}  // namespace crmaudit::connectors
