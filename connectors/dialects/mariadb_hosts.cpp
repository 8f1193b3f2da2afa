#include <algorithm>
#include <map>
#include <optional>

#include "connectors/dialects/mariadb_catalog.h"
#include "connectors/dialects/mariadb_remote.h"
#include "connectors/dialects/reading.h"

namespace crmaudit::connectors {
namespace {

// No user, no password: scripts/grants/mariadb.sql opens these two columns.
constexpr std::string_view servers = "SELECT Server_name, Host FROM mysql.servers ORDER BY Server_name";

// Everybody may read them. MySQL has no such counts.
constexpr std::string_view replication_counts =
    "SHOW GLOBAL STATUS WHERE Variable_name IN ('Slaves_connected', 'Slaves_running')";

constexpr std::string_view replicas =
    "SELECT DISTINCT user, LEFT(host, CHAR_LENGTH(host) - CHAR_LENGTH(SUBSTRING_INDEX(host, ':', -1)) - 1) "
    "FROM information_schema.processlist WHERE command LIKE 'Binlog Dump%' ORDER BY 1, 2";

constexpr std::string_view primaries = "SHOW ALL SLAVES STATUS";
constexpr std::size_t primary_host = 3;

class HostReader {
public:
    HostReader(const CatalogQuery& query, Catalog& catalog) : query_(query), catalog_(catalog) {}

    void read_servers() {
        const auto rows = permitted(std::string{servers});
        if (!rows) return note("the account may not read mysql.servers; " + remedy());
        for (const auto& row : *rows) add("foreign_server", text_at(row, 0), other_hosts_in(text_at(row, 1)));
    }

    void read_remote_tables() {
        for (const Table& table : catalog_.tables) {
            if (table.kind != TableKind::foreign_table) continue;
            const std::string name = to_string(table.name);
            const auto rows = permitted("SHOW CREATE TABLE " + quoted(table.name));
            if (!rows || rows->empty()) {
                note("the account may not see where the table " + name + " lives");
            } else {
                add("foreign_table", name, hosts_of_remote_table(text_at(rows->front(), 1)));
            }
        }
    }

    void read_replication(const std::vector<Grant>& own) {
        std::map<std::string, std::int64_t> counts;
        for (const auto& row : query_(std::string{replication_counts})) {
            counts[text_at(row, 0)] = number_at(row, 1).value_or(0);
        }
        const auto connected = counts.find("Slaves_connected");
        if (connected == counts.end()) {
            if (!sees_all_threads(own)) note("the account may not see whether there are replicas; it needs PROCESS");
        } else if (connected->second == 0) {
            return read_primaries(counts["Slaves_running"]);
        }
        bool seen = false;
        for (const auto& row : query_(std::string{replicas})) {
            seen = true;
            add("replica", text_at(row, 0), other_hosts_in(text_at(row, 1)));
        }
        if (!seen && connected != counts.end()) {
            note("the account may not see the addresses of replicas; it needs PROCESS");
        }
        read_primaries(counts["Slaves_running"]);
    }

private:
    void read_primaries(std::int64_t running) {
        if (running == 0) return;
        const auto rows = permitted(std::string{primaries});
        if (!rows) return note("the account may not see the address of the primary server; it needs REPLICA MONITOR");
        for (const auto& row : *rows) add("primary", "replication", other_hosts_in(text_at(row, primary_host)));
    }

    /// Absent when the account may not.
    std::optional<std::vector<sql::Row>> permitted(const std::string& statement) const {
        using Reason = sql::QueryError::Reason;
        try {
            return query_(statement);
        } catch (const sql::QueryError& error) {
            if (ends_the_run(error)) throw;
            if (error.reason() != Reason::forbidden && error.reason() != Reason::missing &&
                error.reason() != Reason::other) {
                throw;
            }
            return std::nullopt;
        }
    }

    static bool sees_all_threads(const std::vector<Grant>& own) {
        return std::any_of(own.begin(), own.end(), [](const Grant& grant) {
            return grant.object == TableName{} && (grant.privilege == "PROCESS" || grant.privilege == "ALL PRIVILEGES");
        });
    }

    static std::string quoted(const TableName& name) {
        const auto identifier = [](const std::string& text) {
            std::string doubled;
            for (const char c : text) doubled += c == '`' ? std::string{"``"} : std::string{c};
            return "`" + doubled + "`";
        };
        return identifier(name.schema) + "." + identifier(name.name);
    }

    void add(const char* what, const std::string& object, const NamedHosts& named) {
        if (!named.understood) note("what " + object + " names as its host is not understood");
        for (const std::string& host : named.hosts) catalog_.hosts.push_back({what, object, host});
    }

    void note(const std::string& reason) { catalog_.gaps.push_back({"hosts", reason}); }

    static std::string remedy() { return "it needs the grant that scripts/grants/mariadb.sql gives"; }

    const CatalogQuery& query_;
    Catalog& catalog_;
};

}  // namespace

void read_mariadb_hosts(const CatalogQuery& query, const std::vector<Grant>& own, Catalog& catalog) {
    HostReader reader{query, catalog};
    reader.read_servers();
    reader.read_remote_tables();
    reader.read_replication(own);
}

}  // namespace crmaudit::connectors
