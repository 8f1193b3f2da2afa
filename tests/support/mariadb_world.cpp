#include "tests/support/mariadb_world.h"

#include <algorithm>
#include <stdexcept>

namespace crmaudit::live {
namespace {

using access::Right;

constexpr const char* privileges[] = {"SELECT", "SELECT", "SELECT", "INSERT", "UPDATE", "DELETE"};
constexpr const char* password = "of-a-test";

}  // namespace

MariadbWorld::MariadbWorld(std::uint64_t seed) : dice_(seed) {
    make_principals();
    make_tables();
    make_views();
    make_functions();
    give_rights();
    give_database();
}

MariadbWorld::~MariadbWorld() {
    try {
        for (const auto* accounts : {&logins, &hidden}) {
            for (const Account& account : *accounts) run("DROP USER " + account.name());
        }
        run("DROP USER " + nobody.name());
        for (const std::string& role : roles) run("DROP ROLE " + quoted(role));
        // What PUBLIC has on a database stays behind it.
        run("REVOKE ALL PRIVILEGES ON " + scratch_.name() + ".* FROM PUBLIC");
    } catch (const std::exception&) {
        // The server goes away with all of it when the tests are over.
    }
}

std::string MariadbWorld::quoted(const std::string& name) {
    std::string text = "`";
    for (const char c : name) text += c == '`' ? "``" : std::string(1, c);
    return text + "`";
}

std::string MariadbWorld::connection(const Account& account) const {
    // Not into the database: who has nothing there could not try anything.
    return with(with(with(scratch_.connection(), "UID", account.user), "PWD", password), "DATABASE",
                "information_schema");
}

void MariadbWorld::run_if_valid(const std::string& statement) {
    try {
        run(statement);
    } catch (const std::runtime_error& error) {
        if (std::string{error.what()}.find("lack rights") == std::string::npos) throw;
    }
}

std::string MariadbWorld::anybody(int percent_public) {
    if (chance(percent_public)) return "PUBLIC";
    if (chance(30)) return quoted(dice_.pick(roles));
    return (chance(20) ? dice_.pick(hidden) : dice_.pick(logins)).name();
}

void MariadbWorld::make_principals() {
    const auto make = [&](const Account& account) {
        run("CREATE USER " + account.name() + " IDENTIFIED BY '" + password + "'");
        return account;
    };
    for (int i = 0; i < 18; ++i) {
        const std::string user = scratch_.name() + "_u" + std::to_string(i);
        const bool is_twice = i % 2 == 1;
        logins.push_back(make({user, is_twice || chance(40) ? "127.0.0.1" : chance(50) ? "127.0.%" : "%"}));
        if (is_twice) hidden.push_back(make({user, chance(50) ? "127.%" : "%"}));
    }
    nobody = make({scratch_.name() + "_nobody", "%"});
    for (int i = 0; i < 9; ++i) {
        roles.push_back(scratch_.name() + "_g" + std::to_string(i) + (i % 3 == 0 ? " 'a\"b%_" : ""));
        run("CREATE ROLE " + quoted(roles.back()));
    }
    for (std::size_t i = 0; i < roles.size(); ++i) {
        for (std::size_t j = i + 1; j < roles.size(); ++j) {
            if (chance(12)) run("GRANT " + quoted(roles[j]) + " TO " + quoted(roles[i]));
        }
    }
    for (const Account& login : logins) {
        std::vector<std::string> own;
        for (const std::string& role : roles) {
            if (!chance(15)) continue;
            own.push_back(role);
            run("GRANT " + quoted(role) + " TO " + login.name() + (chance(60) ? " WITH ADMIN OPTION" : ""));
        }
        if (!own.empty() && chance(50)) run("SET DEFAULT ROLE " + quoted(own.front()) + " FOR " + login.name());
    }
}

void MariadbWorld::make_tables() {
    for (int i = 0; i < 9; ++i) {
        Relation table{scratch_.name(),
                       "t" + std::to_string(i) + (i % 4 == 3 ? " 'x`y" : ""),
                       TableKind::table,
                       {"id", "mail", "birth date", "no`te"},
                       0,
                       {}};
        run("CREATE TABLE " + quoted(table) + " (id integer, mail text, `birth date` date, `no``te` text)");
        relations.push_back(table);
    }
}

void MariadbWorld::make_views() {
    for (int i = 0; i < 12; ++i) {
        // A view can only be made on one that works, so the first ones have an owner who may do everything.
        const std::size_t below = i >= 10 ? 9 + dice_.below(3) : dice_.below(9);
        const Relation& from = relations[below];
        Relation view{scratch_.name(), "v" + std::to_string(i), TableKind::view, {}, below, {}};
        std::string list;
        for (const std::string& column : from.columns) {
            if (!chance(60) && !(view.columns.empty() && column == from.columns.back())) continue;
            view.columns.push_back(column);
            list += (list.empty() ? "" : ", ") + std::string{i % 3 == 0 ? "x." : ""} + quoted(column);
        }
        view.uses = view.columns;
        std::string condition;
        for (const std::string& column : from.columns) {
            if (i % 4 != 1 || std::find(view.uses.begin(), view.uses.end(), column) != view.uses.end()) continue;
            condition = " WHERE " + quoted(column) + " IS NULL OR 'in `a`.`text`' <> ''";
            view.uses.push_back(column);
            break;
        }
        const std::string definer = i < 3 || chance(50) ? "CURRENT_USER" : dice_.pick(logins).name();
        run("CREATE DEFINER = " + definer + " SQL SECURITY " + (i % 4 == 2 ? "INVOKER" : "DEFINER") + " VIEW " +
            quoted(view) + " AS SELECT " + list + " FROM " + quoted(from) + (i % 3 == 0 ? " x" : "") + condition);
        relations.push_back(view);
    }
}

void MariadbWorld::make_functions() {
    for (int i = 0; i < 12; ++i) {
        Function function{scratch_.name(), "f" + std::to_string(i), dice_.below(9), "", Right::read};
        const Relation& table = relations[function.relation];
        function.column = table.columns[1 + dice_.below(3)];
        if (i % 4 == 2) function.right = Right::update;
        if (i % 4 == 3) function.right = Right::remove;
        const std::string column = quoted(function.column);
        const std::string body =
            function.right == Right::read ? "RETURN (SELECT count(" + column + ") FROM " + quoted(table) + " WHERE 1=0)"
            : function.right == Right::update
                ? "BEGIN UPDATE " + quoted(table) + " SET " + column + " = NULL WHERE 1=0; RETURN 1; END"
                : "BEGIN DELETE FROM " + quoted(table) + " WHERE 1=0; RETURN 1; END";
        const std::string name = quoted(function.schema) + "." + quoted(function.name);
        const std::string definer = chance(75) ? "CURRENT_USER" : dice_.pick(logins).name();
        run("CREATE DEFINER = " + definer + " FUNCTION " + name +
            "() RETURNS integer MODIFIES SQL DATA SQL SECURITY DEFINER " + body);
        for (int j = 0; j < 8; ++j) {
            const std::string holder = anybody(0);
            run("GRANT EXECUTE ON FUNCTION " + name + " TO " + holder);
        }
        functions.push_back(function);
    }
}

void MariadbWorld::give_rights() {
    for (int i = 0; i < 260; ++i) {
        const Relation& relation = chance(40) ? relations[9 + dice_.below(12)] : dice_.pick(relations);
        const std::string privilege = dice_.pick(privileges);
        const bool is_for_column = chance(50) && privilege != "DELETE";
        const std::string columns = is_for_column ? " (" + quoted(dice_.pick(relation.columns)) + ")" : "";
        const std::string holder = anybody(1);
        run_if_valid("GRANT " + privilege + columns + " ON " + quoted(relation) + " TO " + holder +
                     (chance(50) && holder != "PUBLIC" ? " WITH GRANT OPTION" : ""));
    }
}

void MariadbWorld::give_database() {
    const std::string name = scratch_.name();  // it has underscores, which are wildcards where they are not escaped
    std::string exact, prefix;
    for (const char c : name) exact += c == '_' ? "\\_" : std::string(1, c);
    prefix = exact.substr(0, exact.size() / 2);
    const std::string others = exact + "x%";
    const auto give = [&](const std::string& privilege, const std::string& pattern, const std::string& holder) {
        run("GRANT " + privilege + " ON " + quoted(pattern) + ".* TO " + holder +
            (chance(50) ? " WITH GRANT OPTION" : ""));
    };
    give("SELECT", exact, logins[0].name());
    give("UPDATE", exact, logins[1].name());
    give("SELECT", name, logins[2].name());
    give("INSERT", prefix + "%", logins[3].name());
    give("SELECT", others, logins[4].name());
    give("SELECT", prefix + "%", quoted(roles[0]));
    give("UPDATE", exact, quoted(roles[0]));
    give("DELETE", exact, quoted(roles[1]));
    // The more precise pattern hides the other one, and the more precise host the other's.
    give("SELECT", prefix + "%", logins[5].name());
    give("INSERT", exact, logins[5].name());
    give("SELECT", exact, hidden[3].name());
    give("INSERT", exact, hidden[4].name());
    give("UPDATE", prefix + "%", logins[9].name());
    give("EXECUTE", exact, logins[6].name());
    run("GRANT SELECT ON *.* TO " + logins[10].name() + " WITH GRANT OPTION");
    run("GRANT FILE, DELETE ON *.* TO " + logins[11].name());
    run("GRANT INSERT ON *.* TO " + quoted(roles[2]));
    run("GRANT FILE ON *.* TO " + quoted(roles[3]));
    run("GRANT DELETE ON " + quoted(exact) + ".* TO PUBLIC");
}

}  // namespace crmaudit::live
