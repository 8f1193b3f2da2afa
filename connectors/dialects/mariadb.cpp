#include <algorithm>
#include <array>

#include "connectors/connection_string.h"
#include "connectors/dialects/all.h"
#include "connectors/dialects/mariadb_catalog.h"
#include "connectors/dialects/mariadb_grammar.h"
#include "connectors/dialects/mariadb_grants.h"
#include "connectors/dialects/reading.h"

namespace crmaudit::connectors {
namespace {

class MariadbDialect final : public Dialect {
public:
    std::string_view name() const override { return "mariadb"; }
    bool serves(std::string_view product) const override { return product == "MariaDB" || product == "MySQL"; }
    const sql::Grammar& grammar() const override { return grammar_; }

    /// The driver has nothing that reads more safely: it always buffers a whole result. It refuses SET NAMES.
    std::string complete(const std::string& connection_string) const override {
        Attributes attributes = connection_attributes(connection_string);
        set_attribute(attributes, "CHARSET", "utf8mb4");
        return connectors::connection_string(attributes);
    }

    std::vector<SessionStatement> session(const ConnectOptions& options) const override {
        const std::string limit = std::to_string(options.statement_limit.count());
        const std::string patience = std::to_string(options.lock_limit.count());
        const std::string memory = std::to_string(static_cast<long long>(options.hash_memory_mib) * 1024 * 1024);
        return {
            {"SET SESSION TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY", "the session is not read-only",
             true},
            // Zero dates must come through as they are, and warnings must not become errors.
            {"SET SESSION sql_mode = ''", "the meaning of statements depends on the server's sql_mode", true},
            {"SET SESSION time_zone = '+00:00'", "days depend on the server's time zone"},
            // One statement for both products: each runs the comment that is meant for it.
            {"SET SESSION /*M! max_statement_time = " + limit + " */ /*!50708 max_execution_time = " + limit + "000 */",
             "no time limit for statements"},
            {"SET SESSION lock_wait_timeout = " + patience, "no time limit for table locks"},
            {"SET SESSION innodb_lock_wait_timeout = " + patience, "no time limit for row locks"},
            {"SET SESSION tmp_table_size = " + memory + ", max_heap_table_size = " + memory, ""},
            // MariaDB would otherwise group some related tables anew for each row of the base table: three times the
            // work, and worse the larger the table.
            {"SET SESSION /*M! optimizer_switch = 'split_materialized=off' */ /*!50708 @crmaudit = 1 */", ""},
        };
    }

    std::string read_only_proof() const override {
        return "SELECT /*M! @@session.tx_read_only */ /*!50720 @@session.transaction_read_only */";
    }

    Snapshot snapshot(const CatalogQuery&) const override { return Snapshot::transaction; }
    std::vector<std::string> begin_snapshot() const override {
        return {"START TRANSACTION WITH CONSISTENT SNAPSHOT, READ ONLY"};
    }
    bool limits_statements() const override { return true; }
    /// Going back to a row of a block, for a cell that did not fit, makes the driver end the result after that block.
    std::size_t rows_per_block() const override { return 1; }
    LargeResult large_result() const override { return LargeResult::by_key_pages; }
    std::optional<std::size_t> widest_value(const Column& column) const override { return declared_width(column); }
    bool sorts_as_written(const Column& column) const override {
        // An enumeration sorts by the position of its words, bits are not what they are written as, and a
        // floating-point number's text is not its value.
        static constexpr std::array<std::string_view, 5> others{"enum", "set", "bit", "float", "double"};
        const bool is_other = std::any_of(others.begin(), others.end(),
                                          [&](std::string_view type) { return column.type.starts_with(type); });
        return !is_other && column.kind != ColumnKind::other && column.kind != ColumnKind::unknown;
    }
    Cancellation cancellation() const override { return Cancellation::other_connection; }
    std::string cancelling_statement() const override { return "SELECT CONCAT('KILL QUERY ', CONNECTION_ID())"; }

    sql::QueryError::Reason reason(std::string_view sqlstate, int native_error, std::string_view) const override {
        using Reason = sql::QueryError::Reason;
        switch (native_error) {
            case 1044:
            case 1045:
            case 1142:
            case 1143:
            case 1227:
            case 1370: return Reason::forbidden;
            case 1205:
            case 1213: return Reason::locked;
            case 1969:
            case 3024: return Reason::timeout;
            case 1317: return Reason::cancelled;
            case 1049:
            case 1054:
            case 1146:
            case 1356: return Reason::missing;
            case 1053:
            case 1927:
            case 2006:
            case 2013:
            case 2055: return Reason::connection_lost;
            default: return sqlstate.substr(0, 2) == "08" ? Reason::connection_lost : Reason::other;
        }
    }

    Catalog read_catalog(const CatalogQuery& query) const override {
        Catalog catalog;
        for (const auto& row : query("SELECT DATABASE(), CURRENT_USER(), SUBSTRING_INDEX(VERSION(), '-', 1)")) {
            catalog.database = text_at(row, 0);
            catalog.version = text_at(row, 2);
            const std::string account = text_at(row, 1);
            const auto at = account.rfind('@');  // a host has none, a user may
            if (at != std::string::npos)
                catalog.account = mariadb_account(account.substr(0, at), account.substr(at + 1));
        }
        if (catalog.database.empty()) {
            throw sql::QueryError(sql::QueryError::Reason::missing, "3D000",
                                  "the connection names no database; add DATABASE=… to it");
        }
        catalog.default_schema = catalog.database;
        const auto own = read_own_grants(query);
        read_mariadb_structure(query, own, catalog);
        read_mariadb_permissions(query, own, catalog);
        read_mariadb_hosts(query, own, catalog);
        return catalog;
    }

private:
    MariadbGrammar grammar_;
};

}  // namespace

const Dialect& mariadb_dialect() {
    static const MariadbDialect dialect;
    return dialect;
}

}  // namespace crmaudit::connectors
