// Live tests: each gets an empty database of its own on a real server (or in a file), and removes it in the end.
// scripts/servers starts the servers and says where they are; without that the tests fail, they are never skipped.
#pragma once

#include <chrono>
#include <filesystem>
#include <functional>
#include <memory>
#include <ostream>
#include <string>

#include "connectors/database.h"
#include "tests/support/admin_connection.h"

namespace crmaudit::live {

enum class Product { sqlite, postgresql, mariadb };

constexpr Product all_products[] = {Product::sqlite, Product::postgresql, Product::mariadb};

std::string to_string(Product product);
std::ostream& operator<<(std::ostream& out, Product product);

/// An environment variable; throws std::runtime_error, which fails the test, when it is not set.
std::string required(const char* variable);

/// The connection string with one attribute set instead of an earlier one.
std::string with(const std::string& connection_string, const std::string& key, const std::string& value);

/// Waits until something is so, for at most that long; false when it never was.
bool eventually(const std::function<bool()>& is_so, std::chrono::milliseconds longest = std::chrono::seconds(20));

/// A directory that is removed with everything in it.
class TemporaryDirectory {
public:
    TemporaryDirectory();
    ~TemporaryDirectory();
    TemporaryDirectory(const TemporaryDirectory&) = delete;
    TemporaryDirectory& operator=(const TemporaryDirectory&) = delete;
    const std::filesystem::path& path() const { return path_; }

private:
    std::filesystem::path path_;
};

/// An empty database.
class Scratch {
public:
    explicit Scratch(Product product);
    ~Scratch();
    Scratch(const Scratch&) = delete;
    Scratch& operator=(const Scratch&) = delete;

    Product product() const { return product_; }
    const std::string& name() const { return name_; }
    /// With an account that may do everything; so nothing but the session keeps a reader from writing.
    const std::string& connection() const { return connection_; }
    /// The same database with the read-only account `auditor`; grant it what the test is about.
    std::string auditor_connection() const;
    /// How GRANT and REVOKE name that account.
    std::string auditor() const;
    AdminConnection& admin() { return *admin_; }

    connectors::ConnectOptions options() const;

private:
    Product product_;
    std::string name_;
    std::string connection_;
    TemporaryDirectory directory_;
    std::unique_ptr<AdminConnection> admin_;
};

}  // namespace crmaudit::live
