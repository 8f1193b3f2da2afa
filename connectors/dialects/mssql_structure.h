// What SQL Server's catalog is asked, and what is made of it.
#pragma once

#include <string_view>
#include <vector>

#include "connectors/dialect.h"

namespace crmaudit::connectors {

/// Database, default schema, account, version.
inline constexpr std::string_view mssql_identity =
    "SELECT DB_NAME(), SCHEMA_NAME(), ORIGINAL_LOGIN(), CAST(SERVERPROPERTY('ProductVersion') AS nvarchar(40))";

/// Every statement that reading the structure sends, in their order.
std::vector<std::string_view> mssql_structure_statements();

void read_mssql_structure(const CatalogQuery& query, Catalog& catalog);

}  // namespace crmaudit::connectors
