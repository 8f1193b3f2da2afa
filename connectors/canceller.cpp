#include "connectors/canceller.h"

#include <sql.h>
#include <sqlext.h>

#include <memory>

namespace crmaudit::connectors {
namespace {

/// A statement that never runs anything; SQLCancel on it reaches what its connection runs.
class IdleStatement {
public:
    explicit IdleStatement(SQLHDBC connection) { SQLAllocHandle(SQL_HANDLE_STMT, connection, &handle_); }
    ~IdleStatement() { SQLFreeHandle(SQL_HANDLE_STMT, handle_); }
    IdleStatement(const IdleStatement&) = delete;
    IdleStatement& operator=(const IdleStatement&) = delete;

    void cancel() const { SQLCancel(handle_); }

private:
    SQLHSTMT handle_ = SQL_NULL_HSTMT;
};

/// Opened when it is first needed, and kept for what else has to be cancelled.
class OtherConnection {
public:
    OtherConnection(const Dialect& dialect, Attributes attributes, std::string statement)
        : dialect_(dialect), attributes_(std::move(attributes)), statement_(std::move(statement)) {}

    void cancel() noexcept {
        try {
            if (!connection_) connection_ = std::make_unique<Connection>(attributes_);
            BlockReader(connection_->handle(), dialect_).read(statement_, {}, [](const sql::Row&) { return true; });
        } catch (...) {
            // The next attempt may find the server with a connection to spare; without one the server's own limit
            // holds.
            connection_.reset();
        }
    }

private:
    const Dialect& dialect_;
    Attributes attributes_;
    std::string statement_;
    std::unique_ptr<Connection> connection_;
};

}  // namespace

std::function<void()> make_canceller(Connection& connection, BlockReader& reader, const Dialect& dialect,
                                     const Attributes& attributes, const std::string& statement) {
    switch (dialect.cancellation()) {
        case Cancellation::idle_statement:
            return [idle = std::make_shared<IdleStatement>(connection.handle())] { idle->cancel(); };
        case Cancellation::other_connection:
            return [other = std::make_shared<OtherConnection>(dialect, attributes, statement)] { other->cancel(); };
        case Cancellation::statement: break;
    }
    return [&reader] { reader.cancel(); };
}

}  // namespace crmaudit::connectors
