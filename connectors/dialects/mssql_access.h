// Who may do what in a database of SQL Server, as sys.database_permissions and its neighbours record it. No server has
// ever run these statements.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "auditor/model/permissions.h"
#include "connectors/dialect.h"
#include "connectors/dialects/access_reading.h"

namespace crmaudit::connectors {

/// Places by the database's own numbers; columns by "object.column"; principals of the database also by their SID, in
/// hexadecimal digits, which says whose login they are.
struct PlacesOfMssql {
    Places principals, schemas, relations, columns, functions, sids;
};

/// The permissions, and in words what they may be wrong about: then nothing may be called clean.
struct MssqlAccess {
    Permissions permissions;
    std::vector<std::string> doubts;
};

/// Whether the account sees those who have rights on the whole server; where it does not, what it sees of them is no
/// list.
MssqlAccess read_mssql_access(const CatalogQuery& query, bool sees_server);

/// What views, functions, procedures and synonyms touch: SQL Server asks for no right on what belongs to the same
/// owner.
void read_mssql_uses(const CatalogQuery& query, const PlacesOfMssql& places, MssqlAccess& access);

/// Rights on the whole server, and how logins prove who they are.
void read_mssql_server(const CatalogQuery& query, PlacesOfMssql& places, bool sees_server, MssqlAccess& access);
void read_mssql_logins(const CatalogQuery& query, const PlacesOfMssql& places, Permissions& permissions);

/// Fills in the catalog's permissions and what the audit's own account could change.
void read_mssql_permissions(const CatalogQuery& query, Catalog& catalog);

/// Every statement that reading the permissions sends.
std::vector<std::string_view> mssql_access_statements();
std::vector<std::string_view> mssql_uses_statements();
std::vector<std::string_view> mssql_server_statements();
std::vector<std::string_view> mssql_logins_statements();
std::vector<std::string_view> mssql_outlets_statements();
std::vector<std::string_view> mssql_permissions_statements();

}  // namespace crmaudit::connectors
