// No statement runs longer than it may, and none waits longer for a lock.
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

/// Would run for a minute or more.
std::string long_statement(Product product) {
    switch (product) {
        case Product::postgresql: return "SELECT pg_sleep(60)";
        case Product::mariadb: return "SELECT SLEEP(60)";
        case Product::sqlite: break;
    }
    return "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT COUNT(*) FROM n";
}

class Limits : public testing::TestWithParam<Product> {
protected:
    Limits() {
        scratch_.admin().run("CREATE TABLE persons (id INTEGER PRIMARY KEY)");
        scratch_.admin().run("CREATE TABLE notes (id INTEGER PRIMARY KEY)");
    }

    connectors::ConnectOptions short_limits() const {
        auto options = scratch_.options();
        options.statement_limit = std::chrono::seconds(1);
        options.lock_limit = std::chrono::seconds(1);
        return options;
    }

    void lock_persons() {
        switch (GetParam()) {
            case Product::postgresql:
                scratch_.admin().run("BEGIN");
                scratch_.admin().run("LOCK TABLE persons IN ACCESS EXCLUSIVE MODE");
                break;
            case Product::mariadb: scratch_.admin().run("LOCK TABLES persons WRITE"); break;
            case Product::sqlite: scratch_.admin().run("BEGIN EXCLUSIVE"); break;
        }
    }
    void unlock() { scratch_.admin().run(GetParam() == Product::mariadb ? "UNLOCK TABLES" : "ROLLBACK"); }

    Scratch scratch_{GetParam()};
};

TEST_P(Limits, EndAStatementThatWouldRunForAMinute) {
    Session session(short_limits());
    EXPECT_EQ(reason_of(session, long_statement(GetParam())), Reason::timeout);
    EXPECT_EQ(session.rows("SELECT COUNT(*) FROM persons"), (std::vector<sql::Row>{{"0"}}));
}

TEST_P(Limits, EndAStatementThatHasAlreadyGivenRows) {
    Session session(short_limits());
    const std::string numbers = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ";
    const std::string text =
        GetParam() == Product::sqlite       ? numbers + "1000000000) SELECT i FROM n WHERE i < 3 OR i > 900000000"
        : GetParam() == Product::postgresql ? "SELECT i, pg_sleep(CASE WHEN i > 1500 THEN 60 ELSE 0 END) FROM "
                                              "generate_series(1, 2000) AS numbers(i)"
                                            : "SELECT seq, SLEEP(seq > 1500) FROM seq_1_to_2000";
    EXPECT_EQ(reason_of(session, text), Reason::timeout);
    EXPECT_EQ(session.rows("SELECT COUNT(*) FROM persons"), (std::vector<sql::Row>{{"0"}}));
}

TEST_P(Limits, EndTheWaitForALock) {
    auto options = short_limits();
    options.statement_limit = std::chrono::seconds(60);
    Session session(options);
    lock_persons();
    EXPECT_EQ(reason_of(session, "SELECT COUNT(*) FROM persons"), Reason::locked);
    unlock();
    EXPECT_EQ(session.rows("SELECT COUNT(*) FROM notes"), (std::vector<sql::Row>{{"0"}}));
    EXPECT_EQ(session.rows("SELECT COUNT(*) FROM persons"), (std::vector<sql::Row>{{"0"}}));
}

TEST_P(Limits, AreAllInPlace) {
    // A rollback journal gives no snapshot that would not block the CRM; see snapshot_test.
    if (GetParam() == Product::sqlite) scratch_.admin().value("PRAGMA journal_mode = WAL");
    Session session(scratch_.options());
    EXPECT_TRUE(session.missing_safeguards().empty()) << session.missing_safeguards().front();
}

TEST_P(Limits, LeaveAStatementAloneThatIsQuickEnough) {
    Session session(short_limits());
    for (int i = 0; i < 50; ++i) EXPECT_EQ(session.rows("SELECT 1"), (std::vector<sql::Row>{{"1"}}));
}

INSTANTIATE_TEST_SUITE_P(, Limits, testing::ValuesIn(all_products), testing::PrintToStringParamName());

}  // namespace
}  // namespace crmaudit::live
