// A database of MariaDB with accounts, roles, tables, views, functions and rights at random, and what the test itself
// knows about them. Everything is made from one seed, and removed in the end.
#pragma once

#include <string>
#include <vector>

#include "tests/support/access_world.h"
#include "tests/support/dice.h"
#include "tests/support/live.h"

namespace crmaudit::live {

class MariadbWorld : public AccessWorld {
public:
    struct Account {
        std::string user;
        std::string host;
        /// As the catalog names it, and as statements do.
        std::string name() const { return "'" + user + "'@'" + host + "'"; }
    };

    explicit MariadbWorld(std::uint64_t seed);
    ~MariadbWorld();
    MariadbWorld(const MariadbWorld&) = delete;
    MariadbWorld& operator=(const MariadbWorld&) = delete;

    static std::string quoted(const std::string& name);
    static std::string quoted(const Relation& relation) {
        return quoted(relation.schema) + "." + quoted(relation.name);
    }
    std::string connection(const Account& account) const;
    Scratch& scratch() { return scratch_; }

    std::vector<Account> logins;  // those that a login from here reaches
    std::vector<Account> hidden;  // the same users from more hosts
    std::vector<std::string> roles;
    Account nobody;  // without any right, to give rights to

private:
    void run(const std::string& statement) { scratch_.admin().run(statement); }
    /// Columns of a view can be granted only while it works.
    void run_if_valid(const std::string& statement);
    bool chance(int percent) { return dice_.between(1, 100) <= percent; }
    /// An account or a role; seldom PUBLIC.
    std::string anybody(int percent_public = 2);
    void make_principals();
    void make_tables();
    void make_views();
    void make_functions();
    void give_rights();
    void give_database();

    Scratch scratch_{Product::mariadb};
    test::Dice dice_;
};

}  // namespace crmaudit::live
