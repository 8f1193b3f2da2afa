#include <algorithm>
#include <optional>

#include "connectors/dialects/mariadb_catalog.h"
#include "connectors/dialects/mariadb_grants.h"
#include "connectors/dialects/reading.h"

namespace crmaudit::connectors {
namespace {

// Columns by name, because mysql.user shows password hashes too.
constexpr std::string_view mariadb_accounts =
    "SELECT user, host, is_role, super_priv FROM mysql.user WHERE user <> 'PUBLIC' OR is_role = 'N' ORDER BY user, "
    "host";
constexpr std::string_view mysql_accounts = "SELECT user, host, 'N', super_priv FROM mysql.user ORDER BY user, host";

constexpr std::string_view mariadb_memberships =
    "SELECT role, '', user, host, admin_option FROM mysql.roles_mapping ORDER BY role, user, host";
constexpr std::string_view mysql_memberships =
    "SELECT from_user, from_host, to_user, to_host, with_admin_option FROM mysql.role_edges "
    "ORDER BY from_user, to_user, to_host";

// A privilege on a pattern of databases counts for the one at hand.
constexpr std::string_view all_grants =
    "SELECT grantee, privilege_type, '', '', '', is_grantable FROM information_schema.user_privileges "
    "UNION ALL SELECT grantee, privilege_type, DATABASE(), '', '', is_grantable "
    "FROM information_schema.schema_privileges WHERE DATABASE() LIKE table_schema "
    "UNION ALL SELECT grantee, privilege_type, table_schema, table_name, '', is_grantable "
    "FROM information_schema.table_privileges WHERE table_schema = DATABASE() "
    "UNION ALL SELECT grantee, privilege_type, table_schema, table_name, column_name, is_grantable "
    "FROM information_schema.column_privileges WHERE table_schema = DATABASE()";

/// The rows of the first statement that the server knows; absent when the account may not read any.
std::optional<std::vector<sql::Row>> first_known(const CatalogQuery& query, std::string_view first,
                                                 std::string_view second) {
    using Reason = sql::QueryError::Reason;
    for (const std::string_view statement : {first, second}) {
        try {
            return query(std::string{statement});
        } catch (const sql::QueryError& error) {
            if (error.reason() != Reason::forbidden && error.reason() != Reason::missing) throw;
        }
    }
    return std::nullopt;
}

std::vector<Grant> grants_of_all(const CatalogQuery& query) {
    std::vector<Grant> grants;
    for (const auto& row : query(std::string{all_grants})) {
        Grant grant;
        grant.grantee = mariadb_account(text_at(row, 0));
        grant.is_public = grant.grantee == "PUBLIC";
        grant.privilege = text_at(row, 1);
        grant.object = {text_at(row, 2), text_at(row, 3)};
        grant.column = text_at(row, 4);
        grant.grantable = truth_at(row, 5);
        if (grant.privilege != "USAGE") grants.push_back(std::move(grant));
    }
    return grants;
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
    add_own_powers(own, catalog);
    const auto accounts = first_known(query, mariadb_accounts, mysql_accounts);
    const auto memberships = first_known(query, mariadb_memberships, mysql_memberships);
    if (!accounts || !memberships) {
        catalog.gaps.push_back({"grants", "the account sees only its own rights; GRANT SELECT ON mysql.* to " +
                                              catalog.account + " (which shows password hashes as well)"});
        catalog.principals.push_back({catalog.account, true, false});
        catalog.grants = of_database(own, catalog.database);
    } else {
        for (const auto& row : *accounts) {
            catalog.principals.push_back(
                {mariadb_account(text_at(row, 0), text_at(row, 1)), !truth_at(row, 2), truth_at(row, 3)});
        }
        for (const auto& row : *memberships) {
            catalog.memberships.push_back({mariadb_account(text_at(row, 0), text_at(row, 1)),
                                           mariadb_account(text_at(row, 2), text_at(row, 3)), truth_at(row, 4)});
        }
        catalog.grants = grants_of_all(query);
    }
    std::sort(catalog.grants.begin(), catalog.grants.end());
    catalog.grants.erase(std::unique(catalog.grants.begin(), catalog.grants.end()), catalog.grants.end());
}

}  // namespace crmaudit::connectors
