// What is cancelled ends on the server too, and what the server ends is told from it.
#include <gtest/gtest.h>

#include <future>

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

std::string long_statement(Product product) {
    return product == Product::postgresql ? "SELECT pg_sleep(300)" : "SELECT SLEEP(300)";
}

/// The number the server gives to the connection that runs the long statement; absent when none does.
std::optional<std::string> running(Scratch& scratch) {
    return scratch.admin().value(
        scratch.product() == Product::postgresql
            ? "SELECT pid FROM pg_stat_activity WHERE state = 'active' AND query LIKE '%pg_sleep(300)%' AND datname = "
              "'" +
                  scratch.name() + "' AND pid <> pg_backend_pid()"
            : "SELECT id FROM information_schema.processlist WHERE info LIKE '%SLEEP(300)%' AND db = '" +
                  scratch.name() + "' AND id <> CONNECTION_ID()");
}

std::string kill(Product product, const std::string& connection) {
    return product == Product::postgresql ? "SELECT pg_terminate_backend(" + connection + ")" : "KILL " + connection;
}

class Cancel : public testing::TestWithParam<Product> {
protected:
    Scratch scratch_{GetParam()};
};

TEST_P(Cancel, LeavesNothingRunningOnTheServer) {
    Session session(scratch_.options());
    auto ended = std::async(std::launch::async, [&] { return reason_of(session, long_statement(GetParam())); });
    ASSERT_TRUE(eventually([&] { return running(scratch_).has_value(); }));
    session.cancel();
    EXPECT_EQ(ended.get(), Reason::cancelled);
    EXPECT_TRUE(eventually([&] { return !running(scratch_); }));
    EXPECT_EQ(reason_of(session, "SELECT 1"), Reason::cancelled);
}

TEST_P(Cancel, ReachesAStatementThatStartsAtTheSameMoment) {
    for (int attempt = 0; attempt < 10; ++attempt) {
        Session session(scratch_.options());
        auto ended = std::async(std::launch::async, [&] { return reason_of(session, long_statement(GetParam())); });
        session.cancel();
        EXPECT_EQ(ended.get(), Reason::cancelled);
    }
    EXPECT_TRUE(eventually([&] { return !running(scratch_); }));
}

TEST_P(Cancel, IsNotWhatALostConnectionIsCalled) {
    Session session(scratch_.options());
    auto ended = std::async(std::launch::async, [&] { return reason_of(session, long_statement(GetParam())); });
    ASSERT_TRUE(eventually([&] { return running(scratch_).has_value(); }));
    scratch_.admin().run(kill(GetParam(), *running(scratch_)));
    EXPECT_EQ(ended.get(), Reason::connection_lost);
    EXPECT_EQ(reason_of(session, "SELECT 1"), Reason::connection_lost);
}

TEST_P(Cancel, AServerThatGoesAwayBetweenStatementsIsNoticed) {
    Session session(scratch_.options());
    const auto id =
        session.rows(GetParam() == Product::postgresql ? "SELECT pg_backend_pid()" : "SELECT CONNECTION_ID()");
    scratch_.admin().run(kill(GetParam(), id.at(0).at(0).value()));
    EXPECT_EQ(reason_of(session, "SELECT 1"), Reason::connection_lost);
}

INSTANTIATE_TEST_SUITE_P(, Cancel, testing::Values(Product::postgresql, Product::mariadb),
                         testing::PrintToStringParamName());

class CancelSqlite : public testing::TestWithParam<const char*> {};

TEST_P(CancelSqlite, EndsTheRunningStatementAndLetsTheSessionEnd) {
    Scratch scratch(Product::sqlite);
    scratch.admin().value(std::string("PRAGMA journal_mode = ") + GetParam());
    scratch.admin().run("CREATE TABLE persons (id INTEGER)");
    Session session(scratch.options());
    auto ended = std::async(std::launch::async, [&] {
        return reason_of(session,
                         "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT COUNT(*) FROM n");
    });
    session.cancel();
    EXPECT_EQ(ended.get(), Reason::cancelled);
    EXPECT_EQ(reason_of(session, "SELECT 1"), Reason::cancelled);
}

// With a snapshot, within a transaction that must end before the connection does; and without one.
INSTANTIATE_TEST_SUITE_P(, CancelSqlite, testing::Values("WAL", "DELETE"),
                         [](const auto& mode) { return std::string(mode.param); });

TEST(CancelSqliteInAnyState, ReachesAStatementThatStartsAtTheSameMoment) {
    Scratch scratch(Product::sqlite);
    for (int attempt = 0; attempt < 50; ++attempt) {
        Session session(scratch.options());
        auto ended = std::async(std::launch::async, [&] {
            return reason_of(session,
                             "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT COUNT(*) FROM n");
        });
        session.cancel();
        EXPECT_EQ(ended.get(), Reason::cancelled);
    }
}

}  // namespace
}  // namespace crmaudit::live
