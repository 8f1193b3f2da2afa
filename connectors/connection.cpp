#include "connectors/connection.h"

#include <soci/odbc/soci-odbc.h>
#include <soci/soci.h>

#include <array>

#include "connectors/connect_error.h"
#include "connectors/diagnostics.h"
#include "connectors/dialect.h"

namespace crmaudit::connectors {

struct Connection::Soci {
    soci::session session;
    bool in_transaction = false;

    soci::odbc_session_backend& backend() { return *static_cast<soci::odbc_session_backend*>(session.get_backend()); }
};

namespace {

soci::connection_parameters parameters(const Attributes& attributes) {
    soci::connection_parameters result(soci::odbc, connection_string(attributes));
    // SOCI's default lets drivers ask for what is missing; MariaDB's then reports every failure as a failed dialog.
    result.set_option(soci::odbc_option_driver_complete, std::to_string(SQL_DRIVER_NOPROMPT));
    return result;
}

template <typename Character>
std::string text_of(const Character* text) {
    return reinterpret_cast<const char*>(text);
}

}  // namespace

Connection::Connection(const Attributes& attributes) : soci_(std::make_unique<Soci>()) {
    try {
        soci_->session.open(parameters(attributes));
    } catch (const soci::odbc_soci_error& error) {
        throw connect_error({text_of(error.odbc_error_code()), static_cast<int>(error.native_error_code()),
                             text_of(error.odbc_error_message())},
                            attributes);
    } catch (const soci::soci_error&) {
        throw ConnectError(ConnectError::Reason::unreachable, "the ODBC driver failed without saying why");
    }
}

Connection::~Connection() { rollback(); }

void* Connection::handle() const { return soci_->backend().hdbc_; }

namespace {

std::string information(SQLHDBC connection, SQLUSMALLINT what) {
    std::array<char, 256> text{};
    SQLGetInfo(connection, what, text.data(), static_cast<SQLSMALLINT>(text.size()), nullptr);
    return text.data();
}

}  // namespace

std::string Connection::product() const { return information(handle(), SQL_DBMS_NAME); }

std::string Connection::version() const { return information(handle(), SQL_DBMS_VER); }

std::string Connection::driver() const { return information(handle(), SQL_DRIVER_NAME); }

std::string Connection::driver_version() const { return information(handle(), SQL_DRIVER_VER); }

std::string Connection::driver_manager() const { return information(handle(), SQL_DM_VER); }

void Connection::begin() {
    try {
        soci_->session.begin();
    } catch (const soci::soci_error&) {
        throw ConnectError(ConnectError::Reason::unreachable, "the connection was lost before anything was read");
    }
    soci_->in_transaction = true;
}

void Connection::rollback() noexcept {
    if (!soci_->in_transaction) return;
    soci_->in_transaction = false;
    try {
        soci_->session.rollback();
    } catch (...) {
        // A connection that is lost has no transaction either.
    }
}

}  // namespace crmaudit::connectors
