#include "tests/support/live.h"

#include <stdlib.h>
#include <unistd.h>

#include <stdexcept>
#include <thread>

#include "connectors/connection_string.h"

namespace crmaudit::live {
namespace {

std::string server(Product product) {
    return required(product == Product::postgresql ? "CRMAUDIT_TEST_POSTGRESQL" : "CRMAUDIT_TEST_MARIADB");
}

std::string new_name() {
    static int count = 0;
    return "crm_" + std::to_string(::getpid()) + "_" + std::to_string(++count);
}

}  // namespace

std::string to_string(Product product) {
    switch (product) {
        case Product::sqlite: return "sqlite";
        case Product::postgresql: return "postgresql";
        case Product::mariadb: break;
    }
    return "mariadb";
}

std::ostream& operator<<(std::ostream& out, Product product) { return out << to_string(product); }

std::string required(const char* variable) {
    const char* value = std::getenv(variable);
    if (value == nullptr || *value == '\0') {
        throw std::runtime_error(std::string(variable) + " is not set; run the tests through scripts/test, or within " +
                                 "scripts/servers run …");
    }
    return value;
}

std::string with(const std::string& connection_string, const std::string& key, const std::string& value) {
    auto attributes = connectors::connection_attributes(connection_string);
    connectors::set_attribute(attributes, key, value);
    return connectors::connection_string(attributes);
}

bool eventually(const std::function<bool()>& is_so, std::chrono::milliseconds longest) {
    const auto end = std::chrono::steady_clock::now() + longest;
    while (!is_so()) {
        if (std::chrono::steady_clock::now() > end) return false;
        std::this_thread::sleep_for(std::chrono::milliseconds(20));
    }
    return true;
}

TemporaryDirectory::TemporaryDirectory() {
    std::string pattern = (std::filesystem::temp_directory_path() / "crmaudit-test.XXXXXX").string();
    if (::mkdtemp(pattern.data()) == nullptr) throw std::runtime_error("cannot make a temporary directory");
    path_ = pattern;
}

TemporaryDirectory::~TemporaryDirectory() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
}

Scratch::Scratch(Product product) : product_(product), name_(new_name()) {
    if (product == Product::sqlite) {
        connection_ = "DRIVER=SQLite3;DATABASE=" + (directory_.path() / "crm.sqlite").string();
    } else {
        AdminConnection(server(product)).run("CREATE DATABASE " + name_);
        connection_ = with(server(product), "DATABASE", name_);
    }
    admin_ = std::make_unique<AdminConnection>(connection_);
}

Scratch::~Scratch() {
    admin_.reset();
    if (product_ == Product::sqlite) return;
    try {
        AdminConnection(server(product_))
            .run("DROP DATABASE " + name_ + (product_ == Product::postgresql ? " WITH (FORCE)" : ""));
    } catch (const std::exception&) {
        // The server goes away with all its data when the tests are over.
    }
}

std::string Scratch::auditor_connection() const {
    return with(required(product_ == Product::postgresql ? "CRMAUDIT_TEST_POSTGRESQL_AUDITOR"
                                                         : "CRMAUDIT_TEST_MARIADB_AUDITOR"),
                "DATABASE", name_);
}

std::string Scratch::auditor() const { return product_ == Product::postgresql ? "auditor" : "auditor@'%'"; }

connectors::ConnectOptions Scratch::options() const {
    connectors::ConnectOptions options;
    options.connection_string = connection_;
    return options;
}

}  // namespace crmaudit::live
