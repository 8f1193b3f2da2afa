#include <utility>

#include "connectors/dialects/mssql_access.h"
#include "connectors/dialects/reading.h"

namespace crmaudit::connectors {
namespace {

// SQL Server's catalogs leave out what an account may not see, without a word.
constexpr std::string_view sight = R"sql(
SELECT HAS_PERMS_BY_NAME(QUOTENAME(DB_NAME()), N'DATABASE', N'VIEW DEFINITION'),
       HAS_PERMS_BY_NAME(NULL, NULL, N'VIEW ANY DEFINITION'), USER_NAME())sql";

constexpr std::string_view own_powers = R"sql(
SELECT N'the account is a member of sysadmin' WHERE IS_SRVROLEMEMBER(N'sysadmin') = 1
UNION ALL
SELECT p.permission_name + N' on the database' FROM sys.fn_my_permissions(NULL, N'DATABASE') AS p
WHERE p.permission_name IN (N'INSERT', N'UPDATE', N'DELETE', N'ALTER', N'CONTROL', N'TAKE OWNERSHIP', N'CREATE TABLE',
                            N'CREATE VIEW', N'CREATE PROCEDURE', N'CREATE FUNCTION', N'CREATE SCHEMA')
UNION ALL
SELECT r.name + N' on ' + s.name + N'.' + o.name
FROM sys.objects AS o JOIN sys.schemas AS s ON s.schema_id = o.schema_id
CROSS JOIN (VALUES (N'INSERT'), (N'UPDATE'), (N'DELETE'), (N'ALTER')) AS r(name)
WHERE o.type IN ('U', 'V') AND o.is_ms_shipped = 0
  AND HAS_PERMS_BY_NAME(QUOTENAME(s.name) + N'.' + QUOTENAME(o.name), N'OBJECT', r.name) = 1)sql";

// What is found is told, but nothing is clean.
constexpr const char* never_run =
    "how permissions of SQL Server are read was never tried on a server, so somebody may reach more than is known";

struct Sight {
    bool database = false;
    bool server = false;
    std::string user;
};

Sight read_sight(const CatalogQuery& query) {
    try {
        const auto rows = query(std::string{sight});
        if (rows.empty()) return {};
        return {truth_at(rows.front(), 0), truth_at(rows.front(), 1), text_at(rows.front(), 2)};
    } catch (const sql::QueryError& error) {
        if (ends_the_run(error)) throw;
        return {};
    }
}

void read_own_powers(const CatalogQuery& query, Catalog& catalog) {
    try {
        std::vector<std::string> evidence;
        for (const auto& row : query(std::string{own_powers})) evidence.push_back(text_at(row, 0));
        catalog.account_can_write = abridged(std::move(evidence));
    } catch (const sql::QueryError& error) {
        if (ends_the_run(error)) throw;
        catalog.gaps.push_back({"grants", std::string{"what the audit's own account could change: "} + error.what()});
    }
}

}  // namespace

void read_mssql_permissions(const CatalogQuery& query, Catalog& catalog) {
    const Sight seen = read_sight(query);
    if (seen.database) {
        MssqlAccess access = read_mssql_access(query, seen.server);
        take_permissions(std::move(access.permissions), catalog);
        for (std::string& doubt : access.doubts) catalog.gaps.push_back({"grants", std::move(doubt)});
        // Permissions name users, not their logins.
        if (catalog.permissions && !seen.user.empty()) catalog.account = seen.user;
    } else {
        catalog.gaps.push_back({"grants",
                                "the account sees only its own rights; it needs VIEW DEFINITION, which "
                                "scripts/grants/sqlserver.sql gives"});
    }
    catalog.gaps.push_back({"grants", never_run});
    read_own_powers(query, catalog);
}

std::vector<std::string_view> mssql_permissions_statements() { return {sight, own_powers}; }

}  // namespace crmaudit::connectors
