#include "connectors/dialects/mssql_access.h"

#include <algorithm>
#include <array>
#include <utility>

#include "connectors/dialects/outlets.h"
#include "connectors/dialects/reading.h"

namespace crmaudit::connectors {
namespace {

using Id = Permissions::Id;
using Level = Permissions::Level;

constexpr Rights all_rights = rights::on_rows | rights::execute;

constexpr std::string_view principals = R"sql(
SELECT p.principal_id, p.name, p.type, p.is_fixed_role, CONVERT(varchar(200), p.sid, 2), p.authentication_type,
       p.owning_principal_id
FROM sys.database_principals AS p ORDER BY p.name)sql";

constexpr std::string_view memberships = R"sql(
SELECT m.role_principal_id, m.member_principal_id FROM sys.database_role_members AS m ORDER BY 1, 2)sql";

constexpr std::string_view schemas = R"sql(
SELECT s.schema_id, s.name, s.principal_id FROM sys.schemas AS s WHERE s.name NOT IN (N'sys', N'INFORMATION_SCHEMA')
ORDER BY s.name)sql";

// An object belongs to the owner of its schema unless it has one of its own. A module runs as its caller unless it says
// as whom.
constexpr std::string_view objects = R"sql(
SELECT o.object_id, o.schema_id, o.name, o.type, COALESCE(o.principal_id, s.principal_id), m.execute_as_principal_id,
       t.is_external
FROM sys.objects AS o JOIN sys.schemas AS s ON s.schema_id = o.schema_id
LEFT JOIN sys.sql_modules AS m ON m.object_id = o.object_id LEFT JOIN sys.tables AS t ON t.object_id = o.object_id
WHERE o.type IN ('U', 'V', 'IF', 'TF', 'SN', 'FN', 'P', 'PC', 'FS', 'FT') AND o.is_ms_shipped = 0
ORDER BY s.name, o.name)sql";

constexpr std::string_view columns = R"sql(
SELECT c.object_id, c.column_id, c.name FROM sys.columns AS c JOIN sys.objects AS o ON o.object_id = c.object_id
WHERE o.type IN ('U', 'V', 'IF', 'TF') AND o.is_ms_shipped = 0 ORDER BY c.object_id, c.column_id)sql";

// Classes: 0 the database, 1 an object or a column, 3 a schema, 4 a user or a role.
constexpr std::string_view permissions = R"sql(
SELECT p.class, p.major_id, p.minor_id, p.grantee_principal_id, p.permission_name, p.state, p.grantor_principal_id
FROM sys.database_permissions AS p WHERE p.class IN (0, 1, 3, 4) AND p.major_id >= 0
ORDER BY p.class, p.major_id, p.minor_id, p.grantee_principal_id, p.permission_name, p.state)sql";

constexpr std::string_view row_filters = R"sql(
SELECT d.target_object_id, p.name FROM sys.security_policies AS p
JOIN sys.security_predicates AS d ON d.object_id = p.object_id
WHERE p.is_enabled = 1 AND d.predicate_type = 0 ORDER BY 1, 2)sql";

template <std::size_t count>
bool is_among(const std::array<std::string_view, count>& words, std::string_view word) {
    return std::find(words.begin(), words.end(), word) != words.end();
}

Rights rights_of(std::string_view permission) {
    constexpr std::pair<std::string_view, Rights> known[] = {
        {"SELECT", rights::read},   {"INSERT", rights::insert},   {"UPDATE", rights::update},
        {"DELETE", rights::remove}, {"EXECUTE", rights::execute}, {"CONNECT", rights::connect}};
    for (const auto& [name, bits] : known) {
        if (name == permission) return bits;
    }
    return 0;
}

/// Whoever takes a thing as its owner may do everything with it.
bool brings_all(std::string_view permission) { return permission == "CONTROL" || permission == "TAKE OWNERSHIP"; }

bool is_power(std::string_view permission) {
    constexpr std::array<std::string_view, 8> known{"ALTER",
                                                    "ALTER ANY ROLE",
                                                    "ALTER ANY USER",
                                                    "ALTER ANY APPLICATION ROLE",
                                                    "ALTER ANY SCHEMA",
                                                    "ALTER ANY ASSEMBLY",
                                                    "ALTER ANY SECURITY POLICY",
                                                    "ALTER ANY DATABASE DDL TRIGGER"};
    return is_among(known, permission);
}

bool carries_off(std::string_view permission) { return permission == "BACKUP DATABASE" || permission == "BACKUP LOG"; }

/// What the fixed roles of every database bring without any record of it.
void set_fixed(Permissions::Principal& role) {
    role.is_predefined = true;
    if (role.name == "db_owner") role.everywhere = all_rights;
    if (role.name == "db_datareader") role.everywhere = rights::read;
    if (role.name == "db_datawriter") role.everywhere = rights::insert | rights::update | rights::remove;
    if (role.name == "db_backupoperator") role.exports.push_back(role.name);
    constexpr std::array<std::string_view, 4> powers{"db_owner", "db_securityadmin", "db_accessadmin", "db_ddladmin"};
    if (is_among(powers, role.name)) role.powers.push_back(role.name);
}

class Reader {
public:
    Reader(const CatalogQuery& query, bool sees_server) : query_(query), sees_server_(sees_server) {}

    MssqlAccess read() && {
        read_principals();
        read_objects();
        for (const auto& row : rows(permissions, "grants")) read_permission(row);
        for (const auto& row : rows(row_filters, "row-level security")) read_filter(row);
        read_mssql_uses(query_, places_, access_);
        read_mssql_server(query_, places_, sees_server_, access_);
        read_mssql_logins(query_, places_, found_);
        read_mssql_outlets(query_, sees_server_, found_);
        if (denials_ > 0) {
            access_.doubts.push_back("DENY and REVOKE of columns are recorded " + std::to_string(denials_) +
                                     " times and not subtracted: some may reach less than is told");
        }
        return std::move(access_);
    }

private:
    std::vector<sql::Row> rows(std::string_view statement, const char* what) {
        return rows_or_gap(query_, std::string{statement}, what, found_);
    }

    Id add(Permissions::Principal principal) {
        found_.principals.push_back(std::move(principal));
        return static_cast<Id>(found_.principals.size() - 1);
    }

    /// One who was dropped leaves numbers behind: nobody has them.
    Id holder(const std::string& number) {
        if (number == "0") return Permissions::everybody;  // public
        if (places_.principals.at(number) == Permissions::none) {
            const Id id = add({.name = "unknown (principal_id=" + number + ")", .exists = false});
            places_.principals.set(number, id);
        }
        return places_.principals.at(number);
    }

    void join(Id role, Id member, bool inherits, Id grantor = Permissions::none) {
        if (role < found_.principals.size() && member < found_.principals.size() && role != member)
            found_.memberships.push_back({role, member, inherits, true, false, grantor});
    }

    void read_principals() {
        const auto all = rows(principals, facts::principals);
        Id dbo = Permissions::none;
        for (const auto& row : all) {
            const std::string type = text_at(row, 2).substr(0, 1);
            if (text_at(row, 0) == "0") continue;
            Permissions::Principal principal;
            principal.name = text_at(row, 1);
            const bool is_user = type == "S" || type == "U" || type == "G" || type == "E" || type == "X";
            principal.can_login = is_user && text_at(row, 5) != "0";  // 0: made WITHOUT LOGIN
            principal.is_predefined = principal.name == "sys" || principal.name == "INFORMATION_SCHEMA";
            if (truth_at(row, 3)) set_fixed(principal);
            if (text_at(row, 5) == "2") principal.logins.push_back({"database user"});
            if (principal.name == "dbo") {
                principal.superuser = true;
                principal.powers.emplace_back("dbo");
            } else if (principal.name == "guest") {
                principal.can_login = true;  // as which every login without a user comes in, if it may connect
            }
            const bool is_dbo = principal.superuser;
            const Id id = add(std::move(principal));
            if (is_dbo) dbo = id;
            places_.principals.set(text_at(row, 0), id);
            if (is_user && !text_at(row, 4).empty()) places_.sids.set(text_at(row, 4), id);
        }
        for (const auto& row : all) {
            // The owner of a role may join it.
            const bool is_role = text_at(row, 2).substr(0, 1) == "R" && !truth_at(row, 3) && text_at(row, 0) != "0";
            if (is_role && !text_at(row, 6).empty()) join(holder(text_at(row, 0)), holder(text_at(row, 6)), false);
        }
        for (const auto& row : rows(memberships, facts::memberships)) {
            const Id role = holder(text_at(row, 0));
            join(role, holder(text_at(row, 1)), true, dbo);
            if (role < found_.principals.size() && found_.principals[role].name.starts_with("db_deny")) ++denials_;
        }
    }

    void read_objects() {
        for (const auto& row : rows(schemas, "schemas")) {
            const auto id = static_cast<Id>(found_.schemas.size());
            places_.schemas.set(text_at(row, 0), id);
            found_.schemas.push_back({text_at(row, 1), holder(text_at(row, 2))});
            // A schema needs no right of its own to be named.
            give({Permissions::everybody, id, Permissions::none, Level::schema, rights::use});
        }
        for (const auto& row : rows(objects, "relations")) {
            if (places_.schemas.at(text_at(row, 1)) == Permissions::none) continue;
            const std::string type = text_at(row, 3).substr(0, text_at(row, 3).find(' '));
            if (type == "P" || type == "FN" || type == "PC" || type == "FS") {
                read_function(row, type);
            } else {
                read_relation(row, type);
            }
        }
        for (const auto& row : rows(columns, "columns")) {
            const Id relation = places_.relations.at(text_at(row, 0));
            if (relation == Permissions::none) continue;
            places_.columns.set(text_at(row, 0) + "." + text_at(row, 1), found_.relations[relation].columns.size());
            found_.relations[relation].columns.push_back(text_at(row, 2));
        }
    }

    /// What gives back a table is read by SELECT as one, and so is a synonym.
    void read_relation(const sql::Row& row, const std::string& type) {
        const auto id = static_cast<Id>(found_.relations.size());
        places_.relations.set(text_at(row, 0), id);
        Permissions::Relation relation;
        relation.schema = places_.schemas.at(text_at(row, 1));
        relation.name = text_at(row, 2);
        relation.owner = holder(text_at(row, 4));
        if (type != "U") {
            relation.kind = TableKind::view;
            // Which views can be written through is not recorded.
            relation.writable = rights::insert | rights::update | rights::remove;
        } else if (truth_at(row, 6)) {
            relation.kind = TableKind::foreign_table;
        }
        if (type == "FT") unread(relation.name);
        own(relation.owner, id, Level::relation, rights::on_rows);
        found_.relations.push_back(std::move(relation));
    }

    void read_function(const sql::Row& row, const std::string& type) {
        const auto id = static_cast<Id>(found_.functions.size());
        places_.functions.set(text_at(row, 0), id);
        Permissions::Function function;
        function.schema = places_.schemas.at(text_at(row, 1));
        function.name = text_at(row, 2);
        function.owner = holder(text_at(row, 4));
        function.has_owner_rights = true;
        function.is_procedure = type == "P" || type == "PC";
        own(function.owner, id, Level::function, rights::execute);
        if (!text_at(row, 5).empty()) {
            function.is_guessed = true;
            found_.gaps.push_back({function.name,
                                   "it runs as somebody else than its caller, and what it may put "
                                   "together as text while it runs is not known"});
        }
        if (type == "PC" || type == "FS") unread(function.name);
        found_.functions.push_back(std::move(function));
    }

    void unread(const std::string& name) {
        found_.gaps.push_back({name, "what it does is not written in SQL, and not known"});
    }

    void give(const Permissions::Grant& grant) { found_.grants.push_back(grant); }

    /// No list holds an owner's rights.
    void own(Id owner, Id object, Level level, Rights all) {
        if (owner < found_.principals.size()) give({owner, object, Permissions::none, level, all, all});
    }

    void read_permission(const sql::Row& row) {
        const std::string name = text_at(row, 4);
        const std::string state = text_at(row, 5).substr(0, 1);
        if (state != "G" && state != "W") {  // D for DENY, R for a column that is left out of a grant
            if (rights_of(name) != 0 || brings_all(name)) ++denials_;
            return;
        }
        const Id to = holder(text_at(row, 3));
        const std::string object = text_at(row, 1);
        const bool is_on_column = text_at(row, 0) == "1" && text_at(row, 2) != "0";
        if (text_at(row, 0) == "4") {
            read_right_on_principal(holder(object), to, name);
            return;
        }
        Permissions::Grant grant{to, 0, Permissions::none, Level::server, rights_of(name)};
        if (text_at(row, 0) == "0") {
            read_power(to, name);
        } else if (text_at(row, 0) == "3") {
            grant.level = Level::schema;
            grant.object = places_.schemas.at(object);
        } else if (places_.functions.at(object) != Permissions::none) {
            grant.level = Level::function;
            grant.object = places_.functions.at(object);
        } else {
            grant.level = is_on_column ? Level::column : Level::relation;
            grant.object = places_.relations.at(object);
            grant.column = is_on_column ? places_.columns.at(object + "." + text_at(row, 2)) : Permissions::none;
        }
        const bool is_known = grant.object != Permissions::none && (!is_on_column || grant.column != Permissions::none);
        if (!is_known) return;  // the product's own
        if (brings_all(name)) {
            take_whole(grant, name);
        } else if (grant.rights != 0) {
            if (state == "W") grant.may_pass_on = grant.rights;
            grant.grantor = holder(text_at(row, 6));
            give(grant);
        }
    }

    /// Whoever may act as a user, or change who is in a role, gets at what these can.
    void read_right_on_principal(Id whom, Id to, const std::string& name) {
        if (whom >= found_.principals.size()) return;
        const bool opens_role = name == "ALTER" && !found_.principals[whom].can_login;
        if (name != "IMPERSONATE" && !opens_role && !brings_all(name)) return;
        if (to == Permissions::everybody)
            access_.doubts.push_back("everybody has " + name + " on " + found_.principals[whom].name);
        join(whom, to, false);
    }

    void read_power(Id to, const std::string& name) {
        if (!is_power(name) && !carries_off(name)) return;
        if (to >= found_.principals.size()) {
            access_.doubts.push_back("everybody has " + name + " on the database");
        } else {
            (is_power(name) ? found_.principals[to].powers : found_.principals[to].exports).push_back(name);
        }
    }

    /// A right that brings all others is told of like a role of the product's own: taking SELECT away does not end it.
    void take_whole(Permissions::Grant grant, const std::string& name) {
        grant.rights = all_rights;
        grant.may_pass_on = all_rights;
        if (grant.holder < found_.principals.size()) {
            Permissions::Principal whole{.name = name + " ON " + name_of(grant), .is_predefined = true};
            if (grant.level == Level::server) whole.powers.push_back(name);
            const std::string key =
                name + " " + std::to_string(static_cast<int>(grant.level)) + " " + std::to_string(grant.object);
            const bool is_known = wholes_.at(key) != Permissions::none;
            if (!is_known) wholes_.set(key, found_.principals.size());
            const Id id = is_known ? wholes_.at(key) : add(std::move(whole));
            join(id, std::exchange(grant.holder, id), true);
            if (is_known) return;
        } else if (grant.level == Level::server) {
            access_.doubts.push_back("everybody has " + name + " on the database");
        }
        give(grant);
    }

    template <typename Object>
    std::string name_of(const Object& object) const {
        return "OBJECT::" + found_.schemas[object.schema].name + "." + object.name;
    }

    std::string name_of(const Permissions::Grant& grant) const {
        switch (grant.level) {
            case Level::server: return "DATABASE";
            case Level::schema: return "SCHEMA::" + found_.schemas[grant.object].name;
            case Level::function: return name_of(found_.functions[grant.object]);
            default: return name_of(found_.relations[grant.object]);
        }
    }

    /// What a predicate lets through is a function's to say: everybody is taken to see some rows.
    void read_filter(const sql::Row& row) {
        const Id relation = places_.relations.at(text_at(row, 0));
        if (relation == Permissions::none) return;
        found_.relations[relation].row_security = true;
        found_.relations[relation].row_security_for_owner = true;
        found_.policies.push_back({relation, text_at(row, 1), true, rights::on_rows, {Permissions::everybody}});
    }

    const CatalogQuery& query_;
    const bool sees_server_;
    MssqlAccess access_;
    Permissions& found_ = access_.permissions;
    PlacesOfMssql places_;
    Places wholes_;
    std::size_t denials_ = 0;
};

}  // namespace

MssqlAccess read_mssql_access(const CatalogQuery& query, bool sees_server) { return Reader{query, sees_server}.read(); }

std::vector<std::string_view> mssql_access_statements() {
    return {principals, memberships, schemas, objects, columns, permissions, row_filters};
}

}  // namespace crmaudit::connectors
