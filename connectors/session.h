// A read-only session on one database: every safeguard in place, one snapshot, limits on each statement. What the
// Database port is made of; statements come in as text here, so only this folder and tests of it may use it.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "auditor/sql/query_port.h"
#include "connectors/block_reader.h"
#include "connectors/connection.h"
#include "connectors/database.h"
#include "connectors/dialect.h"
#include "connectors/watchdog.h"

namespace crmaudit::connectors {

class Session {
public:
    /// Connects, chooses the dialect by the product that answers and puts the safeguards in place. Throws ConnectError.
    explicit Session(const ConnectOptions& options);

    const Dialect& dialect() const { return *dialect_; }
    const std::string& product() const { return product_; }
    const std::string& version() const { return version_; }
    /// Asks the server for what a connection stands on. Throws sql::QueryError.
    ConnectionFacts facts();
    /// True while all statements see one state of the database.
    bool in_snapshot() const { return in_snapshot_; }
    /// Limits and guards that this database could not give, in words for the report.
    const std::vector<std::string>& missing_safeguards() const { return missing_safeguards_; }

    /// Runs one statement within the snapshot and hands each row to `sink`. Throws sql::QueryError; the session stays
    /// usable unless the reason is connection_lost or cancelled.
    void read(const std::string& statement, const ReadOptions& options, const RowSink& sink);
    std::vector<sql::Row> rows(const std::string& statement);

    /// Ends the running statement, on the server too, and makes every later one fail as cancelled. Any thread may call
    /// it.
    void cancel() noexcept { watchdog_->cancel(); }

private:
    void connect(const ConnectOptions& options);
    void protect(const ConnectOptions& options);
    void begin_snapshot();
    void run(const std::string& statement, const ReadOptions& options, const RowSink& sink);
    std::string single_cell(const std::string& statement);

    Attributes attributes_;
    std::chrono::seconds statement_limit_;
    const Dialect* dialect_ = nullptr;
    std::string product_;
    std::string version_;
    std::vector<std::string> missing_safeguards_;
    bool in_snapshot_ = false;
    std::unique_ptr<Connection> connection_;
    std::unique_ptr<BlockReader> reader_;
    std::unique_ptr<Watchdog> watchdog_;
};

}  // namespace crmaudit::connectors
