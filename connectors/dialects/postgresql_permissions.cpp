#include <algorithm>
#include <utility>

#include "connectors/dialects/postgresql_catalog.h"
#include "connectors/dialects/reading.h"

namespace crmaudit::connectors {
namespace {

// The database's own roles ("pg_…") matter only where somebody is a member.
constexpr std::string_view roles = R"sql(
SELECT r.rolname, CASE WHEN r.rolcanlogin THEN 1 ELSE 0 END, CASE WHEN r.rolsuper THEN 1 ELSE 0 END
FROM pg_catalog.pg_roles r
WHERE left(r.rolname, 3) <> 'pg_' OR EXISTS (SELECT 1 FROM pg_catalog.pg_auth_members m WHERE m.roleid = r.oid)
ORDER BY r.rolname)sql";

constexpr std::string_view memberships = R"sql(
SELECT pg_get_userbyid(m.roleid), pg_get_userbyid(m.member), CASE WHEN m.admin_option THEN 1 ELSE 0 END
FROM pg_catalog.pg_auth_members m
WHERE left(pg_get_userbyid(m.member), 3) <> 'pg_'
ORDER BY 1, 2)sql";

// An owner's rights over its own objects are not grants. An absent list means the defaults, which acldefault() gives.
// The predefined roles for all data have no list at all: they are shown as the grants they amount to.
constexpr std::string_view grants = R"sql(
SELECT CASE WHEN x.grantee = 0 THEN 'PUBLIC' ELSE pg_get_userbyid(x.grantee) END,
       CASE WHEN x.grantee = 0 THEN 1 ELSE 0 END, x.privilege_type, g.schema_name, g.table_name, g.column_name,
       CASE WHEN x.is_grantable THEN 1 ELSE 0 END
FROM (
    SELECT CAST(n.nspname AS text) AS schema_name, CAST(c.relname AS text) AS table_name,
           CAST('' AS text) AS column_name, coalesce(c.relacl, acldefault('r', c.relowner)) AS acl, c.relowner AS owner
    FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
    WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f') AND left(n.nspname, 3) <> 'pg_' AND n.nspname <> 'information_schema'
    UNION ALL
    SELECT CAST(n.nspname AS text), CAST(c.relname AS text), CAST(a.attname AS text), a.attacl, c.relowner
    FROM pg_catalog.pg_attribute a JOIN pg_catalog.pg_class c ON c.oid = a.attrelid
    JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
    WHERE a.attacl IS NOT NULL AND NOT a.attisdropped AND c.relkind IN ('r', 'p', 'v', 'm', 'f')
      AND left(n.nspname, 3) <> 'pg_' AND n.nspname <> 'information_schema'
    UNION ALL
    SELECT CAST(n.nspname AS text), '', '', coalesce(n.nspacl, acldefault('n', n.nspowner)), n.nspowner
    FROM pg_catalog.pg_namespace n WHERE left(n.nspname, 3) <> 'pg_' AND n.nspname <> 'information_schema'
    UNION ALL
    SELECT '', '', '', coalesce(d.datacl, acldefault('d', d.datdba)), d.datdba
    FROM pg_catalog.pg_database d WHERE d.datname = current_database()
) g
CROSS JOIN LATERAL aclexplode(g.acl) x
WHERE x.grantee <> g.owner
UNION ALL
SELECT DISTINCT CAST(r.rolname AS text), 0, p.privilege, '', '', '', 0
FROM pg_catalog.pg_roles r
JOIN pg_catalog.pg_auth_members m ON m.roleid = r.oid
JOIN (VALUES ('pg_read_all_data', 'SELECT'), ('pg_write_all_data', 'INSERT'), ('pg_write_all_data', 'UPDATE'),
             ('pg_write_all_data', 'DELETE')) p(role, privilege) ON p.role = r.rolname)sql";

constexpr std::string_view own_powers = R"sql(
SELECT 'the account is a superuser' FROM pg_catalog.pg_roles WHERE rolname = current_user AND rolsuper
UNION ALL
SELECT 'the account may create roles' FROM pg_catalog.pg_roles WHERE rolname = current_user AND rolcreaterole AND NOT rolsuper
UNION ALL
SELECT 'CREATE on schema ' || nspname FROM pg_catalog.pg_namespace
WHERE left(nspname, 3) <> 'pg_' AND nspname <> 'information_schema' AND has_schema_privilege(oid, 'CREATE')
UNION ALL
SELECT 'CREATE on database ' || current_database() WHERE has_database_privilege(current_database(), 'CREATE'))sql";

void read_own_powers(const CatalogQuery& query, Catalog& catalog) {
    bool is_superuser = false;
    std::vector<std::string> powers;
    for (const auto& row : query(std::string{own_powers})) {
        powers.push_back(text_at(row, 0));
        is_superuser = is_superuser || powers.back() == "the account is a superuser";
    }
    // A superuser may do everything everywhere; a list of tables would only hide that.
    if (is_superuser) {
        catalog.account_can_write = {"the account is a superuser"};
        return;
    }
    powers.insert(powers.end(), catalog.account_can_write.begin(), catalog.account_can_write.end());
    catalog.account_can_write = abridged(std::move(powers));
}

}  // namespace

void read_postgresql_permissions(const CatalogQuery& query, Catalog& catalog) {
    for (const auto& row : query(std::string{roles})) {
        catalog.principals.push_back({text_at(row, 0), truth_at(row, 1), truth_at(row, 2)});
    }
    for (const auto& row : query(std::string{memberships})) {
        catalog.memberships.push_back({text_at(row, 0), text_at(row, 1), truth_at(row, 2)});
    }
    for (const auto& row : query(std::string{grants})) {
        catalog.grants.push_back({text_at(row, 0),
                                  truth_at(row, 1),
                                  text_at(row, 2),
                                  {text_at(row, 3), text_at(row, 4)},
                                  text_at(row, 5),
                                  truth_at(row, 6)});
    }
    std::sort(catalog.grants.begin(), catalog.grants.end());
    catalog.grants.erase(std::unique(catalog.grants.begin(), catalog.grants.end()), catalog.grants.end());
    read_own_powers(query, catalog);
}

}  // namespace crmaudit::connectors
