#include "connectors/dialects/mssql_access.h"
#include "connectors/dialects/outlets.h"
#include "connectors/dialects/reading.h"

namespace crmaudit::connectors {
namespace {

constexpr std::string_view linked_servers = R"sql(
SELECT s.name, s.data_source,
       CASE WHEN EXISTS (SELECT 1 FROM sys.linked_logins AS l
                         WHERE l.server_id = s.server_id AND l.remote_name IS NOT NULL) THEN 1 ELSE 0 END
FROM sys.servers AS s WHERE s.is_linked = 1 ORDER BY s.name)sql";

// What starts programs of the server or connects to wherever a statement says.
constexpr std::string_view programs = R"sql(
SELECT c.name FROM sys.configurations AS c
WHERE c.name IN (N'xp_cmdshell', N'Ole Automation Procedures', N'Ad Hoc Distributed Queries', N'external scripts enabled')
  AND CAST(c.value_in_use AS int) = 1 ORDER BY c.name)sql";

constexpr std::string_view publications = R"sql(
SELECT d.name FROM sys.databases AS d
WHERE d.database_id = DB_ID() AND (d.is_published = 1 OR d.is_merge_published = 1))sql";

constexpr std::string_view remote_tables = R"sql(
SELECT t.name, N'' FROM sys.tables AS t WHERE t.is_external = 1
UNION ALL
SELECT y.name, PARSENAME(y.base_object_name, 4) FROM sys.synonyms AS y
WHERE PARSENAME(y.base_object_name, 4) IS NOT NULL
ORDER BY 1)sql";

}  // namespace

void read_mssql_outlets(const CatalogQuery& query, bool sees_server, Permissions& permissions) {
    const auto rows = [&](std::string_view statement) {
        return rows_or_gap(query, std::string{statement}, "outlets", permissions);
    };
    for (const auto& row : rows(linked_servers))
        permissions.outlets.push_back(
            {truth_at(row, 2) ? "user_mapping" : "linked_server", text_at(row, 0), text_at(row, 1)});
    for (const auto& row : rows(programs)) permissions.outlets.push_back({"server_program", text_at(row, 0)});
    for (const auto& row : rows(publications)) permissions.outlets.push_back({"publication", text_at(row, 0)});
    for (const auto& row : rows(remote_tables))
        permissions.outlets.push_back({"remote_table", text_at(row, 0), text_at(row, 1)});
    if (!sees_server)
        permissions.gaps.push_back({"outlets", "linked servers may be hidden; the account needs VIEW ANY DEFINITION"});
}

std::vector<std::string_view> mssql_outlets_statements() {
    return {linked_servers, programs, publications, remote_tables};
}

}  // namespace crmaudit::connectors
