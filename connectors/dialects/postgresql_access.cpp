#include "connectors/dialects/postgresql_access.h"

#include <utility>

#include "connectors/dialects/logins.h"
#include "connectors/dialects/outlets.h"
#include "connectors/dialects/reading.h"

namespace crmaudit::connectors {
namespace {

using Id = Permissions::Id;
using Level = Permissions::Level;

constexpr int with_options_of_memberships = 160000;

constexpr std::string_view principals = R"sql(
SELECT r.oid, r.rolname, CASE WHEN r.rolcanlogin THEN 1 ELSE 0 END, CASE WHEN r.rolsuper THEN 1 ELSE 0 END,
       CASE WHEN r.rolbypassrls THEN 1 ELSE 0 END, CASE WHEN r.rolcreaterole THEN 1 ELSE 0 END,
       CASE WHEN left(r.rolname, 3) = 'pg_' THEN 1 ELSE 0 END,
       CASE r.rolname WHEN 'pg_read_all_data' THEN 1 WHEN 'pg_write_all_data' THEN 14 ELSE 0 END,
       CASE WHEN r.rolname IN ('pg_read_server_files', 'pg_write_server_files', 'pg_execute_server_program')
            THEN 1 ELSE 0 END,
       CASE WHEN isfinite(r.rolvaliduntil) THEN to_char(r.rolvaliduntil AT TIME ZONE 'UTC', 'YYYY-MM-DD') END,
       CASE WHEN r.rolreplication THEN 1 ELSE 0 END
FROM pg_catalog.pg_roles r ORDER BY r.rolname)sql";

// The owner of a database is a member of pg_database_owner without any record of it.
constexpr std::string_view owner_of_database = R"sql(
SELECT r.oid, d.datdba, 1, 1, 0, 0 FROM pg_catalog.pg_database d, pg_catalog.pg_roles r
WHERE d.datname = current_database() AND r.rolname = 'pg_database_owner')sql";
constexpr std::string_view memberships_with_options = R"sql(
SELECT m.roleid, m.member, CASE WHEN m.inherit_option THEN 1 ELSE 0 END, CASE WHEN m.set_option THEN 1 ELSE 0 END,
       CASE WHEN m.admin_option THEN 1 ELSE 0 END, m.grantor
FROM pg_catalog.pg_auth_members m ORDER BY 1, 2, 6)sql";
constexpr std::string_view plain_memberships = R"sql(
SELECT m.roleid, m.member, CASE WHEN r.rolinherit THEN 1 ELSE 0 END, 1, CASE WHEN m.admin_option THEN 1 ELSE 0 END,
       m.grantor
FROM pg_catalog.pg_auth_members m JOIN pg_catalog.pg_roles r ON r.oid = m.member ORDER BY 1, 2)sql";

constexpr std::string_view schemas = R"sql(
SELECT n.oid, n.nspname, n.nspowner FROM pg_catalog.pg_namespace n
WHERE left(n.nspname, 3) <> 'pg_' AND n.nspname <> 'information_schema' ORDER BY n.nspname)sql";

constexpr std::string_view relations = R"sql(
SELECT c.oid, c.relnamespace, c.relname, c.relkind, c.relowner, CASE WHEN c.relrowsecurity THEN 1 ELSE 0 END,
       CASE WHEN c.relforcerowsecurity THEN 1 ELSE 0 END,
       CASE WHEN EXISTS (SELECT 1 FROM pg_options_to_table(c.reloptions) o WHERE o.option_name = 'security_invoker'
                         AND lower(o.option_value) IN ('true', 'on', 'yes', '1')) THEN 1 ELSE 0 END
FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f') AND left(n.nspname, 3) <> 'pg_' AND n.nspname <> 'information_schema'
ORDER BY n.nspname, c.relname)sql";

constexpr std::string_view columns = R"sql(
SELECT a.attrelid, a.attnum, a.attname
FROM pg_catalog.pg_attribute a JOIN pg_catalog.pg_class c ON c.oid = a.attrelid
JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
WHERE a.attnum > 0 AND NOT a.attisdropped AND c.relkind IN ('r', 'p', 'v', 'm', 'f')
  AND left(n.nspname, 3) <> 'pg_' AND n.nspname <> 'information_schema'
ORDER BY a.attrelid, a.attnum)sql";

// Those that run with their owner's rights, and their namesakes: a name alone does not tell which is meant.
constexpr std::string_view functions = R"sql(
SELECT p.oid, p.pronamespace, p.proname || '(' || pg_get_function_identity_arguments(p.oid) || ')', p.proowner,
       CASE WHEN p.prosecdef THEN 1 ELSE 0 END, p.proname, CASE WHEN p.prokind = 'p' THEN 1 ELSE 0 END
FROM pg_catalog.pg_proc p JOIN pg_catalog.pg_namespace n ON n.oid = p.pronamespace
WHERE left(n.nspname, 3) <> 'pg_' AND n.nspname <> 'information_schema'
  AND (p.prosecdef OR EXISTS (SELECT 1 FROM pg_catalog.pg_proc o WHERE o.pronamespace = p.pronamespace
                              AND o.proname = p.proname AND o.prosecdef))
ORDER BY n.nspname, 3)sql";

// An absent list means the product's own, which acldefault() gives; an owner's rights stand in lists like all others.
// One row an object, a holder and whoever gave it: rights as bits, and those that come with the option to grant them.
constexpr std::string_view grants = R"sql(
SELECT g.level, g.object, g.attribute, x.grantee, bit_or(r.bits),
       bit_or(CASE WHEN x.is_grantable THEN r.bits ELSE 0 END), x.grantor
FROM (
    SELECT 's' AS level, d.oid AS object, 0 AS attribute, coalesce(d.datacl, acldefault('d', d.datdba)) AS acl
    FROM pg_catalog.pg_database d WHERE d.datname = current_database()
    UNION ALL
    SELECT 'n', n.oid, 0, coalesce(n.nspacl, acldefault('n', n.nspowner)) FROM pg_catalog.pg_namespace n
    UNION ALL
    SELECT 'r', c.oid, 0, coalesce(c.relacl, acldefault('r', c.relowner)) FROM pg_catalog.pg_class c
    WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f')
    UNION ALL
    SELECT 'c', a.attrelid, a.attnum, a.attacl FROM pg_catalog.pg_attribute a
    WHERE a.attacl IS NOT NULL AND NOT a.attisdropped
    UNION ALL
    SELECT 'f', p.oid, 0, coalesce(p.proacl, acldefault('f', p.proowner)) FROM pg_catalog.pg_proc p WHERE p.prosecdef
) g
CROSS JOIN LATERAL aclexplode(g.acl) x
JOIN (VALUES ('SELECT', 1), ('INSERT', 2), ('UPDATE', 4), ('DELETE', 8), ('USAGE', 16), ('EXECUTE', 32),
             ('CONNECT', 64)) r(privilege, bits) ON r.privilege = x.privilege_type
GROUP BY g.level, g.object, g.attribute, x.grantee, x.grantor
ORDER BY 1, 2, 3, 4, 7)sql";

constexpr std::string_view default_privileges = R"sql(
SELECT d.defaclrole, d.defaclnamespace, x.grantee, coalesce(bit_or(r.bits), 0),
       coalesce(bit_or(CASE WHEN x.is_grantable THEN r.bits ELSE 0 END), 0)
FROM pg_catalog.pg_default_acl d LEFT JOIN LATERAL aclexplode(d.defaclacl) x ON true
LEFT JOIN (VALUES ('SELECT', 1), ('INSERT', 2), ('UPDATE', 4), ('DELETE', 8)) r(privilege, bits)
       ON r.privilege = x.privilege_type
WHERE d.defaclobjtype = 'r' GROUP BY 1, 2, 3 ORDER BY 1, 2, 3)sql";

constexpr std::string_view policies = R"sql(
SELECT p.polrelid, p.polname, CASE WHEN p.polpermissive THEN 1 ELSE 0 END,
       CASE p.polcmd WHEN 'r' THEN 1 WHEN 'a' THEN 2 WHEN 'w' THEN 4 WHEN 'd' THEN 8 ELSE 15 END, r.role
FROM pg_catalog.pg_policy p CROSS JOIN LATERAL unnest(p.polroles) r(role) ORDER BY 1, 2, 5)sql";

TableKind kind_of(const std::string& relkind) {
    if (relkind == "v") return TableKind::view;
    if (relkind == "m") return TableKind::materialized_view;
    return relkind == "f" ? TableKind::foreign_table : TableKind::table;
}

/// The lists as they fill, and where each object of the database is in them.
class Reader {
public:
    explicit Reader(const CatalogQuery& query) : query_(query) {}

    Permissions read() && {
        for (const auto& row : query_("SELECT current_setting('server_version_num')"))
            version_ = static_cast<int>(number_at(row, 0).value_or(0));
        found_.creators_give_roles = version_ < with_options_of_memberships;
        read_principals();
        read_objects();
        read_grants();
        read_policies();
        read_postgresql_uses(query_, version_, places_, found_);
        read_postgresql_outlets(query_, found_);
        read_postgresql_logins(query_, places_.principals, found_);
        return std::move(found_);
    }

private:
    std::vector<sql::Row> rows(std::string_view statement, const std::string& what) {
        return rows_or_gap(query_, std::string{statement}, what, found_);
    }

    /// One who was dropped leaves numbers behind: nobody has them, and the report should say so.
    Id holder(const std::string& oid) {
        if (oid == "0") return Permissions::everybody;
        if (places_.principals.at(oid) == Permissions::none) {
            places_.principals.set(oid, found_.principals.size());
            found_.principals.push_back({.name = "unknown (OID=" + oid + ")", .exists = false});
        }
        return places_.principals.at(oid);
    }

    Id grantor(const std::string& oid) { return oid == "0" ? Permissions::none : holder(oid); }

    void read_principals() {
        for (const auto& row : rows(principals, facts::principals)) {
            places_.principals.set(text_at(row, 0), found_.principals.size());
            Permissions::Principal principal;
            principal.name = text_at(row, 1);
            principal.can_login = truth_at(row, 2);
            principal.superuser = truth_at(row, 3);
            principal.bypasses_row_security = truth_at(row, 4);
            principal.creates_roles = truth_at(row, 5);
            principal.is_predefined = truth_at(row, 6);
            principal.everywhere = rights_at(row, 7);
            if (truth_at(row, 8)) principal.exports.push_back(principal.name);
            principal.valid_until = text_at(row, 9);
            if (principal.valid_until.empty()) principal.password_days = 0;
            if (principal.superuser) principal.powers.emplace_back("SUPERUSER");
            if (principal.creates_roles) principal.powers.emplace_back("CREATEROLE");
            principal.replicates = truth_at(row, 10);
            found_.principals.push_back(std::move(principal));
        }
        const auto members = version_ >= with_options_of_memberships ? memberships_with_options : plain_memberships;
        for (const auto statement : {members, owner_of_database}) {
            for (const auto& row : rows(statement, facts::memberships)) {
                found_.memberships.push_back({holder(text_at(row, 0)), holder(text_at(row, 1)), truth_at(row, 2),
                                              truth_at(row, 3), truth_at(row, 4), grantor(text_at(row, 5))});
            }
        }
    }

    void read_objects() {
        for (const auto& row : rows(schemas, "schemas")) {
            places_.schemas.set(text_at(row, 0), found_.schemas.size());
            found_.schemas.push_back({text_at(row, 1), holder(text_at(row, 2))});
        }
        for (const auto& row : rows(relations, "relations")) {
            places_.relations.set(text_at(row, 0), found_.relations.size());
            Permissions::Relation relation;
            relation.schema = places_.schemas.at(text_at(row, 1));
            relation.name = text_at(row, 2);
            relation.kind = kind_of(text_at(row, 3));
            relation.owner = holder(text_at(row, 4));
            relation.row_security = truth_at(row, 5);
            relation.row_security_for_owner = truth_at(row, 6);
            relation.has_owner_rights = !truth_at(row, 7);
            found_.relations.push_back(std::move(relation));
        }
        for (const auto& row : rows(columns, "columns")) {
            const Id relation = places_.relations.at(text_at(row, 0));
            if (relation == Permissions::none) continue;
            places_.columns.set(text_at(row, 0) + "." + text_at(row, 1), found_.relations[relation].columns.size());
            found_.relations[relation].columns.push_back(text_at(row, 2));
        }
        for (const auto& row : rows(functions, "functions")) {
            places_.functions.set(text_at(row, 0), found_.functions.size());
            found_.functions.push_back({.schema = places_.schemas.at(text_at(row, 1)),
                                        .name = text_at(row, 2),
                                        .owner = holder(text_at(row, 3)),
                                        .has_owner_rights = truth_at(row, 4),
                                        .is_guessed = false,
                                        .uses = {},
                                        .plain_name = text_at(row, 5),
                                        .is_procedure = truth_at(row, 6)});
        }
    }

    void read_grants() {
        for (const auto& row : rows(grants, "grants")) {
            const std::string level = text_at(row, 0);
            const std::string object = text_at(row, 1);
            Permissions::Grant grant;
            switch (level.empty() ? ' ' : level.front()) {
                case 's': grant.level = Level::server, grant.object = 0; break;
                case 'n': grant.level = Level::schema, grant.object = places_.schemas.at(object); break;
                case 'f': grant.level = Level::function, grant.object = places_.functions.at(object); break;
                case 'c':
                    grant.level = Level::column;
                    grant.column = places_.columns.at(object + "." + text_at(row, 2));
                    grant.object = places_.relations.at(object);
                    break;
                default: grant.level = Level::relation, grant.object = places_.relations.at(object);
            }
            if (grant.object == Permissions::none) continue;  // the product's own
            grant.holder = holder(text_at(row, 3));
            grant.rights = rights_at(row, 4);
            grant.may_pass_on = rights_at(row, 5);
            grant.grantor = grantor(text_at(row, 6));
            found_.grants.push_back(grant);
        }
        for (const auto& row : rows(default_privileges, "default privileges")) {
            const Id creator = holder(text_at(row, 0));
            const bool is_everywhere = text_at(row, 1) == "0";
            const bool is_new = found_.replaced_defaults.empty() || found_.replaced_defaults.back() != creator;
            if (is_everywhere && is_new) found_.replaced_defaults.push_back(creator);
            if (text_at(row, 2).empty()) continue;  // nobody gets anything
            const Id schema = is_everywhere ? Permissions::none : places_.schemas.at(text_at(row, 1));
            if (!is_everywhere && schema == Permissions::none) continue;
            found_.default_privileges.push_back(
                {creator, schema, holder(text_at(row, 2)), rights_at(row, 3), rights_at(row, 4)});
        }
    }

    void read_policies() {
        for (const auto& row : rows(policies, "row-level security")) {
            const Id relation = places_.relations.at(text_at(row, 0));
            if (relation == Permissions::none) continue;
            auto& all = found_.policies;
            const std::string name = text_at(row, 1);
            if (all.empty() || all.back().relation != relation || all.back().name != name)
                all.push_back({relation, name, truth_at(row, 2), rights_at(row, 3), {}});
            all.back().holders.push_back(holder(text_at(row, 4)));
        }
    }

    const CatalogQuery& query_;
    int version_ = 0;
    Permissions found_;
    PlacesOfPostgresql places_;
};

}  // namespace

Permissions read_postgresql_access(const CatalogQuery& query) { return Reader{query}.read(); }

}  // namespace crmaudit::connectors
