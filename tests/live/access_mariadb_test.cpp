// Whether what is computed from MariaDB's own tables is what the server does: everybody logs in and tries everything.
#include <gtest/gtest.h>

#include <algorithm>

#include "auditor/access/through_views.h"
#include "connectors/dialects/mariadb_access.h"
#include "connectors/session.h"
#include "tests/live/access_tally.h"
#include "tests/support/mariadb_world.h"

namespace crmaudit::live {
namespace {

using access::Id;
using access::Index;
using access::OwnerRights;
using access::Paths;
using access::Reach;
using access::Right;
using World = MariadbWorld;

// As many worlds as it takes until every path has decided enough, which the first two mostly do.
constexpr int most_worlds = 5;
constexpr const char* all_paths[] = {"direct_grant",   "column_grant", "schema_grant", "pattern_grant", "server_grant",
                                     "host_pattern",   "everybody",    "default_role", "set_role",      "owner_view",
                                     "owner_function", "grant_option", "admin_option"};

Permissions permissions_of(const connectors::ConnectOptions& options) {
    connectors::Session session{options};
    return connectors::read_mariadb_access([&](const std::string& text) { return session.rows(text); });
}

Id principal_named(const Permissions& facts, const std::string& name) {
    for (Id id = 0; id < facts.principals.size(); ++id) {
        if (facts.principals[id].name == name) return id;
    }
    throw std::runtime_error("no principal " + name);
}

Id relation_named(const Permissions& facts, const std::string& name) {
    for (Id id = 0; id < facts.relations.size(); ++id) {
        if (facts.relations[id].name == name) return id;
    }
    throw std::runtime_error("no relation " + name);
}

Paths paths_in(const Reach& reach, Id relation, Id column, Right right) {
    const auto* reached = access::find(reach, relation);
    return reached == nullptr ? Paths{} : reached->paths(column, right);
}

Paths whole_in(const Reach& reach, Id relation, Right right) {
    const auto* reached = access::find(reach, relation);
    return reached == nullptr ? Paths{} : reached->whole[static_cast<std::size_t>(right)];
}

/// Runs a statement that touches no row; what it did is taken back. False when the server refuses it.
bool works(AdminConnection& connection, const std::string& statement) {
    bool is_allowed = true;
    connection.run("START TRANSACTION");
    try {
        connection.run(statement);
    } catch (const std::runtime_error& error) {
        const std::string what = error.what();
        const auto says = [&](const char* words) { return what.find(words) != std::string::npos; };
        if (says("'/dev/null' already exists")) return true;  // whether it may write is asked first
        is_allowed = false;
        if (!says("denied") && !says("lack rights") && !says("has not been granted") && !says("Invalid role")) throw;
    }
    connection.run("ROLLBACK");
    return is_allowed;
}

std::string attempt(const World::Relation& relation, const std::string& column, Right right) {
    const std::string table = World::quoted(relation);
    const std::string name = World::quoted(column);
    switch (right) {
        case Right::read: return "SELECT " + name + " FROM " + table + " WHERE 1=0";
        case Right::insert: return "INSERT INTO " + table + " (" + name + ") SELECT NULL FROM DUAL WHERE 1=0";
        case Right::update: return "UPDATE " + table + " SET " + name + " = NULL WHERE 1=0";
        case Right::remove: break;
    }
    return "DELETE FROM " + table + " WHERE 1=0";
}

class EffectiveRightsOnMariadb : public ::testing::Test {
protected:
    void learn(World& world) {
        world_ = &world;
        facts_ = permissions_of(world.scratch().options());
        index_ = std::make_unique<Index>(facts_);
        owners_ = std::make_unique<OwnerRights>(*index_);
        ids_.clear();
        for (const auto& relation : world.relations) {
            ids_.push_back(relation_named(facts_, relation.name));
            EXPECT_EQ(facts_.relations[ids_.back()].columns, relation.columns);
        }
        for (const CatalogGap& gap : facts_.gaps) ADD_FAILURE() << gap.object << ": " << gap.reason;
    }

    std::string pair(const access::Session& session, std::size_t relation, std::size_t column, Right right) const {
        std::string text = facts_.principals[session.login].name;
        if (session.role) text += " as " + facts_.principals[*session.role].name;
        const auto& table = world_->relations[relation];
        return text + ": " + std::string{to_string(right)} + " " + World::quoted(table) + "." + table.columns[column];
    }

    /// Tries everything as one session and compares each answer.
    Tried try_everything(AdminConnection& connection, const access::Session& session) {
        const Reach direct = access::direct_reach(*owners_, session);
        Tried tried;
        each_cell(*world_, [&](std::size_t r, std::size_t c, Right right) {
            const auto& relation = world_->relations[r];
            const bool is_real = works(connection, attempt(relation, relation.columns[c], right));
            if (is_real) tried.on_relations.insert({r, c, right});
            sessions_.compare(pair(session, r, c, right), paths_in(direct, ids_[r], static_cast<Id>(c), right),
                              is_real);
        });
        for (std::size_t f = 0; f < world_->functions.size(); ++f) {
            const auto& function = world_->functions[f];
            const std::string name = World::quoted(function.schema) + "." + World::quoted(function.name);
            if (works(connection, "SELECT " + name + "()")) tried.functions.insert(f);
        }
        const bool exports = access::may_export(*index_, session);
        for (std::size_t r = 0; r < world_->relations.size(); r += 4) {
            if (!tried.on_relations.contains({r, 0, Right::read})) continue;
            const std::string statement = attempt(world_->relations[r], world_->relations[r].columns[0], Right::read);
            sessions_.compare("export, " + pair(session, r, 0, Right::read), exports,
                              works(connection, statement + " INTO OUTFILE '/dev/null'"));
        }
        return tried;
    }

    void try_to_pass_on(AdminConnection& connection, const access::Session& session) {
        const Reach passed = access::passed_on_reach(*index_, session);
        for (std::size_t r = 0; r < world_->relations.size(); ++r) {
            const bool is_real = works(
                connection, "GRANT SELECT ON " + World::quoted(world_->relations[r]) + " TO " + world_->nobody.name());
            sessions_.compare("pass on, " + pair(session, r, 0, Right::read), whole_in(passed, ids_[r], Right::read),
                              is_real);
        }
        const auto given = access::roles_to_pass_on(*index_, session);
        for (const std::string& name : world_->roles) {
            const bool real = works(connection, "GRANT " + World::quoted(name) + " TO " + world_->nobody.name());
            const bool computed = std::binary_search(given.begin(), given.end(), principal_named(facts_, name));
            sessions_.compare(facts_.principals[session.login].name + " gives " + name, computed, real);
            if (real) sessions_.decided("admin_option");
        }
    }

    /// What an account gets at in the end, in all its sessions, directly and through views and functions.
    void compare_effective(Id principal, const std::vector<Tried>& all) {
        Tried real;
        for (const Tried& tried : all) {
            const Tried behind = with_behind(*world_, tried);
            real.on_relations.insert(behind.on_relations.begin(), behind.on_relations.end());
        }
        const Reach reach = access::effective_reach(*owners_, principal);
        const auto session = access::session_of(*index_, principal);
        each_cell(*world_, [&](std::size_t r, std::size_t c, Right right) {
            effective_.compare("in the end, " + pair(session, r, c, right),
                               paths_in(reach, ids_[r], static_cast<Id>(c), right),
                               real.on_relations.contains({r, c, right}));
        });
    }

    World* world_ = nullptr;
    Permissions facts_;
    std::unique_ptr<Index> index_;
    std::unique_ptr<OwnerRights> owners_;
    std::vector<Id> ids_;  // of the world's relations
    Tally sessions_;
    Tally effective_;
};

TEST_F(EffectiveRightsOnMariadb, AreWhatTheServerDoes) {
    const std::uint64_t seed = printed_seed();
    for (int i = 0; i < most_worlds && !too_seldom(decided_in(effective_, sessions_), all_paths).empty(); ++i) {
        World world{seed + static_cast<std::uint64_t>(i)};
        learn(world);
        for (const World::Account& login : world.logins) {
            const Id principal = principal_named(facts_, login.name());
            const auto own = access::session_of(*index_, principal);
            AdminConnection connection{world.connection(login)};
            ASSERT_EQ(connection.value("SELECT CURRENT_USER()"), login.user + "@" + login.host);
            std::vector<Tried> all{try_everything(connection, own)};
            try_to_pass_on(connection, own);
            const auto settable = access::settable_roles(*index_, principal);
            for (const std::string& name : world.roles) {
                const Id role = principal_named(facts_, name);
                const bool real = works(connection, "SET ROLE " + World::quoted(name));
                sessions_.compare(login.name() + " becomes " + name,
                                  std::binary_search(settable.begin(), settable.end(), role), real);
                if (real) all.push_back(try_everything(connection, access::session_as(*index_, principal, role)));
            }
            // And with no role at all, not even the default one: the account's own rights are part of every session.
            compare_effective(principal, all);
        }
    }
    std::cout << "sessions: ";
    sessions_.print(std::cout);
    std::cout << "effective: ";
    effective_.print(std::cout);
    sessions_.expect_agreement();
    effective_.expect_agreement();
    EXPECT_GE(effective_.pairs(), 2000U);
    EXPECT_GE(effective_.allowed() * 5, effective_.pairs());
    EXPECT_GE(effective_.refused() * 5, effective_.pairs());
    EXPECT_EQ(too_seldom(decided_in(effective_, sessions_), all_paths), std::vector<std::string>{});
}

/// What somebody was granted, as far as it can be told without numbers; nothing of anybody who is not there.
std::vector<std::pair<Permissions::Level, Rights>> granted_to(const Permissions& facts, const std::string& name) {
    std::vector<std::pair<Permissions::Level, Rights>> granted;
    for (const Permissions::Grant& each : facts.grants) {
        if (each.holder < facts.principals.size() && facts.principals[each.holder].name == name)
            granted.emplace_back(each.level, each.rights);
    }
    std::sort(granted.begin(), granted.end());
    return granted;
}

TEST(PermissionsOfMariadb, AreReadByTheAccountOfTheGrantsScript) {
    Scratch scratch{Product::mariadb};
    // Other tests make accounts meanwhile: only those that stay are compared.
    const std::string account = "'" + scratch.name() + "'@'%'";
    scratch.admin().run("CREATE TABLE t (id integer)");
    scratch.admin().run("CREATE VIEW v AS SELECT id FROM t");
    scratch.admin().run("GRANT SELECT ON " + scratch.name() + ".* TO " + scratch.auditor());
    scratch.admin().run("CREATE USER " + account);
    scratch.admin().run("GRANT SELECT, INSERT ON t TO " + account);
    scratch.admin().run("GRANT UPDATE (id) ON t TO " + account);
    auto options = scratch.options();
    const Permissions whole = permissions_of(options);
    options.connection_string = scratch.auditor_connection();
    const Permissions half = permissions_of(options);
    ASSERT_EQ(half.gaps.size(), 1U);
    EXPECT_EQ(half.gaps.front().object, "v");
    scratch.admin().run("GRANT SHOW VIEW ON " + scratch.name() + ".* TO " + scratch.auditor());
    const Permissions seen = permissions_of(options);
    scratch.admin().run("DROP USER " + account);
    EXPECT_TRUE(seen.gaps.empty());
    EXPECT_EQ(granted_to(whole, account).size(), 2U);
    for (const std::string& each : {account, std::string{"'admin'@'127.0.0.1'"}}) {
        EXPECT_FALSE(granted_to(whole, each).empty()) << each;
        EXPECT_EQ(granted_to(seen, each), granted_to(whole, each)) << each;
    }
    ASSERT_EQ(seen.relations.size(), 2U);
    ASSERT_EQ(seen.relations[1].reads.size(), 1U);
    EXPECT_EQ(seen.relations[1].reads[0].columns, std::vector<Permissions::Id>{0});
}

}  // namespace
}  // namespace crmaudit::live
