#include <set>

#include "connectors/dialects/postgresql_catalog.h"
#include "connectors/dialects/reading.h"

namespace crmaudit::connectors {
namespace {

// Only options that name a host: wrappers keep passwords among the others. User mappings are not looked at.
constexpr std::string_view foreign_servers = R"sql(
SELECT s.srvname, w.fdwname, o.option_value
FROM pg_catalog.pg_foreign_server s
JOIN pg_catalog.pg_foreign_data_wrapper w ON w.oid = s.srvfdw
LEFT JOIN LATERAL (SELECT option_value FROM pg_options_to_table(s.srvoptions)
                   WHERE lower(option_name) IN ('host', 'hostaddr', 'address', 'server', 'servername', 'svr_host',
                                                'dbserver', 'url', 'uri', 'base_url', 'endpoint', 'location')) o ON true
ORDER BY 1, 3)sql";

constexpr std::string_view subscriptions = R"sql(
SELECT s.subname FROM pg_catalog.pg_subscription s
JOIN pg_catalog.pg_database d ON d.oid = s.subdbid WHERE d.datname = current_database() ORDER BY 1)sql";

// The server itself cuts the host out, so that no password comes this way.
constexpr std::string_view subscription_hosts = R"sql(
SELECT s.subname,
       CASE WHEN s.subconninfo ~* '^postgres(ql)?://'
            THEN (regexp_match(s.subconninfo, '^[a-zA-Z]+://(?:[^/?#]*@)?([^/?#]*)'))[1]
            ELSE coalesce(
                (regexp_match(s.subconninfo, '(?:^|\s)host(?:addr)?\s*=\s*''?([^''\s]+)', 'i'))[1],
                CASE WHEN s.subconninfo ~* '(^|\s)service\s*=' THEN '?' ELSE '/' END) END
FROM pg_catalog.pg_subscription s
JOIN pg_catalog.pg_database d ON d.oid = s.subdbid WHERE d.datname = current_database() ORDER BY 1)sql";

// Without pg_read_all_stats the rows of others show no state and no address.
constexpr std::string_view replicas = R"sql(
SELECT coalesce(application_name, ''), host(client_addr), CASE WHEN state IS NULL THEN 1 ELSE 0 END
FROM pg_catalog.pg_stat_replication ORDER BY 1, 2)sql";

constexpr std::string_view primary = R"sql(
SELECT sender_host FROM pg_catalog.pg_stat_wal_receiver WHERE pid IS NOT NULL)sql";

const char* const object_of_gap = "hosts";

class HostReader {
public:
    HostReader(const CatalogQuery& query, Catalog& catalog) : query_(query), catalog_(catalog) {}

    void read_foreign_servers() {
        // libpq's own default, and files: they name no other machine where they name no host.
        static const std::set<std::string, std::less<>> local{"postgres_fdw", "dblink_fdw", "file_fdw"};
        for (const auto& row : query_(std::string{foreign_servers})) {
            const std::string name = text_at(row, 0);
            if (!row[2]) {
                if (!local.contains(text_at(row, 1))) note("the foreign server " + name + " does not say its host");
                continue;
            }
            add("foreign_server", name, text_at(row, 2));
        }
    }

    void read_subscriptions() {
        std::vector<std::string> names;
        for (const auto& row : query_(std::string{subscriptions})) names.push_back(text_at(row, 0));
        if (names.empty()) return;
        try {
            for (const auto& row : query_(std::string{subscription_hosts})) {
                add("subscription", text_at(row, 0), text_at(row, 1));
            }
        } catch (const sql::QueryError& error) {
            if (error.reason() != sql::QueryError::Reason::forbidden) throw;
            for (const std::string& name : names) {
                note("the account may not see where the subscription " + name + " gets its data from");
            }
        }
    }

    void read_replication() {
        bool hidden = false;
        for (const auto& row : query_(std::string{replicas})) {
            hidden = hidden || truth_at(row, 2);
            // A replica without an address is connected by a socket of this machine.
            if (row[1]) add("replica", text_at(row, 0), text_at(row, 1));
        }
        if (hidden) note("the account may not see the addresses of replicas" + remedy());
        for (const auto& row : query_(std::string{primary})) {
            if (row[0]) {
                add("primary", "replication", text_at(row, 0));
            } else {
                note("the account may not see the address of the primary server" + remedy());
            }
        }
    }

private:
    void add(const char* what, const std::string& object, const std::string& text) {
        const NamedHosts named = other_hosts_in(text);
        if (!named.understood) note("what " + object + " names as its host is not understood");
        for (const std::string& host : named.hosts) catalog_.hosts.push_back({what, object, host});
    }

    void note(const std::string& reason) { catalog_.gaps.push_back({object_of_gap, reason}); }

    std::string remedy() const { return "; GRANT pg_read_all_stats TO " + catalog_.account; }

    const CatalogQuery& query_;
    Catalog& catalog_;
};

}  // namespace

void read_postgresql_hosts(const CatalogQuery& query, Catalog& catalog) {
    HostReader reader{query, catalog};
    reader.read_foreign_servers();
    reader.read_subscriptions();
    reader.read_replication();
}

}  // namespace crmaudit::connectors
