// A database of PostgreSQL with principals, tables, views, functions and rights at random, and what the test itself
// knows about them. Everything is made from one seed, and removed in the end.
#pragma once

#include <string>
#include <vector>

#include "tests/support/access_world.h"
#include "tests/support/dice.h"
#include "tests/support/live.h"

namespace crmaudit::live {

class PostgresqlWorld : public AccessWorld {
public:
    explicit PostgresqlWorld(std::uint64_t seed);
    ~PostgresqlWorld();
    PostgresqlWorld(const PostgresqlWorld&) = delete;
    PostgresqlWorld& operator=(const PostgresqlWorld&) = delete;

    static std::string quoted(const std::string& name);
    static std::string quoted(const Relation& relation) {
        return quoted(relation.schema) + "." + quoted(relation.name);
    }
    std::string connection(const std::string& login) const;
    Scratch& scratch() { return scratch_; }

    std::vector<std::string> logins;
    std::vector<std::string> roles;  // that cannot log in
    std::vector<std::string> schemas;
    std::string creator;  // whose default privileges are set, and who may make tables
    std::string nobody;   // a role in no list, without any right, to give rights to

private:
    void run(const std::string& statement) { scratch_.admin().run(statement); }
    bool chance(int percent) { return dice_.between(1, 100) <= percent; }
    /// One of the principals; seldom PUBLIC.
    std::string anybody(int percent_public = 2);
    void make_principals();
    void make_tables();
    void make_views();
    void make_functions();
    void give_rights();
    void give_schemas();
    void secure_rows();
    void set_defaults();

    Scratch scratch_{Product::postgresql};
    test::Dice dice_;
};

}  // namespace crmaudit::live
