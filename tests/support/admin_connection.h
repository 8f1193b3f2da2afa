// A plain ODBC connection that may do everything: tests make databases with it, lock tables, and look at what a server
// runs. It shares no code with the connectors that are tested.
#pragma once

#include <optional>
#include <string>
#include <vector>

namespace crmaudit::live {

class AdminConnection {
public:
    /// Throws std::runtime_error with the driver's own words.
    explicit AdminConnection(const std::string& connection_string);
    ~AdminConnection();
    AdminConnection(const AdminConnection&) = delete;
    AdminConnection& operator=(const AdminConnection&) = delete;

    void run(const std::string& statement);
    /// The first cell of the first row, of at most 64 KiB; absent for NULL and for no row.
    std::optional<std::string> value(const std::string& statement);

private:
    void* environment_ = nullptr;
    void* connection_ = nullptr;
};

}  // namespace crmaudit::live
