#include "tests/support/postgresql_world.h"

#include <algorithm>

namespace crmaudit::live {
namespace {

using access::Right;

constexpr const char* privileges[] = {"SELECT", "SELECT", "SELECT", "INSERT", "UPDATE", "DELETE"};
constexpr const char* password = "of-a-test";

}  // namespace

PostgresqlWorld::PostgresqlWorld(std::uint64_t seed) : dice_(seed) {
    make_principals();
    make_tables();
    make_views();
    make_functions();
    give_rights();
    give_schemas();
    secure_rows();
    set_defaults();
}

PostgresqlWorld::~PostgresqlWorld() {
    // Roles belong to the server, and own what is in the database.
    std::string names = quoted(nobody);
    for (const auto* list : {&logins, &roles}) {
        for (const std::string& name : *list) names += ", " + quoted(name);
    }
    try {
        run("DROP OWNED BY " + names + " CASCADE");
        run("DROP ROLE " + names);
    } catch (const std::exception&) {
        // The server goes away with all its roles when the tests are over.
    }
}

std::string PostgresqlWorld::quoted(const std::string& name) {
    std::string text = "\"";
    for (const char c : name) text += c == '"' ? "\"\"" : std::string(1, c);
    return text + "\"";
}

std::string PostgresqlWorld::connection(const std::string& login) const {
    return with(with(scratch_.connection(), "UID", login), "PWD", password);
}

std::string PostgresqlWorld::anybody(int percent_public) {
    if (chance(percent_public)) return "PUBLIC";
    return quoted(chance(60) ? dice_.pick(logins) : dice_.pick(roles));
}

void PostgresqlWorld::make_principals() {
    for (int i = 0; i < 15; ++i) {
        logins.push_back(scratch_.name() + "_u" + std::to_string(i));
        std::string attributes = chance(60) ? " INHERIT" : " NOINHERIT";
        if (i == 0) attributes += " SUPERUSER";
        if (i == 1 || i == 2 || (i > 7 && chance(20))) attributes += " BYPASSRLS";
        if (i == 3) attributes += " CREATEROLE";
        run("CREATE ROLE " + quoted(logins.back()) + " LOGIN PASSWORD '" + password + "'" + attributes);
    }
    for (int i = 0; i < 9; ++i) {
        roles.push_back(scratch_.name() + "_g" + std::to_string(i) + (i % 3 == 0 ? " 'a\"b%_\\" : ""));
        const std::string attributes = chance(70) ? " INHERIT" : " NOINHERIT";
        run("CREATE ROLE " + quoted(roles.back()) + attributes + (i == 8 && chance(50) ? " SUPERUSER" : ""));
    }
    creator = roles[1];
    nobody = scratch_.name() + "_nobody";
    run("CREATE ROLE " + quoted(nobody));
    const auto join = [&](const std::string& role, const std::string& member) {
        run("GRANT " + role + " TO " + quoted(member) + (chance(80) ? " WITH ADMIN OPTION" : ""));
    };
    for (std::size_t i = 1; i < roles.size(); ++i) {
        for (std::size_t j = i + 1; j < roles.size(); ++j) {
            if (j != 8 && chance(10)) join(quoted(roles[j]), roles[i]);
        }
    }
    for (std::size_t i = 1; i < logins.size(); ++i) {
        for (std::size_t j = 1; j < roles.size(); ++j) {
            if (j != 8 && chance(8)) join(quoted(roles[j]), logins[i]);
        }
    }
    for (const std::size_t i : {9U, 12U, 13U}) {
        for (std::size_t j = 2; j < 7; ++j)
            run("GRANT " + quoted(roles[j]) + " TO " + quoted(logins[i]) + " WITH ADMIN OPTION");
    }
    join(quoted(roles[8]), logins[10]);
    join("pg_read_all_data", logins[4]);
    join("pg_read_all_data", logins[5]);
    join("pg_write_all_data", logins[6]);
    join(chance(50) ? "pg_read_all_data" : "pg_write_all_data", roles[7]);
    join("pg_write_server_files", logins[7]);
    join("pg_execute_server_program", roles[2]);
    // Nobody may connect but those who are told so.
    run("REVOKE CONNECT, TEMPORARY ON DATABASE " + scratch_.name() + " FROM PUBLIC");
    for (std::size_t i = 1; i < logins.size() - 1; ++i)
        run("GRANT CONNECT ON DATABASE " + scratch_.name() + " TO " + quoted(logins[i]));
    run("GRANT CONNECT ON DATABASE " + scratch_.name() + " TO " + quoted(roles[3]));
}

void PostgresqlWorld::make_tables() {
    for (const char* name : {"open", "half", "shut 100%"}) {
        schemas.emplace_back(name);
        run("CREATE SCHEMA " + quoted(name));
    }
    for (std::size_t i = 0; i < 9; ++i) {
        Relation table{schemas[i % 3],
                       "t" + std::to_string(i) + (i % 4 == 3 ? " 'x\"y" : ""),
                       TableKind::table,
                       {"id", "mail", "birth date", "no\"te"},
                       0,
                       {}};
        run("CREATE TABLE " + quoted(table) + " (id integer, mail text, \"birth date\" date, \"no\"\"te\" text)");
        run("INSERT INTO " + quoted(table) + " VALUES (1)");
        run("ALTER TABLE " + quoted(table) + " OWNER TO " +
            quoted(chance(70) ? dice_.pick(logins) : dice_.pick(roles)));
        relations.push_back(table);
    }
}

void PostgresqlWorld::make_views() {
    for (int i = 0; i < 14; ++i) {
        const bool is_copy = i % 4 == 3;
        const bool is_invoker = !is_copy && i % 2 == 0;
        // Invokers' views on tables of the schema that is shut to most; some views on views.
        const std::size_t below = i == 9 || i == 13 ? 9 + dice_.below(8)
                                  : is_invoker      ? 2 + 3 * dice_.below(3)
                                                    : dice_.below(9);
        const Relation& from = relations[below];
        Relation view{schemas[dice_.below(2)],
                      "v" + std::to_string(i),
                      is_copy ? TableKind::materialized_view : TableKind::view,
                      {},
                      below,
                      {}};
        std::string list;
        for (const std::string& column : from.columns) {
            if (!chance(60) && !(view.columns.empty() && column == from.columns.back())) continue;
            view.columns.push_back(column);
            list += (list.empty() ? "" : ", ") + quoted(column);
        }
        view.uses = view.columns;
        std::string condition;
        if (chance(30) && view.uses.size() < from.columns.size()) {
            for (const std::string& column : from.columns) {
                if (std::find(view.uses.begin(), view.uses.end(), column) != view.uses.end()) continue;
                condition = " WHERE " + quoted(column) + " IS NULL OR true";
                view.uses.push_back(column);
                break;
            }
        }
        run(std::string("CREATE ") + (is_copy ? "MATERIALIZED VIEW " : "VIEW ") + quoted(view) +
            (is_invoker ? " WITH (security_invoker = on)" : "") + " AS SELECT " + list + " FROM " + quoted(from) +
            condition);
        // Owners who may do something, or views would only ever be refused.
        const std::string owner = chance(40) ? logins[0] : chance(50) ? logins[4] : dice_.pick(logins);
        run(std::string("ALTER ") + (is_copy ? "MATERIALIZED VIEW " : "VIEW ") + quoted(view) + " OWNER TO " +
            quoted(owner));
        std::string uses;
        for (const std::string& column : view.uses) uses += (uses.empty() ? "" : ", ") + quoted(column);
        for (int j = 0; j < (is_copy ? 16 : is_invoker ? 9 : 7); ++j) {
            const std::string reader = quoted(logins[1 + dice_.below(logins.size() - 1)]);
            run("GRANT SELECT ON " + quoted(view) + " TO " + reader);
            if (is_invoker) run("GRANT SELECT (" + uses + ") ON " + quoted(from) + " TO " + reader);
        }
        relations.push_back(view);
    }
}

void PostgresqlWorld::make_functions() {
    for (int i = 0; i < 12; ++i) {
        Function function{schemas[dice_.below(2)], "f" + std::to_string(i), dice_.below(9), "", Right::read};
        const Relation& table = relations[function.relation];
        function.column = table.columns[1 + dice_.below(3)];
        if (i % 4 == 2) function.right = Right::update;
        if (i % 4 == 3) function.right = Right::remove;
        const std::string column = quoted(function.column);
        const std::string body =
            function.right == Right::read     ? "SELECT count(" + column + ") FROM " + quoted(table) + " WHERE false"
            : function.right == Right::update ? "UPDATE " + quoted(table) + " SET " + column + " = NULL WHERE false"
                                              : "DELETE FROM " + quoted(table) + " WHERE false";
        const std::string name = quoted(function.schema) + "." + quoted(function.name) + "()";
        run("CREATE FUNCTION " + name +
            (function.right == Right::read && chance(50)
                 ? " RETURNS bigint LANGUAGE sql SECURITY DEFINER BEGIN ATOMIC " + body + "; END"
             : function.right == Right::read
                 ? " RETURNS bigint LANGUAGE sql SECURITY DEFINER AS $f$" + body + "$f$"
                 : " RETURNS void LANGUAGE plpgsql SECURITY DEFINER AS $f$BEGIN " + body + "; END$f$"));
        run("ALTER FUNCTION " + name + " OWNER TO " + quoted(chance(80) ? logins[0] : dice_.pick(logins)));
        run("REVOKE EXECUTE ON FUNCTION " + name + " FROM PUBLIC");
        for (int j = 0; j < 10; ++j) run("GRANT EXECUTE ON FUNCTION " + name + " TO " + anybody());
        functions.push_back(function);
    }
}

void PostgresqlWorld::give_rights() {
    for (int i = 0; i < 220; ++i) {
        // More on tables that only views open, and on those views.
        const bool is_behind_view = chance(30);
        const Relation& relation = is_behind_view ? relations[chance(50) ? 2 + 3 * dice_.below(3) : 9 + dice_.below(14)]
                                                  : dice_.pick(relations);
        const std::string privilege = dice_.pick(privileges);
        const std::string holder = anybody();
        const bool is_for_column = chance(60) && privilege != "DELETE";
        const std::string columns = is_for_column ? " (" + quoted(dice_.pick(relation.columns)) + ")" : "";
        const bool may_pass_on = chance(75) && holder != "PUBLIC";
        run("GRANT " + privilege + columns + " ON " + quoted(relation) + " TO " + holder +
            (may_pass_on ? " WITH GRANT OPTION" : ""));
    }
    for (int i = 0; i < 30; ++i) {
        // Often of an owner or of somebody who does not have it.
        run(std::string("REVOKE ") + dice_.pick(privileges) + " ON " + quoted(dice_.pick(relations)) + " FROM " +
            anybody() + " CASCADE");
    }
}

void PostgresqlWorld::give_schemas() {
    run("GRANT USAGE ON SCHEMA " + quoted(schemas[0]) + " TO PUBLIC");
    for (const std::string& login : logins) {
        if (chance(60)) run("GRANT USAGE ON SCHEMA " + quoted(schemas[1]) + " TO " + quoted(login));
    }
    for (const std::string& role : roles) {
        if (chance(40)) run("GRANT USAGE ON SCHEMA " + quoted(schemas[1]) + " TO " + quoted(role));
        if (chance(15)) run("GRANT USAGE ON SCHEMA " + quoted(schemas[2]) + " TO " + quoted(role));
    }
    for (const std::string& login : logins) {
        if (chance(25)) run("GRANT USAGE ON SCHEMA " + quoted(schemas[2]) + " TO " + quoted(login));
    }
}

void PostgresqlWorld::secure_rows() {
    for (const std::size_t i : {0U, 1U, 3U, 4U, 6U}) {
        const std::string table = quoted(relations[i]);
        run("GRANT SELECT ON " + table + " TO " + quoted(logins[1]) + ", " + quoted(logins[2]) + ", " + anybody(0));
        relations[i].has_row_security = true;
        run("ALTER TABLE " + table + " ENABLE ROW LEVEL SECURITY");
        if (chance(40)) run("ALTER TABLE " + table + " FORCE ROW LEVEL SECURITY");
        for (int j = 0; j < 3; ++j) {
            const bool is_for_reading = chance(70);
            run("CREATE POLICY p" + std::to_string(j) + " ON " + table + (chance(80) ? "" : " AS RESTRICTIVE") +
                (is_for_reading ? " FOR SELECT" : " FOR ALL") + " TO " + anybody(10) + " USING (true)");
        }
    }
}

void PostgresqlWorld::set_defaults() {
    const std::string by = "ALTER DEFAULT PRIVILEGES FOR ROLE " + quoted(creator) + " ";
    run("GRANT USAGE, CREATE ON SCHEMA " + quoted(schemas[0]) + ", " + quoted(schemas[1]) + " TO " + quoted(creator));
    for (int i = 0; i < 32; ++i) {
        const std::string where = chance(50) ? "IN SCHEMA " + quoted(schemas[dice_.below(2)]) + " " : "";
        run(by + where + "GRANT " + dice_.pick(privileges) + " ON TABLES TO " +
            (chance(60) ? quoted(dice_.pick(logins)) : anybody()));
    }
    if (chance(30)) run(by + "REVOKE UPDATE ON TABLES FROM " + quoted(creator));
}

}  // namespace crmaudit::live
