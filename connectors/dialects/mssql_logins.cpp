#include <algorithm>
#include <string>

#include "connectors/dialects/mssql_access.h"
#include "connectors/dialects/reading.h"

namespace crmaudit::connectors {
namespace {

using Login = Permissions::Login;

constexpr std::string_view remedy = "run scripts/grants/sqlserver-audit-permissions.sql";

constexpr std::string_view opened_logins = "EXEC master.dbo.crmaudit_logins";
// What that procedure gives back, for accounts that may read it anyway. No hash leaves the server: only whether it is
// that of an empty password. The server hides it from others, and then nothing is known.
constexpr std::string_view logins = R"sql(
SELECT CONVERT(varchar(200), l.sid, 2) AS sid,
       CASE WHEN l.password_hash IS NULL THEN NULL ELSE PWDCOMPARE(N'', l.password_hash) END AS is_empty,
       l.is_policy_checked, l.is_expiration_checked,
       CAST(LOGINPROPERTY(l.name, 'DaysUntilExpiration') AS int) AS days_left,
       CONVERT(varchar(10), DATEADD(day, CAST(LOGINPROPERTY(l.name, 'DaysUntilExpiration') AS int), SYSUTCDATETIME()), 23)
           AS valid_until
FROM sys.sql_logins AS l ORDER BY l.name)sql";

constexpr std::string_view opened_line = "EXEC master.dbo.crmaudit_line";
constexpr std::string_view line = R"sql(
SELECT CASE WHEN c.encrypt_option = 'TRUE' THEN 1 ELSE 0 END AS is_encrypted,
       CASE WHEN c.net_transport = 'Shared memory' OR c.client_net_address = '<local machine>'
                 OR c.client_net_address LIKE '127.%' OR c.client_net_address = '::1' THEN 1 ELSE 0 END AS is_local
FROM sys.dm_exec_connections AS c WHERE c.session_id = @@SPID)sql";

void read_accounts(const CatalogQuery& query, const PlacesOfMssql& places, Permissions& permissions) {
    const auto rows = first_allowed(query, {std::string{opened_logins}, std::string{logins}});
    bool is_hidden = !rows || rows->empty();
    bool is_period_hidden = false;
    for (const auto& row : rows.value_or(std::vector<sql::Row>{})) {
        const auto id = places.sids.at(text_at(row, 0));
        if (id == Permissions::none) continue;
        auto& principal = permissions.principals[id];
        auto secret = Login::Secret::unknown;
        if (!text_at(row, 1).empty()) secret = truth_at(row, 1) ? Login::Secret::none : Login::Secret::set;
        is_hidden = is_hidden || secret == Login::Secret::unknown;
        // Without the server's demands on passwords none of them ever runs out.
        principal.logins.push_back({truth_at(row, 2) ? "sql_login" : "sql_login_without_policy", secret});
        const auto days = number_at(row, 4);
        if (!truth_at(row, 3) || (days && *days < 0)) {
            principal.password_days = 0;
        } else if (days) {
            principal.valid_until = text_at(row, 5);
        } else {
            is_period_hidden = true;
        }
    }
    if (is_hidden)
        permissions.gaps.push_back(
            {fact_kinds::logins, "who has an empty password, and how long one lasts; " + std::string{remedy}});
    if (is_period_hidden)
        permissions.gaps.push_back({fact_kinds::logins, "how long some passwords last is not told by the server"});
    const bool has_own =
        std::any_of(permissions.principals.begin(), permissions.principals.end(), [](const auto& each) {
            return std::any_of(each.logins.begin(), each.logins.end(),
                               [](const Login& login) { return login.method == "database user"; });
        });
    if (has_own)
        permissions.gaps.push_back(
            {fact_kinds::logins, "SQL Server does not tell of the passwords of users that the database itself keeps"});
}

void read_line(const CatalogQuery& query, Permissions& permissions) {
    const auto rows = first_allowed(query, {std::string{opened_line}, std::string{line}});
    if (!rows || rows->empty()) {
        permissions.gaps.push_back(
            {fact_kinds::transport, "whether the audit's own connection is encrypted; " + std::string{remedy}});
    } else {
        permissions.transport.own_is_protected = truth_at(rows->front(), 0) || truth_at(rows->front(), 1);
    }
    permissions.gaps.push_back(
        {fact_kinds::transport, "whether the server demands encryption is set outside of the database, and not known"});
    permissions.gaps.push_back(
        {fact_kinds::host_rules, "SQL Server has no list of who may come from where: firewalls decide"});
}

}  // namespace

void read_mssql_logins(const CatalogQuery& query, const PlacesOfMssql& places, Permissions& permissions) {
    read_accounts(query, places, permissions);
    read_line(query, permissions);
}

std::vector<std::string_view> mssql_logins_statements() { return {opened_logins, logins, opened_line, line}; }

}  // namespace crmaudit::connectors
