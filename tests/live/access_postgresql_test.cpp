// Whether what is computed from PostgreSQL's catalogs is what the server does: everybody logs in and tries everything.
#include <gtest/gtest.h>

#include <algorithm>
#include <set>

#include "auditor/access/future.h"
#include "auditor/access/row_security.h"
#include "auditor/access/through_views.h"
#include "connectors/dialects/postgresql_access.h"
#include "connectors/session.h"
#include "tests/live/access_tally.h"
#include "tests/support/postgresql_world.h"

namespace crmaudit::live {
namespace {

using access::all_rights;
using access::Id;
using access::Index;
using access::OwnerRights;
using access::Paths;
using access::Reach;
using access::Right;
using World = PostgresqlWorld;

// As many worlds as it takes until every path has decided enough, which the first two mostly do.
constexpr int most_worlds = 5;
constexpr const char* all_paths[] = {"direct_grant",
                                     "column_grant",
                                     "inherited_role",
                                     "set_role",
                                     "everybody",
                                     "owner",
                                     "superuser",
                                     "schema_closed",
                                     "default_privilege",
                                     "owner_view",
                                     "invoker_view",
                                     "materialized_view",
                                     "owner_function",
                                     "row_security_applies",
                                     "row_security_bypassed",
                                     "predefined_role",
                                     "grant_option",
                                     "admin_option"};

Permissions permissions_of(const connectors::ConnectOptions& options) {
    connectors::Session session{options};
    return connectors::read_postgresql_access([&](const std::string& text) { return session.rows(text); });
}

Id principal_named(const Permissions& facts, const std::string& name) {
    for (Id id = 0; id < facts.principals.size(); ++id) {
        if (facts.principals[id].name == name) return id;
    }
    throw std::runtime_error("no principal " + name);
}

Id relation_named(const Permissions& facts, const std::string& schema, const std::string& name) {
    for (Id id = 0; id < facts.relations.size(); ++id) {
        const auto& relation = facts.relations[id];
        if (relation.name == name && facts.schemas[relation.schema].name == schema) return id;
    }
    throw std::runtime_error("no relation " + name);
}

Paths paths_in(const Reach& reach, Id relation, Id column, Right right) {
    const auto* reached = access::find(reach, relation);
    return reached == nullptr || reached->is_closed ? Paths{} : reached->paths(column, right);
}

Id schema_named(const Permissions& facts, const std::string& name) {
    for (Id id = 0; id < facts.schemas.size(); ++id) {
        if (facts.schemas[id].name == name) return id;
    }
    throw std::runtime_error("no schema " + name);
}

/// Runs a statement that touches no row, and takes back whatever it did. False when the server refuses it.
bool works(AdminConnection& connection, const std::string& statement) {
    try {
        connection.run("BEGIN; " + statement + "; ROLLBACK");
        return true;
    } catch (const std::runtime_error& error) {
        const std::string what = error.what();
        const bool is_refusal = what.find(": 42501 ") != std::string::npos;
        // A copy, or a view that only reads.
        const bool cannot_change =
            what.find(": 55000 ") != std::string::npos || what.find(": 42809 ") != std::string::npos;
        connection.run("ROLLBACK");
        if (!is_refusal && !cannot_change) throw;
        return false;
    }
}

std::string attempt(const World::Relation& relation, const std::string& column, Right right) {
    const std::string table = World::quoted(relation);
    const std::string name = World::quoted(column);
    switch (right) {
        case Right::read: return "SELECT " + name + " FROM " + table + " WHERE 1=0";
        case Right::insert: return "INSERT INTO " + table + " (" + name + ") SELECT NULL WHERE 1=0";
        case Right::update: return "UPDATE " + table + " SET " + name + " = NULL WHERE 1=0";
        case Right::remove: break;
    }
    return "DELETE FROM " + table + " WHERE 1=0";
}

class EffectiveRights : public ::testing::Test {
protected:
    void learn(World& world) {
        world_ = &world;
        facts_ = permissions_of(world.scratch().options());
        index_ = std::make_unique<Index>(facts_);
        owners_ = std::make_unique<OwnerRights>(*index_);
        ids_.clear();
        for (const auto& relation : world.relations) {
            ids_.push_back(relation_named(facts_, relation.schema, relation.name));
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
        const Reach granted = access::granted_reach(*index_, session);
        const Reach direct = access::direct_reach(*owners_, session);
        Tried tried;
        each_cell(*world_, [&](std::size_t r, std::size_t c, Right right) {
            const auto& relation = world_->relations[r];
            const bool is_real = works(connection, attempt(relation, relation.columns[c], right));
            if (is_real) tried.on_relations.insert({r, c, right});
            const auto column = static_cast<Id>(c);
            sessions_.compare(pair(session, r, c, right), paths_in(direct, ids_[r], column, right), is_real);
            const auto* reached = access::find(granted, ids_[r]);
            const bool is_closed = reached != nullptr && reached->is_closed && !reached->paths(column, right).empty();
            if (is_closed && !is_real) sessions_.decided("schema_closed");
        });
        const auto callable = access::callable_functions(*index_, session);
        for (std::size_t f = 0; f < world_->functions.size(); ++f) {
            const auto& function = world_->functions[f];
            if (works(connection,
                      "SELECT " + World::quoted(function.schema) + "." + World::quoted(function.name) + "()"))
                tried.functions.insert(f);
        }
        try_rows(connection, session, tried);
        try_export(connection, session, tried);
        return tried;
    }

    /// With row_security off a statement is refused whose rows policies would choose from.
    void try_rows(AdminConnection& connection, const access::Session& session, const Tried& tried) {
        connection.run("SET row_security = off");
        for (std::size_t r = 0; r < world_->relations.size(); ++r) {
            const auto& relation = world_->relations[r];
            if (!relation.has_row_security || !tried.on_relations.contains({r, 0, Right::read})) continue;
            const bool sees_all = works(connection, attempt(relation, relation.columns[0], Right::read));
            const auto rows = access::rows_within_reach(*index_, session, ids_[r], Right::read);
            sessions_.compare("all rows, " + pair(session, r, 0, Right::read), rows == access::Rows::all, sees_all);
            sessions_.decided(sees_all ? "row_security_bypassed" : "row_security_applies");
        }
        connection.run("SET row_security = on");
        for (std::size_t r = 0; r < world_->relations.size(); ++r) {
            const auto& relation = world_->relations[r];
            if (!relation.has_row_security || !tried.on_relations.contains({r, 0, Right::read})) continue;
            const auto count = connection.value("SELECT count(id) FROM " + World::quoted(relation));
            const auto rows = access::rows_within_reach(*index_, session, ids_[r], Right::read);
            sessions_.compare("any row, " + pair(session, r, 0, Right::read), rows != access::Rows::none, count == "1");
        }
    }

    void try_export(AdminConnection& connection, const access::Session& session, const Tried& tried) {
        const bool computed = access::may_export(*index_, session);
        for (std::size_t r = 0; r < world_->relations.size(); r += 4) {
            if (!tried.on_relations.contains({r, 0, Right::read})) continue;
            const std::string copy =
                "COPY (" + attempt(world_->relations[r], world_->relations[r].columns[0], Right::read);
            const bool real = works(connection, copy + ") TO '/dev/null'") ||
                              works(connection, copy + ") TO PROGRAM 'cat >/dev/null'");
            sessions_.compare("export, " + pair(session, r, 0, Right::read), computed, real);
        }
    }

    /// What a principal gets at in the end, in all its sessions, directly and through views and functions.
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

    /// What tables made later come with: they are made only after the answers were computed.
    void try_future_tables() {
        const World& world = *world_;
        for (std::size_t s = 0; s < 2; ++s) {
            World::Relation table{world.schemas[s], "later", TableKind::table, {"id", "mail"}, 0, {}};
            const Permissions future =
                access::with_new_table(facts_, principal_named(facts_, world.creator),
                                       schema_named(facts_, table.schema), table.name, table.columns);
            AdminConnection& admin = world_->scratch().admin();
            admin.run("SET ROLE " + World::quoted(world.creator));
            admin.run("CREATE TABLE " + World::quoted(table) + " (id integer, mail text)");
            admin.run("RESET ROLE");
            const Index index{future};
            OwnerRights owners{index};
            const auto id = static_cast<Id>(future.relations.size() - 1);
            for (const std::string& login : world.logins) {
                const auto session = access::session_of(index, principal_named(future, login));
                if (!access::may_connect(index, session)) continue;
                AdminConnection connection{world.connection(login)};
                const Reach reach = access::direct_reach(owners, session);
                for (const Right right : all_rights) {
                    for (std::size_t c = 0; c < (right == Right::remove ? 1U : table.columns.size()); ++c) {
                        sessions_.compare(login + " later: " + attempt(table, table.columns[c], right),
                                          paths_in(reach, id, static_cast<Id>(c), right),
                                          works(connection, attempt(table, table.columns[c], right)));
                    }
                }
            }
        }
    }

    /// Whether rights on columns can be given to somebody who has none.
    void try_to_pass_on(AdminConnection& connection, const access::Session& session) {
        const Reach passed = access::passed_on_reach(*index_, session);
        const std::string arrived =
            "SELECT count(*) FROM pg_attribute a CROSS JOIN LATERAL aclexplode(a.attacl) x JOIN pg_roles r "
            "ON r.oid = x.grantee WHERE r.rolname = '" +
            world_->nobody + "'";
        for (std::size_t r = 0; r < world_->relations.size(); ++r) {
            const auto& relation = world_->relations[r];
            for (std::size_t c = 0; c < std::min<std::size_t>(relation.columns.size(), 2); ++c) {
                connection.run("BEGIN");
                bool is_real = false;
                try {
                    // Without the option, but with another right on the table, it is a warning only.
                    connection.run("GRANT SELECT (" + World::quoted(relation.columns[c]) + ") ON " +
                                   World::quoted(relation) + " TO " + World::quoted(world_->nobody));
                    is_real = connection.value(arrived) != "0";
                } catch (const std::runtime_error& error) {
                    ASSERT_NE(std::string{error.what()}.find(": 42501 "), std::string::npos) << error.what();
                }
                connection.run("ROLLBACK");
                sessions_.compare("pass on, " + pair(session, r, c, Right::read),
                                  paths_in(passed, ids_[r], static_cast<Id>(c), Right::read), is_real);
            }
        }
    }

    void try_to_give_roles(AdminConnection& connection, const access::Session& session) {
        const auto given = access::roles_to_pass_on(*index_, session);
        const auto& self = facts_.principals[session.login];
        std::vector<std::string> names{"pg_read_all_data", "pg_write_all_data", self.name};
        names.insert(names.end(), world_->roles.begin(), world_->roles.end());
        for (const std::string& name : names) {
            const bool real =
                works(connection, "GRANT " + World::quoted(name) + " TO " + World::quoted(world_->nobody));
            const bool computed = std::binary_search(given.begin(), given.end(), principal_named(facts_, name));
            sessions_.compare(self.name + " gives " + name, computed, real);
            if (real && !self.superuser && !self.creates_roles && name != self.name) sessions_.decided("admin_option");
        }
    }

    World* world_ = nullptr;
    Permissions facts_;
    std::unique_ptr<Index> index_;
    std::unique_ptr<OwnerRights> owners_;
    std::vector<Id> ids_;  // of the world's relations
    Tally sessions_;
    Tally effective_;
};

TEST_F(EffectiveRights, AreWhatTheServerDoes) {
    const std::uint64_t seed = printed_seed();
    for (int i = 0; i < most_worlds && !too_seldom(decided_in(effective_, sessions_), all_paths).empty(); ++i) {
        World world{seed + static_cast<std::uint64_t>(i)};
        learn(world);
        for (const std::string& login : world.logins) {
            const Id principal = principal_named(facts_, login);
            const auto own = access::session_of(*index_, principal);
            std::unique_ptr<AdminConnection> connection;
            try {
                connection = std::make_unique<AdminConnection>(world.connection(login));
            } catch (const std::runtime_error& error) {
                ASSERT_NE(std::string{error.what()}.find("CONNECT"), std::string::npos) << error.what();
            }
            sessions_.compare(login + " connects", access::may_connect(*index_, own), connection != nullptr);
            if (!connection) continue;
            std::vector<Tried> all{try_everything(*connection, own)};
            try_to_pass_on(*connection, own);
            try_to_give_roles(*connection, own);
            const std::vector<std::string> predefined{"pg_read_all_data", "pg_write_all_data"};
            for (const auto& names : {std::as_const(world.roles), std::as_const(world.logins), predefined}) {
                for (const std::string& name : names) {
                    if (name == login || own.superuser) continue;
                    const Id role = principal_named(facts_, name);
                    const auto settable = access::settable_roles(*index_, principal);
                    const bool computed = std::binary_search(settable.begin(), settable.end(), role);
                    const bool real = works(*connection, "SET ROLE " + World::quoted(name));
                    sessions_.compare(login + " becomes " + name, computed, real);
                    if (!real) continue;
                    connection->run("SET ROLE " + World::quoted(name));
                    all.push_back(try_everything(*connection, access::session_as(*index_, principal, role)));
                    connection->run("RESET ROLE");
                }
            }
            compare_effective(principal, all);
        }
        try_future_tables();
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

TEST(PermissionsOfPostgresql, AreReadByTheAuditorsAccountExceptForPasswords) {
    Scratch scratch{Product::postgresql};
    scratch.admin().run("CREATE TABLE t (id integer)");
    auto options = scratch.options();
    const Permissions whole = permissions_of(options);
    options.connection_string = scratch.auditor_connection();
    const Permissions seen = permissions_of(options);
    ASSERT_EQ(seen.gaps.size(), 2U);
    EXPECT_EQ(seen.gaps[0].object, fact_kinds::logins);
    EXPECT_EQ(seen.gaps[1].object, fact_kinds::host_rules);
    EXPECT_EQ(seen.grants.size(), whole.grants.size());
    EXPECT_TRUE(whole.gaps.empty());
}

}  // namespace
}  // namespace crmaudit::live
