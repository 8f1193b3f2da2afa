#include "connectors/connection_string.h"
#include "connectors/dialects/access_reading.h"
#include "connectors/dialects/all.h"
#include "connectors/dialects/postgresql_access.h"
#include "connectors/dialects/postgresql_catalog.h"
#include "connectors/dialects/postgresql_grammar.h"
#include "connectors/dialects/reading.h"

namespace crmaudit::connectors {
namespace {

constexpr std::size_t fetched_at_once = 1000;

std::string milliseconds(std::chrono::seconds limit) {
    return std::to_string(std::chrono::duration_cast<std::chrono::milliseconds>(limit).count());
}

class PostgresqlDialect final : public Dialect {
public:
    std::string_view name() const override { return "postgresql"; }
    bool serves(std::string_view product) const override { return product == "PostgreSQL"; }
    const sql::Grammar& grammar() const override { return grammar_; }

    std::string complete(const std::string& connection_string) const override {
        Attributes attributes = connection_attributes(connection_string);
        // A cursor streams; without it the driver holds a whole result in memory.
        set_attribute(attributes, "USEDECLAREFETCH", "1");
        set_attribute(attributes, "FETCH", std::to_string(fetched_at_once));
        // The driver's own read-only mode breaks what SOCI does while it connects; the session's setting is stronger.
        set_attribute(attributes, "READONLY", "0");
        // An error ends no more than its statement: the session sets savepoints of its own.
        set_attribute(attributes, "PROTOCOL", "7.4-0");
        // The driver's default is never to encrypt.
        if (find_attribute(attributes, "SSLMODE") == nullptr) set_attribute(attributes, "SSLMODE", "prefer");
        return connectors::connection_string(attributes);
    }

    std::vector<SessionStatement> session(const ConnectOptions& options) const override {
        const auto idle = options.statement_limit + std::chrono::minutes{10};
        return {
            {"SET default_transaction_read_only = on", "the session is not read-only", true},
            {"SET default_transaction_isolation = 'repeatable read'", "counts may not come from one snapshot"},
            {"SET row_security = off", "row-level security may hide rows without an error", true},
            {"SET TimeZone = 'UTC'", "days depend on the server's time zone"},
            {"SET DateStyle = 'ISO, YMD'", "dates depend on the server's settings"},
            {"SET standard_conforming_strings = on", ""},
            {"SET statement_timeout = " + milliseconds(options.statement_limit), "no time limit for statements"},
            {"SET lock_timeout = " + milliseconds(options.lock_limit), "no time limit for locks"},
            {"SET idle_in_transaction_session_timeout = " + milliseconds(idle), "no limit for an idle transaction"},
            {"SET application_name = 'crmaudit'", ""},
            // Measured: with few cores, JIT and parallel plans cost fused counts more than they give.
            {"SET jit = off", ""},
            // Results come through cursors; a plan for the first tenth of the rows would be the wrong one.
            {"SET cursor_tuple_fraction = 1.0", ""},
            {"SET max_parallel_workers_per_gather = 0", ""},
            {"SET work_mem = '" + std::to_string(options.hash_memory_mib) + "MB'", ""},
        };
    }

    std::string read_only_proof() const override { return "SELECT current_setting('transaction_read_only')"; }

    Snapshot snapshot(const CatalogQuery&) const override { return Snapshot::transaction; }
    std::vector<std::string> begin_snapshot() const override {
        return {"SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY", "SELECT 1"};
    }
    std::string savepoint() const override { return "SAVEPOINT crmaudit"; }
    std::string release_savepoint() const override { return "RELEASE SAVEPOINT crmaudit"; }
    std::string rollback_to_savepoint() const override { return "ROLLBACK TO SAVEPOINT crmaudit"; }
    bool limits_statements() const override { return true; }
    std::size_t rows_held() const override { return fetched_at_once; }
    std::optional<std::size_t> widest_value(const Column& column) const override { return declared_width(column); }
    /// An index orders any type that it can hold, and a literal takes the type of the column.
    bool sorts_as_written(const Column&) const override { return true; }

    sql::QueryError::Reason reason(std::string_view sqlstate, int, std::string_view message) const override {
        using Reason = sql::QueryError::Reason;
        if (sqlstate == "42501" || sqlstate.substr(0, 2) == "28") return Reason::forbidden;
        if (sqlstate == "55P03" || sqlstate == "40P01") return Reason::locked;
        if (sqlstate == "57014") {
            // One state for both; a timeout is the server's own decision, a cancel somebody's request.
            return message.find("user request") == std::string_view::npos ? Reason::timeout : Reason::cancelled;
        }
        if (sqlstate == "42P01" || sqlstate == "42703" || sqlstate == "3F000") return Reason::missing;
        const bool server_ended = sqlstate == "57P01" || sqlstate == "57P02" || sqlstate == "57P03" ||
                                  sqlstate == "57P05" || sqlstate == "25P03";
        if (sqlstate.substr(0, 2) == "08" || server_ended) return Reason::connection_lost;
        return Reason::other;
    }

    Catalog read_catalog(const CatalogQuery& query) const override {
        Catalog catalog;
        for (const auto& row : query("SELECT current_database(), current_schema(), current_user, "
                                     "split_part(current_setting('server_version'), ' ', 1)")) {
            catalog.database = text_at(row, 0);
            catalog.default_schema = text_at(row, 1);
            catalog.account = text_at(row, 2);
            catalog.version = text_at(row, 3);
        }
        read_postgresql_structure(query, catalog);
        read_postgresql_powers(query, catalog);
        take_permissions(read_postgresql_access(query), catalog);
        read_postgresql_hosts(query, catalog);
        return catalog;
    }

private:
    PostgresqlGrammar grammar_;
};

}  // namespace

const Dialect& postgresql_dialect() {
    static const PostgresqlDialect dialect;
    return dialect;
}

}  // namespace crmaudit::connectors
