// A dialect: all that is particular to one database product. One file each in dialects/; registration is the list in
// dialects.cpp. Dialects render and read; they decide nothing.
#pragma once

#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "auditor/model/catalog.h"
#include "auditor/sql/grammar.h"
#include "auditor/sql/query_port.h"
#include "connectors/database.h"

namespace crmaudit::connectors {

/// Runs a fixed catalog statement and gives its rows. Throws sql::QueryError.
using CatalogQuery = std::function<std::vector<sql::Row>(const std::string& statement)>;

/// How a run's counts come to see one state of the database.
enum class Snapshot {
    transaction,    // one transaction for the whole run
    per_statement,  // a long transaction would block the CRM; each statement is consistent by itself
};

/// How a running statement is ended from another thread; what the drivers of Debian 12 survive.
enum class Cancellation {
    statement,       // SQLCancel on the statement itself
    idle_statement,  // SQLCancel on another statement of the connection: SQLite's driver interrupts the connection, and
                     // would free the statement under the thread that runs it
    other_connection,  // by a statement over a second connection: MariaDB's driver closes a result that is being read
};

/// How a result that may be larger than memory is read.
enum class LargeResult {
    streamed,      // the driver hands rows over as they come
    by_key_pages,  // the driver buffers whole results; LIMIT and a key cut them into pages
    whole,         // buffered, and no way is known to cut it
};

class Dialect {
public:
    virtual ~Dialect() = default;

    virtual std::string_view name() const = 0;
    /// By SQL_DBMS_NAME of the connection ("PostgreSQL", "MariaDB", "MySQL", "SQLite").
    virtual bool serves(std::string_view product) const = 0;
    virtual const sql::Grammar& grammar() const = 0;

    /// Attributes the driver needs for reading safely (streaming, no file creation, open mode), added to what was
    /// given.
    virtual std::string complete(const std::string& connection_string) const = 0;

    /// Statements that make the session read-only and limit it. Those that fail become Catalog::missing_safeguards,
    /// except that a read-only statement that fails ends the run.
    struct SessionStatement {
        std::string text;
        std::string safeguard;  // what is missing when it fails, in words for the report
        bool required = false;
    };
    virtual std::vector<SessionStatement> session(const ConnectOptions& options) const = 0;

    /// A SELECT that gives one cell, "1" or "on", when this session cannot write; empty where the database cannot be
    /// asked.
    virtual std::string read_only_proof() const { return {}; }

    /// For Snapshot::transaction the session turns autocommit off through SOCI and then sends these: they shape the
    /// transaction that the driver opens by itself ("SET TRANSACTION ISOLATION LEVEL …") and make it begin now, by a
    /// first read where nothing else does. An explicit BEGIN is wrong here: with autocommit on psqlodbc commits
    /// whenever a cursor closes. The transaction ends through SOCI's rollback.
    virtual Snapshot snapshot(const CatalogQuery& query) const = 0;
    virtual std::vector<std::string> begin_snapshot() const = 0;
    /// Around each statement inside the snapshot, so that a failed one does not end it; empty where not needed.
    virtual std::string savepoint() const { return {}; }
    virtual std::string release_savepoint() const { return {}; }
    virtual std::string rollback_to_savepoint() const { return {}; }

    /// True where the driver or server ends a statement at the limit by itself; otherwise a watchdog cancels it.
    virtual bool limits_statements() const = 0;
    virtual Cancellation cancellation() const { return Cancellation::statement; }
    /// For Cancellation::other_connection: a SELECT whose one cell is the statement that ends what this session runs.
    virtual std::string cancelling_statement() const { return {}; }
    /// Rows per block that the driver reads safely.
    virtual std::size_t rows_per_block() const { return 100; }
    virtual LargeResult large_result() const { return LargeResult::streamed; }
    /// Rows of a streamed result that the driver holds at a time.
    virtual std::size_t rows_held() const { return 1; }
    /// The most bytes that a value of this column can take as text, where its declaration says so.
    virtual std::optional<std::size_t> widest_value(const Column& /*column*/) const { return std::nullopt; }
    /// Whether the values of this column, never NULL, sort as what Grammar::key_literal writes for them; then a key may
    /// hold it by which a table is read in parts.
    virtual bool sorts_as_written(const Column& column) const {
        return column.kind == ColumnKind::integer || column.kind == ColumnKind::text;
    }
    /// The SQL of a hidden, ascending number of each row, by which a table without a key is read in parts; and every
    /// table, where the driver streams only outside the snapshot's transaction. Empty where there is none.
    virtual std::string row_number(const Table& /*table*/) const { return {}; }

    virtual sql::QueryError::Reason reason(std::string_view sqlstate, int native_error,
                                           std::string_view message) const = 0;

    /// Reads structure and permissions. Catalog::dialect and product are filled in by the caller,
    /// and the version where the dialect knows no better one than the driver's.
    virtual Catalog read_catalog(const CatalogQuery& query) const = 0;
};

/// All dialects, most particular first; the generic one, last, serves everything.
std::span<const Dialect* const> dialects();

}  // namespace crmaudit::connectors
