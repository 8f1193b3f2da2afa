#include <utility>

#include "connectors/dialects/logins.h"
#include "connectors/dialects/reading.h"

namespace crmaudit::connectors {
namespace {

using Login = Permissions::Login;

constexpr std::string_view remedy = "run scripts/grants/postgresql-audit-permissions.sql";

constexpr std::string_view opened_logins = R"sql(
SELECT l.account, l.kind FROM crmaudit_permissions.logins() l)sql";
// Hashes stay where they are; only their kind is asked for.
constexpr std::string_view logins = R"sql(
SELECT a.oid, CASE WHEN a.rolpassword IS NULL THEN '' WHEN left(a.rolpassword, 14) = 'SCRAM-SHA-256$' THEN 'scram-sha-256'
                   WHEN left(a.rolpassword, 3) = 'md5' THEN 'md5' ELSE 'other' END
FROM pg_catalog.pg_authid a WHERE a.rolcanlogin)sql";

// One row for each database and each user of a line.
constexpr std::string_view host_rules_head = R"sql(
SELECT h.place, h.line, h.type, h.address, h.method, CASE WHEN h.asks_certificate THEN 1 ELSE 0 END,
       CASE WHEN h.is_broken THEN 1 ELSE 0 END, n.kind, n.name
FROM )sql";
constexpr std::string_view opened_host_rules = "crmaudit_permissions.host_rules() h";
constexpr std::string_view host_rules = R"sql((
    SELECT row_number() OVER () AS place, r.line_number AS line, r.type, r.database AS databases, r.user_name AS users,
           r.address || coalesce('/' || r.netmask, '') AS address, r.auth_method AS method,
           EXISTS (SELECT 1 FROM unnest(r.options) o
                   WHERE o LIKE 'clientcert=%' AND o NOT IN ('clientcert=no-verify', 'clientcert=0')) AS asks_certificate,
           r.type IS NULL AS is_broken
    FROM pg_catalog.pg_hba_file_rules r) h)sql";
constexpr std::string_view host_rules_tail = R"sql(
LEFT JOIN LATERAL (SELECT 'd' AS kind, d AS name FROM unnest(h.databases) d
                   UNION ALL SELECT 'u', u FROM unnest(h.users) u) n ON true
ORDER BY h.place, n.kind, n.name)sql";

// The own line is protected if it is encrypted or never leaves the machine: no address is a socket's. A tunnel that
// ends here looks the same, and is one's own to protect.
constexpr std::string_view transport = R"sql(
SELECT current_setting('listen_addresses'), CASE current_setting('ssl') WHEN 'on' THEN 1 ELSE 0 END,
       CASE WHEN s.ssl OR inet_client_addr() IS NULL OR inet_client_addr() = inet_server_addr()
                 OR inet_client_addr() << inet '127.0.0.0/8' OR inet_client_addr() = inet '::1' THEN 1 ELSE 0 END
FROM pg_catalog.pg_stat_ssl s WHERE s.pid = pg_backend_pid())sql";

void read_secrets(const CatalogQuery& query, const Places& principals, Permissions& permissions) {
    const auto rows = first_allowed(query, {std::string{opened_logins}, std::string{logins}});
    if (!rows) {
        permissions.gaps.push_back(
            {fact_kinds::logins, "who has a password, and of which kind; " + std::string{remedy}});
        return;
    }
    for (const auto& row : *rows) {
        const auto id = principals.at(text_at(row, 0));
        if (id == Permissions::none) continue;
        const std::string kind = text_at(row, 1);
        permissions.principals[id].logins = {{kind, kind.empty() ? Login::Secret::none : Login::Secret::set}};
    }
}

void read_host_rules(const CatalogQuery& query, Permissions& permissions) {
    const std::string head{host_rules_head};
    const std::string tail{host_rules_tail};
    const auto rows =
        first_allowed(query, {head + std::string{opened_host_rules} + tail, head + std::string{host_rules} + tail});
    if (!rows || rows->empty()) {
        permissions.gaps.push_back({fact_kinds::host_rules, "the lines of pg_hba.conf; " + std::string{remedy}});
        return;
    }
    std::string broken;
    // Not the line: files that are included begin with the first one, too.
    std::string place;
    for (const auto& row : *rows) {
        if (truth_at(row, 6)) {
            broken += (broken.empty() ? "" : ", ") + text_at(row, 1);
            continue;
        }
        auto& all = permissions.host_rules;
        if (std::exchange(place, text_at(row, 0)) != text_at(row, 0)) {
            all.push_back({number_at(row, 1).value_or(0),
                           text_at(row, 2),
                           {},
                           {},
                           text_at(row, 3),
                           text_at(row, 4),
                           truth_at(row, 5)});
        }
        (text_at(row, 7) == "d" ? all.back().databases : all.back().users).push_back(text_at(row, 8));
    }
    if (broken.empty()) return;
    permissions.gaps.push_back({fact_kinds::host_rules, "pg_hba.conf has lines that the server does not understand (" +
                                                            broken +
                                                            "), so it still goes by an earlier state of the file"});
}

void read_transport(const CatalogQuery& query, Permissions& permissions) {
    for (const auto& row : rows_or_gap(query, std::string{transport}, fact_kinds::transport, permissions)) {
        permissions.transport.listens_on = text_at(row, 0);
        permissions.transport.offered = truth_at(row, 1);
        permissions.transport.own_is_protected = truth_at(row, 2);
    }
}

}  // namespace

void read_postgresql_logins(const CatalogQuery& query, const Places& principals, Permissions& permissions) {
    read_secrets(query, principals, permissions);
    read_host_rules(query, permissions);
    read_transport(query, permissions);
}

}  // namespace crmaudit::connectors
