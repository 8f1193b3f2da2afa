// All counts of one run come from one state of the database, whatever happens to it meanwhile.
#include <gtest/gtest.h>

#include "connectors/session.h"
#include "tests/support/live.h"

namespace crmaudit::live {
namespace {

using connectors::Session;
using Reason = sql::QueryError::Reason;

Reason reason_of(Session& session, const std::string& statement) {
    try {
        session.rows(statement);
    } catch (const sql::QueryError& error) {
        return error.reason();
    }
    throw std::runtime_error("not refused: " + statement);
}

std::string count(Session& session, const std::string& table) {
    return session.rows("SELECT COUNT(*) FROM " + table).at(0).at(0).value();
}

class Snapshot : public testing::TestWithParam<Product> {
protected:
    Snapshot() {
        if (GetParam() == Product::sqlite) scratch_.admin().value("PRAGMA journal_mode = WAL");
        for (const char* table : {"persons", "notes", "mails", "requests"}) {
            scratch_.admin().run("CREATE TABLE " + std::string(table) + " (id INTEGER PRIMARY KEY)");
            scratch_.admin().run("INSERT INTO " + std::string(table) + " VALUES (1), (2), (3)");
        }
    }

    Scratch scratch_{GetParam()};
};

TEST_P(Snapshot, IsTakenWhenTheSessionBegins) {
    Session session(scratch_.options());
    scratch_.admin().run("INSERT INTO persons VALUES (4)");
    scratch_.admin().run("DELETE FROM notes");
    EXPECT_EQ(count(session, "persons"), "3");
    EXPECT_EQ(count(session, "notes"), "3");
    EXPECT_EQ(count(session, "persons"), "3");
    Session later(scratch_.options());
    EXPECT_EQ(count(later, "persons"), "4");
    EXPECT_EQ(count(later, "notes"), "0");
}

INSTANTIATE_TEST_SUITE_P(, Snapshot, testing::ValuesIn(all_products), testing::PrintToStringParamName());

class SnapshotOfServer : public Snapshot {};

TEST_P(SnapshotOfServer, OutlivesATableThatIsLockedAndOneThatIsForbiddenInTheMiddle) {
    const bool postgresql = GetParam() == Product::postgresql;
    for (const char* table : {"persons", "notes", "mails", "requests"}) {
        scratch_.admin().run("GRANT SELECT ON " + std::string(table) + " TO " + scratch_.auditor());
    }
    auto options = scratch_.options();
    options.connection_string = scratch_.auditor_connection();
    options.lock_limit = std::chrono::seconds(1);
    Session session(options);
    EXPECT_EQ(count(session, "persons"), "3");

    scratch_.admin().run("REVOKE SELECT ON mails FROM " + scratch_.auditor());
    scratch_.admin().run("INSERT INTO persons VALUES (4)");
    scratch_.admin().run("INSERT INTO requests VALUES (4)");
    if (postgresql) scratch_.admin().run("BEGIN");
    scratch_.admin().run(postgresql ? "LOCK TABLE notes IN ACCESS EXCLUSIVE MODE" : "LOCK TABLES notes WRITE");

    EXPECT_EQ(reason_of(session, "SELECT COUNT(*) FROM notes"), Reason::locked);
    EXPECT_EQ(reason_of(session, "SELECT COUNT(*) FROM mails"), Reason::forbidden);
    EXPECT_EQ(count(session, "persons"), "3");
    EXPECT_EQ(count(session, "requests"), "3");
}

INSTANTIATE_TEST_SUITE_P(, SnapshotOfServer, testing::Values(Product::postgresql, Product::mariadb),
                         testing::PrintToStringParamName());

TEST(SnapshotOfSqlite, IsPerStatementWhereALongOneWouldBlockTheCrm) {
    Scratch scratch(Product::sqlite);
    scratch.admin().run("CREATE TABLE persons (id INTEGER)");
    Session session(scratch.options());
    EXPECT_EQ(count(session, "persons"), "0");
    scratch.admin().run("INSERT INTO persons VALUES (1)");
    EXPECT_EQ(count(session, "persons"), "1");
    ASSERT_EQ(session.missing_safeguards().size(), 1U);
    EXPECT_NE(session.missing_safeguards().front().find("snapshot"), std::string::npos);
}

}  // namespace
}  // namespace crmaudit::live
