#include "reports/revoke/statements.h"

#include <algorithm>
#include <array>
#include <stdexcept>
#include <string_view>

namespace crmaudit::reports::revoke {
namespace {

using Words = std::vector<std::string>;

/// A result is a file, and what stands in it becomes SQL: only these words do.
void require_known(const Words& words) {
    constexpr std::array<std::string_view, 11> known{"SELECT",        "INSERT",   "UPDATE",   "DELETE",
                                                     "EXECUTE",       "FILE",     "ADMIN",    "INHERIT TRUE",
                                                     "INHERIT FALSE", "SET TRUE", "SET FALSE"};
    for (const std::string& word : words) {
        if (std::find(known.begin(), known.end(), word) == known.end())
            throw std::invalid_argument("no script may name the privilege '" + word + "'");
    }
}

std::string joined(const Words& words) {
    std::string text;
    for (const std::string& word : words) text += (text.empty() ? "" : ", ") + word;
    return text;
}

Words but(const Words& all, const Words& some) {
    Words rest;
    for (const std::string& word : all) {
        if (std::find(some.begin(), some.end(), word) == some.end()) rest.push_back(word);
    }
    return rest;
}

class Writer {
public:
    Writer(const ListedGrant& grant, const sql::Grammar& grammar) : grant_(grant), grammar_(grammar) {}
    virtual ~Writer() = default;

    virtual Statements write() const = 0;

protected:
    std::string quoted(std::string_view name) const { return grammar_.quote(name); }
    std::string object() const { return grammar_.quote(TableName{grant_.schema, grant_.name}); }
    bool is_role() const { return grant_.on == GrantedOn::role; }

    /// "SELECT (a, b), UPDATE (a, b)".
    std::string privileges(const Words& words) const {
        if (grant_.columns.empty()) return joined(words);
        std::string columns;
        for (const std::string& each : grant_.columns) columns += (columns.empty() ? "" : ", ") + quoted(each);
        Words with_columns;
        for (const std::string& each : words) with_columns.push_back(each + " (" + columns + ")");
        return joined(with_columns);
    }

    const ListedGrant& grant_;
    const sql::Grammar& grammar_;
};

class PostgresqlWriter : public Writer {
public:
    using Writer::Writer;

    Statements write() const override {
        if (is_role()) return membership();
        const std::string on = target();
        const std::string begin = grant_.on == GrantedOn::future ? future() : "";
        const auto give = [&](const Words& words, bool option) {
            return begin + "GRANT " + privileges(words) + on + " TO " + holder() + (option ? " WITH GRANT OPTION" : "");
        };
        Statements statements;
        statements.take = {begin + "REVOKE " + (grant_.option ? "GRANT OPTION FOR " : "") +
                           privileges(grant_.privileges) + on + " FROM " + holder()};
        if (grant_.option) {
            statements.give = {give(grant_.privileges, true)};
        } else {
            const Words plain = but(grant_.privileges, grant_.optional);
            if (!plain.empty()) statements.give.push_back(give(plain, false));
            if (!grant_.optional.empty()) statements.give.push_back(give(grant_.optional, true));
        }
        as_grantor(statements.take);
        as_grantor(statements.give);
        return statements;
    }

private:
    std::string holder() const { return grant_.holder.name.empty() ? "PUBLIC" : quoted(grant_.holder.name); }

    std::string target() const {
        switch (grant_.on) {
            case GrantedOn::schema: return " ON SCHEMA " + quoted(grant_.schema);
            case GrantedOn::function: return " ON FUNCTION " + object();
            case GrantedOn::procedure: return " ON PROCEDURE " + object();
            case GrantedOn::future: return " ON TABLES";
            default: return " ON TABLE " + object();
        }
    }

    std::string future() const {
        return "ALTER DEFAULT PRIVILEGES FOR ROLE " + quoted(grant_.creator) +
               (grant_.schema.empty() ? "" : " IN SCHEMA " + quoted(grant_.schema)) + " ";
    }

    Statements membership() const {
        const std::string by = grant_.grantor.empty() ? "" : " GRANTED BY " + quoted(grant_.grantor);
        const bool gives = grant_.option || !grant_.optional.empty();
        std::string with = gives ? " WITH ADMIN OPTION" : "";
        if (!grant_.privileges.empty()) {
            with = std::string{" WITH ADMIN "} + (gives ? "TRUE, " : "FALSE, ") + joined(grant_.privileges);
        }
        return {{"REVOKE " + std::string{grant_.option ? "ADMIN OPTION FOR " : ""} + quoted(grant_.name) + " FROM " +
                 holder() + by},
                {"GRANT " + quoted(grant_.name) + " TO " + holder() + with + by}};
    }

    /// The list keeps a grant by whoever gave it: nobody else can take just that one away.
    void as_grantor(Words& statements) const {
        if (grant_.grantor.empty() || statements.empty()) return;
        statements.insert(statements.begin(), "SET LOCAL ROLE " + quoted(grant_.grantor));
        statements.emplace_back("RESET ROLE");
    }
};

class MariadbWriter : public Writer {
public:
    using Writer::Writer;

    Statements write() const override {
        if (is_role()) return membership();
        const std::string on = target();
        if (grant_.option) {
            return {{"REVOKE GRANT OPTION" + on + " FROM " + holder()},
                    {"GRANT USAGE" + on + " TO " + holder() + " WITH GRANT OPTION"}};
        }
        return {{"REVOKE " + privileges(grant_.privileges) + on + " FROM " + holder()},
                {"GRANT " + privileges(grant_.privileges) + on + " TO " + holder()}};
    }

private:
    std::string holder() const {
        if (grant_.holder.name.empty()) return "PUBLIC";
        if (grant_.holder.host.empty()) return quoted(grant_.holder.name);
        return quoted(grant_.holder.user) + "@" + quoted(grant_.holder.host);
    }

    std::string target() const {
        switch (grant_.on) {
            case GrantedOn::server: return " ON *.*";
            case GrantedOn::database:
            case GrantedOn::schema:
            case GrantedOn::pattern: return " ON " + quoted(grant_.schema) + ".*";
            case GrantedOn::function: return " ON FUNCTION " + object();
            case GrantedOn::procedure: return " ON PROCEDURE " + object();
            default: return " ON " + object();
        }
    }

    Statements membership() const {
        const std::string role = quoted(grant_.name);
        const bool gives = grant_.option || !grant_.optional.empty();
        return {{"REVOKE " + std::string{grant_.option ? "ADMIN OPTION FOR " : ""} + role + " FROM " + holder()},
                {"GRANT " + role + " TO " + holder() + (gives ? " WITH ADMIN OPTION" : "")}};
    }
};

/// Never run on a live server.
class SqlserverWriter : public Writer {
public:
    using Writer::Writer;

    Statements write() const override {
        const std::string holder = quoted(grant_.holder.name.empty() ? "public" : grant_.holder.name);
        if (is_role()) {
            const std::string names = grammar_.text_literal(grant_.name) + ", " +
                                      grammar_.text_literal(grant_.holder.name.empty() ? "public" : grant_.holder.name);
            return {{"EXEC sp_droprolemember " + names}, {"EXEC sp_addrolemember " + names}};
        }
        const std::string on = target();
        if (grant_.option) {
            const std::string words = privileges(grant_.optional) + on;
            return {{"REVOKE GRANT OPTION FOR " + words + " FROM " + holder + " CASCADE"},
                    {"GRANT " + words + " TO " + holder + " WITH GRANT OPTION"}};
        }
        const std::string words = privileges(grant_.privileges) + on;
        const bool gives = !grant_.optional.empty();
        return {{"REVOKE " + words + " FROM " + holder + (gives ? " CASCADE" : "")},
                {"GRANT " + words + " TO " + holder + (gives ? " WITH GRANT OPTION" : "")}};
    }

private:
    std::string target() const {
        if (grant_.on == GrantedOn::server || grant_.on == GrantedOn::database) return "";
        if (grant_.on == GrantedOn::schema) return " ON SCHEMA::" + quoted(grant_.schema);
        return " ON OBJECT::" + object();
    }
};

}  // namespace

Statements statements_for(const ListedGrant& grant, const Source& source, const sql::Grammar& grammar) {
    require_known(grant.privileges);
    require_known(grant.optional);
    if (source.dialect == "postgresql") return PostgresqlWriter{grant, grammar}.write();
    if (source.dialect == "mssql") return SqlserverWriter{grant, grammar}.write();
    return MariadbWriter{grant, grammar}.write();
}

std::vector<std::string> names_in(const ListedGrant& grant) {
    Words names{grant.schema, grant.name, grant.holder.name, grant.grantor, grant.creator};
    names.insert(names.end(), grant.columns.begin(), grant.columns.end());
    return names;
}

}  // namespace crmaudit::reports::revoke
