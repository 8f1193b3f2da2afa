// A write attempted through the port's own connection is refused, with an account that may do everything.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "connectors/session.h"
#include "tests/support/live.h"

namespace crmaudit::live {
namespace {

using connectors::ConnectError;
using connectors::Session;

class ReadOnly : public testing::TestWithParam<Product> {
protected:
    ReadOnly() {
        scratch_.admin().run("CREATE TABLE persons (id INTEGER PRIMARY KEY, name VARCHAR(20))");
        scratch_.admin().run("INSERT INTO persons VALUES (1, 'x')");
    }
    std::string persons() { return scratch_.admin().value("SELECT COUNT(*) FROM persons").value_or("gone"); }

    Scratch scratch_{GetParam()};
};

TEST_P(ReadOnly, EveryWritingStatementIsRefused) {
    Session session(scratch_.options());
    for (const char* statement :
         {"INSERT INTO persons VALUES (2, 'y')", "UPDATE persons SET name = 'y'", "DELETE FROM persons",
          "CREATE TABLE more (id INTEGER)", "DROP TABLE persons", "ALTER TABLE persons ADD COLUMN more INTEGER",
          "CREATE VIEW people AS SELECT id FROM persons", "CREATE INDEX names ON persons (name)"}) {
        EXPECT_THROW(session.rows(statement), sql::QueryError) << statement;
    }
    EXPECT_EQ(persons(), "1");
    EXPECT_EQ(session.rows("SELECT COUNT(*) FROM persons"), (std::vector<sql::Row>{{"1"}}));
}

TEST_P(ReadOnly, EndingTheTransactionDoesNotOpenADoor) {
    Session session(scratch_.options());
    for (const char* end : {"COMMIT", "ROLLBACK"}) {
        try {
            session.rows(end);
        } catch (const sql::QueryError&) {
            // Nothing to end is as good.
        }
        EXPECT_THROW(session.rows("INSERT INTO persons VALUES (2, 'y')"), sql::QueryError) << "after " << end;
    }
    EXPECT_EQ(persons(), "1");
}

TEST_P(ReadOnly, AnAccountThatCouldWriteIsReported) {
    const auto database = connectors::open_database(scratch_.options());
    EXPECT_FALSE(database->read_catalog().account_can_write.empty());
}

INSTANTIATE_TEST_SUITE_P(, ReadOnly, testing::ValuesIn(all_products), testing::PrintToStringParamName());

TEST(ReadOnlyAccount, IsNotReportedAsOneThatCouldWrite) {
    for (const Product product : {Product::postgresql, Product::mariadb}) {
        Scratch scratch(product);
        scratch.admin().run("CREATE TABLE persons (id INTEGER PRIMARY KEY)");
        scratch.admin().run((product == Product::postgresql ? "GRANT SELECT ON persons TO "
                                                            : "GRANT SELECT ON " + scratch.name() + ".* TO ") +
                            scratch.auditor());
        auto options = scratch.options();
        options.connection_string = scratch.auditor_connection();
        EXPECT_THAT(connectors::open_database(options)->read_catalog().account_can_write, testing::IsEmpty())
            << product;
    }
}

TEST(ReadOnlySqlite, StaysReadOnlyWhenTheGuardOfTheSessionIsTakenAway) {
    Scratch scratch(Product::sqlite);
    scratch.admin().run("CREATE TABLE persons (id INTEGER)");
    Session session(scratch.options());
    session.rows("PRAGMA query_only = 0");
    EXPECT_THROW(session.rows("INSERT INTO persons VALUES (1)"), sql::QueryError);
}

TEST(ReadOnlySqlite, NeverMakesAFileThatIsMissing) {
    const TemporaryDirectory directory;
    const auto path = directory.path() / "crm.sqlite";
    connectors::ConnectOptions options;
    options.connection_string = "DRIVER=SQLite3;Database=" + path.string();
    EXPECT_THROW(Session{options}, ConnectError);
    EXPECT_FALSE(std::filesystem::exists(path));
}

TEST(ReadOnlySqlite, ReadsAFileWhoseNameNeedsEncoding) {
    const TemporaryDirectory directory;
    const auto path = directory.path() / "50% of {crm}; really? #1 ä.sqlite";
    const auto plain = directory.path() / "crm.sqlite";
    AdminConnection("DRIVER=SQLite3;Database=" + plain.string()).run("CREATE TABLE persons (id INTEGER)");
    std::filesystem::rename(plain, path);
    connectors::ConnectOptions options;
    options.connection_string = connectors::connection_string({{"DRIVER", "SQLite3"}, {"DATABASE", path.string()}});
    EXPECT_EQ(Session(options).rows("SELECT COUNT(*) FROM persons"), (std::vector<sql::Row>{{"0"}}));
}

TEST(ReadOnlyMariadb, CannotMakeATemporaryTable) {
    Scratch scratch(Product::mariadb);
    Session session(scratch.options());
    EXPECT_THROW(session.rows("CREATE TEMPORARY TABLE more (id INTEGER)"), sql::QueryError);
}

TEST(ReadOnlyPostgresql, CannotMakeATemporaryTableNorMoveASequence) {
    Scratch scratch(Product::postgresql);
    scratch.admin().run("CREATE SEQUENCE numbers");
    Session session(scratch.options());
    EXPECT_THROW(session.rows("CREATE TEMPORARY TABLE more (id INTEGER)"), sql::QueryError);
    EXPECT_THROW(session.rows("SELECT nextval('numbers')"), sql::QueryError);
}

TEST(ReadOnlyPostgresql, TheDriversOwnReadOnlyModeDoesNoHarm) {
    Scratch scratch(Product::postgresql);
    auto options = scratch.options();
    options.connection_string += "ReadOnly=1;";
    EXPECT_EQ(Session(options).rows("SELECT 1"), (std::vector<sql::Row>{{"1"}}));
}

}  // namespace
}  // namespace crmaudit::live
