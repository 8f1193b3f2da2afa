#include "tests/support/admin_connection.h"

#include <sql.h>
#include <sqlext.h>

#include <stdexcept>

namespace crmaudit::live {
namespace {

[[noreturn]] void fail(SQLSMALLINT type, SQLHANDLE handle, const std::string& doing) {
    SQLCHAR state[6] = {};
    SQLCHAR text[1024] = {};
    SQLINTEGER native = 0;
    SQLSMALLINT length = 0;
    SQLGetDiagRec(type, handle, 1, state, &native, text, sizeof text, &length);
    throw std::runtime_error(doing + ": " + reinterpret_cast<const char*>(state) + " " +
                             reinterpret_cast<const char*>(text));
}

SQLCHAR* characters(const std::string& text) { return reinterpret_cast<SQLCHAR*>(const_cast<char*>(text.data())); }

class Statement {
public:
    Statement(SQLHDBC connection, const std::string& text) {
        SQLAllocHandle(SQL_HANDLE_STMT, connection, &handle);
        const SQLRETURN code = SQLExecDirect(handle, characters(text), static_cast<SQLINTEGER>(text.size()));
        if (!SQL_SUCCEEDED(code) && code != SQL_NO_DATA) fail(SQL_HANDLE_STMT, handle, text.substr(0, 200));
    }
    ~Statement() { SQLFreeHandle(SQL_HANDLE_STMT, handle); }
    Statement(const Statement&) = delete;
    Statement& operator=(const Statement&) = delete;

    SQLHSTMT handle = SQL_NULL_HSTMT;
};

}  // namespace

AdminConnection::AdminConnection(const std::string& connection_string) {
    SQLAllocHandle(SQL_HANDLE_ENV, SQL_NULL_HANDLE, &environment_);
    SQLSetEnvAttr(environment_, SQL_ATTR_ODBC_VERSION, reinterpret_cast<SQLPOINTER>(SQL_OV_ODBC3), 0);
    SQLAllocHandle(SQL_HANDLE_DBC, environment_, &connection_);
    const SQLRETURN code =
        SQLDriverConnect(connection_, nullptr, characters(connection_string),
                         static_cast<SQLSMALLINT>(connection_string.size()), nullptr, 0, nullptr, SQL_DRIVER_NOPROMPT);
    if (!SQL_SUCCEEDED(code)) fail(SQL_HANDLE_DBC, connection_, "the test's own connection");
}

AdminConnection::~AdminConnection() {
    SQLDisconnect(connection_);
    SQLFreeHandle(SQL_HANDLE_DBC, connection_);
    SQLFreeHandle(SQL_HANDLE_ENV, environment_);
}

void AdminConnection::run(const std::string& statement) { const Statement executed(connection_, statement); }

std::optional<std::string> AdminConnection::value(const std::string& statement) {
    const Statement executed(connection_, statement);
    if (!SQL_SUCCEEDED(SQLFetch(executed.handle))) return std::nullopt;
    std::string text(65536, '\0');
    SQLLEN length = 0;
    const SQLRETURN code =
        SQLGetData(executed.handle, 1, SQL_C_CHAR, text.data(), static_cast<SQLLEN>(text.size()), &length);
    if (!SQL_SUCCEEDED(code)) fail(SQL_HANDLE_STMT, executed.handle, "reading " + statement.substr(0, 200));
    if (length == SQL_NULL_DATA) return std::nullopt;
    text.resize(static_cast<std::size_t>(length));
    return text;
}

}  // namespace crmaudit::live
