#include <map>
#include <string>

#include "connectors/dialects/logins.h"
#include "connectors/dialects/mariadb_grants.h"
#include "connectors/dialects/reading.h"

namespace crmaudit::connectors {
namespace {

using Login = Permissions::Login;

constexpr std::string_view remedy = "run scripts/grants/mariadb-audit-permissions.sql";

constexpr std::string_view opened_logins =
    "SELECT user, host, way, method, secret, is_locked, ssl_type, password_lifetime FROM crmaudit_permissions.logins";
// What that view is, for accounts that may read the table anyway. No secret leaves the server: only whether there is
// one, and of which kind.
constexpr std::string_view logins = R"sql(
SELECT l.user, l.host, l.way,
       CASE WHEN l.plugin IN ('', 'mysql_native_password') AND l.secret RLIKE '^[0-9A-Fa-f]{16}$' THEN 'mysql_old_password'
            WHEN l.plugin = '' THEN 'mysql_native_password'
            ELSE l.plugin END AS method,
       CASE WHEN l.secret = '' THEN 'none'
            WHEN l.plugin IN ('', 'mysql_native_password') AND l.secret NOT RLIKE '^([*][0-9A-Fa-f]{40}|[0-9A-Fa-f]{16})$'
                 THEN 'unusable'
            ELSE 'set' END AS secret,
       l.is_locked, l.ssl_type, l.password_lifetime
FROM (SELECT g.User AS user, g.Host AS host, n.n AS way,
             COALESCE(JSON_VALUE(g.Priv, CONCAT('$.auth_or[', n.n, '].plugin')), JSON_VALUE(g.Priv, '$.plugin'), '') AS plugin,
             CASE WHEN JSON_VALUE(g.Priv, CONCAT('$.auth_or[', n.n, '].plugin')) IS NULL
                  THEN COALESCE(JSON_VALUE(g.Priv, '$.authentication_string'), '')
                  ELSE COALESCE(JSON_VALUE(g.Priv, CONCAT('$.auth_or[', n.n, '].authentication_string')), '') END AS secret,
             COALESCE(JSON_VALUE(g.Priv, '$.account_locked'), 0) AS is_locked,
             COALESCE(JSON_VALUE(g.Priv, '$.ssl_type'), 0) AS ssl_type,
             COALESCE(JSON_VALUE(g.Priv, '$.password_lifetime'), -1) AS password_lifetime
      FROM mysql.global_priv g
      JOIN (SELECT 0 AS n UNION SELECT 1 UNION SELECT 2 UNION SELECT 3 UNION SELECT 4 UNION SELECT 5 UNION SELECT 6
            UNION SELECT 7 UNION SELECT 8 UNION SELECT 9) n
        ON n.n < GREATEST(COALESCE(JSON_LENGTH(g.Priv, '$.auth_or'), 0), 1)
      WHERE COALESCE(JSON_VALUE(g.Priv, '$.is_role'), 0) = 0) l)sql";
constexpr std::string_view settings =
    "SHOW GLOBAL VARIABLES WHERE Variable_name IN ('have_ssl', 'require_secure_transport', 'bind_address', "
    "'skip_networking', 'default_password_lifetime')";
constexpr std::string_view cipher = "SHOW SESSION STATUS LIKE 'Ssl_cipher'";
constexpr std::string_view own_host = "SELECT SUBSTRING_INDEX(USER(), '@', -1)";

Login::Secret secret_of(const std::string& word) {
    if (word == "none") return Login::Secret::none;
    if (word == "set") return Login::Secret::set;
    return word == "unusable" ? Login::Secret::unusable : Login::Secret::unknown;
}

/// Gives the days after which a password runs out where an account says nothing of its own.
std::optional<std::int64_t> read_settings(const CatalogQuery& query, Permissions& permissions) {
    std::map<std::string, std::string> found;
    for (const auto& row : rows_or_gap(query, std::string{settings}, fact_kinds::transport, permissions))
        found[text_at(row, 0)] = text_at(row, 1);
    auto& transport = permissions.transport;
    if (found.contains("have_ssl")) transport.offered = found["have_ssl"] == "YES";
    if (found.contains("require_secure_transport")) transport.required = found["require_secure_transport"] == "ON";
    // Without an address of its own the server listens on all of them.
    if (found.contains("bind_address"))
        transport.listens_on = found["bind_address"].empty() ? "*" : found["bind_address"];
    if (found["skip_networking"] == "ON") transport.listens_on = "";
    return number_at({found["default_password_lifetime"]}, 0);
}

void read_own_line(const CatalogQuery& query, Permissions& permissions) {
    bool is_protected = false;
    for (const auto& row : rows_or_gap(query, std::string{cipher}, fact_kinds::transport, permissions))
        is_protected = !text_at(row, 1).empty();
    for (const auto& row : rows_or_gap(query, std::string{own_host}, fact_kinds::transport, permissions)) {
        const std::string host = text_at(row, 0);
        is_protected = is_protected || host == "localhost" || host == "::1" || host.starts_with("127.");
        permissions.transport.own_is_protected = is_protected;
    }
}

void read_accounts(const CatalogQuery& query, std::optional<std::int64_t> usual_days, Permissions& permissions) {
    std::map<std::string, Permissions::Principal*> by_name;
    for (auto& principal : permissions.principals) by_name[principal.name] = &principal;
    const auto rows = first_allowed(query, {std::string{opened_logins}, std::string{logins}});
    if (!rows) {
        permissions.gaps.push_back(
            {fact_kinds::logins,
             "who has a password, how long it lasts, and who must encrypt; " + std::string{remedy}});
        return;
    }
    for (const auto& row : *rows) {
        const auto found = by_name.find(mariadb_account(text_at(row, 0), text_at(row, 1)));
        if (found == by_name.end()) continue;
        auto& principal = *found->second;
        // What the first part shows is the plugin of the first way only.
        if (!principal.is_locked) principal.logins.clear();
        principal.logins.push_back({text_at(row, 3), secret_of(text_at(row, 4))});
        principal.is_locked = truth_at(row, 5);
        principal.needs_encryption = number_at(row, 6).value_or(0) > 0;
        const std::int64_t days = number_at(row, 7).value_or(-1);
        principal.password_days = days < 0 ? usual_days : days;
    }
}

}  // namespace

void read_mariadb_logins(const CatalogQuery& query, Permissions& permissions) {
    const auto usual_days = read_settings(query, permissions);
    read_own_line(query, permissions);
    read_accounts(query, usual_days, permissions);
}

}  // namespace crmaudit::connectors
