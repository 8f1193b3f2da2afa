#include <algorithm>
#include <array>
#include <optional>
#include <span>
#include <utility>

#include "connectors/dialects/mariadb_catalog.h"
#include "connectors/dialects/mariadb_grants.h"
#include "connectors/dialects/reading.h"

namespace crmaudit::connectors {
namespace {

// The tables and columns that scripts/grants/mariadb.sql opens, and no others: mysql.user holds password hashes too.
// What the information schema shows of others' grants needs SELECT on the whole of mysql.
constexpr std::string_view mariadb_accounts =
    "SELECT user, host, is_role, super_priv, grant_priv, select_priv, insert_priv, update_priv, delete_priv, "
    "create_priv, drop_priv, alter_priv, file_priv, process_priv, create_user_priv FROM mysql.user ORDER BY user, host";
constexpr std::string_view mysql_accounts =
    "SELECT user, host, 'N', super_priv, grant_priv, select_priv, insert_priv, update_priv, delete_priv, "
    "create_priv, drop_priv, alter_priv, file_priv, process_priv, create_user_priv FROM mysql.user ORDER BY user, host";
constexpr std::array<std::string_view, 10> account_privileges{"SELECT", "INSERT", "UPDATE", "DELETE",  "CREATE",
                                                              "DROP",   "ALTER",  "FILE",   "PROCESS", "CREATE USER"};

constexpr std::string_view mariadb_memberships =
    "SELECT role, '', user, host, admin_option FROM mysql.roles_mapping ORDER BY role, user, host";
constexpr std::string_view mysql_memberships =
    "SELECT from_user, from_host, to_user, to_host, with_admin_option FROM mysql.role_edges "
    "ORDER BY from_user, to_user, to_host";

// A grant on a pattern of databases counts for the one at hand.
constexpr std::string_view database_grants =
    "SELECT user, host, grant_priv, select_priv, insert_priv, update_priv, delete_priv, create_priv, drop_priv, "
    "alter_priv, references_priv, index_priv, create_view_priv, show_view_priv, trigger_priv, execute_priv "
    "FROM mysql.db WHERE DATABASE() LIKE db";
constexpr std::array<std::string_view, 13> database_privileges{
    "SELECT",     "INSERT", "UPDATE",      "DELETE",    "CREATE",  "DROP",   "ALTER",
    "REFERENCES", "INDEX",  "CREATE VIEW", "SHOW VIEW", "TRIGGER", "EXECUTE"};

constexpr std::string_view table_grants =
    "SELECT user, host, table_name, '', table_priv FROM mysql.tables_priv WHERE db = DATABASE() "
    "UNION ALL SELECT user, host, table_name, column_name, column_priv FROM mysql.columns_priv WHERE db = DATABASE()";

/// The rows of the first statement that the server knows; absent when the account may not read any.
std::optional<std::vector<sql::Row>> first_known(const CatalogQuery& query, std::string_view first,
                                                 std::string_view second) {
    using Reason = sql::QueryError::Reason;
    for (const std::string_view statement : {first, second}) {
        if (statement.empty()) continue;
        try {
            return query(std::string{statement});
        } catch (const sql::QueryError& error) {
            if (error.reason() != Reason::forbidden && error.reason() != Reason::missing) throw;
        }
    }
    return std::nullopt;
}

Grant grant_to(const sql::Row& row, std::string privilege) {
    Grant grant;
    grant.grantee = mariadb_account(text_at(row, 0), text_at(row, 1));
    grant.is_public = grant.grantee == "PUBLIC";
    grant.privilege = std::move(privilege);
    return grant;
}

/// Grants from a row that has one Y or N for each privilege, from the cell `first` on.
void add_flagged(std::vector<Grant>& grants, const sql::Row& row, std::size_t first, bool grantable,
                 std::span<const std::string_view> privileges, const TableName& object) {
    for (std::size_t i = 0; i < privileges.size(); ++i) {
        if (!truth_at(row, first + i)) continue;
        grants.push_back(grant_to(row, std::string{privileges[i]}));
        grants.back().object = object;
        grants.back().grantable = grantable;
    }
}

/// Grants from a row whose last cell lists privileges: "Select,Insert,Grant".
void add_listed(std::vector<Grant>& grants, const sql::Row& row, const std::string& database) {
    std::string list = text_at(row, 4);
    std::transform(list.begin(), list.end(), list.begin(),
                   [](char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c; });
    const bool grantable = ("," + list + ",").find(",GRANT,") != std::string::npos;
    std::size_t start = 0;
    while (start < list.size()) {
        const auto end = std::min(list.find(',', start), list.size());
        std::string privilege = list.substr(start, end - start);
        start = end + 1;
        if (privilege == "GRANT") continue;
        grants.push_back(grant_to(row, std::move(privilege)));
        grants.back().object = {database, text_at(row, 2)};
        grants.back().column = text_at(row, 3);
        grants.back().grantable = grantable;
    }
}

/// Own grants with the pattern of databases replaced by the database at hand; those of other databases left out.
std::vector<Grant> of_database(const std::vector<Grant>& own, const std::string& database) {
    std::vector<Grant> grants;
    for (Grant grant : own) {
        if (!covers_schema(grant.object.schema, database)) continue;
        if (!grant.object.schema.empty()) grant.object.schema = database;
        grants.push_back(std::move(grant));
    }
    return grants;
}

void add_own_powers(const std::vector<Grant>& own, Catalog& catalog) {
    std::vector<std::string> evidence;
    for (const Grant& grant : own) {
        if (!is_writing_privilege(grant.privilege)) continue;
        const std::string schema = grant.object.schema.empty() ? "*" : grant.object.schema;
        const std::string table = grant.object.name.empty() ? "*" : grant.object.name;
        evidence.push_back(grant.privilege + " on " + schema + "." + table);
    }
    catalog.account_can_write = abridged(std::move(evidence));
}

}  // namespace

std::vector<Grant> read_own_grants(const CatalogQuery& query) {
    std::vector<Grant> own;
    for (const auto& row : query("SHOW GRANTS")) {
        for (Grant& grant : parse_grant(text_at(row, 0))) own.push_back(std::move(grant));
    }
    return own;
}

void read_mariadb_permissions(const CatalogQuery& query, const std::vector<Grant>& own, Catalog& catalog) {
    add_own_powers(of_database(own, catalog.database), catalog);
    const auto accounts = first_known(query, mariadb_accounts, mysql_accounts);
    const auto memberships = first_known(query, mariadb_memberships, mysql_memberships);
    const auto by_database = first_known(query, database_grants, "");
    const auto by_table = first_known(query, table_grants, "");
    if (!accounts || !memberships || !by_database || !by_table) {
        catalog.gaps.push_back({"grants", "the account " + catalog.account +
                                              " sees only its own rights; it needs the grants on mysql.user, mysql.db, "
                                              "mysql.tables_priv, mysql.columns_priv and mysql.roles_mapping that "
                                              "scripts/grants/mariadb.sql gives"});
        catalog.principals.push_back({catalog.account, true, false});
        catalog.grants = of_database(own, catalog.database);
    } else {
        for (const auto& row : *accounts) {
            const std::string name = mariadb_account(text_at(row, 0), text_at(row, 1));
            const bool is_role = truth_at(row, 2);
            if (!is_role || name != "PUBLIC") catalog.principals.push_back({name, !is_role, truth_at(row, 3)});
            add_flagged(catalog.grants, row, 5, truth_at(row, 4), account_privileges, {});
        }
        for (const auto& row : *memberships) {
            catalog.memberships.push_back({mariadb_account(text_at(row, 0), text_at(row, 1)),
                                           mariadb_account(text_at(row, 2), text_at(row, 3)), truth_at(row, 4)});
        }
        for (const auto& row : *by_database) {
            add_flagged(catalog.grants, row, 3, truth_at(row, 2), database_privileges, {catalog.database, ""});
        }
        for (const auto& row : *by_table) add_listed(catalog.grants, row, catalog.database);
    }
    std::sort(catalog.grants.begin(), catalog.grants.end());
    catalog.grants.erase(std::unique(catalog.grants.begin(), catalog.grants.end()), catalog.grants.end());
}

}  // namespace crmaudit::connectors
