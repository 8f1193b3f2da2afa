// Persons about whom nothing but their own row says anything, and with whom nothing else goes: a batch looks at them
// and deletes them in one statement. What holds for all purges holds for these as well.
#include <chrono>
#include <thread>

#include "tests/live/purge_fixture.h"

namespace crmaudit::live {
namespace {

using ::testing::HasSubstr;

constexpr const char* mapping = R"(<?xml version="1.0" encoding="UTF-8"?>
<profile name="alone" title="Alone" versions="1">
  <signature table="person" columns="id seen"/>
  <entity name="person" kind="person" table="person" key="id">
    <attribute name="name" role="name" column="name"/>
    <attribute name="created" role="created" column="created"/>
    <attribute name="seen" role="activity" column="seen"/>
    <attribute name="customer" role="relationship"><where><one-of column="customer" value="1"/></where></attribute>
  </entity>
</profile>
)";

std::vector<std::string> statements(Product product) {
    const std::string moment = product == Product::mariadb ? "DATETIME NULL" : "TIMESTAMP NULL";
    std::vector<std::string> all{"CREATE TABLE person (id INTEGER PRIMARY KEY, name VARCHAR(40), created " + moment +
                                 ", seen " + moment + ", customer SMALLINT NOT NULL DEFAULT 0)"};
    for (int i = 1; i <= 60; ++i) {
        all.push_back("INSERT INTO person VALUES (" + std::to_string(i) + ", 'Erika', '2010-01-01 10:00:00', " +
                      (i % 2 == 0 ? "'2015-05-05 10:00:00'" : "CURRENT_TIMESTAMP") + ", 0)");
    }
    return all;
}

class PurgeAlone : public ::testing::TestWithParam<Product> {
protected:
    PurgeAlone() { crm.rules = "stale_person"; }

    void write_scripts(const std::vector<std::string>& more = {}) {
        const auto written = crm.purge(more);
        ASSERT_EQ(written.code, 0) << written.err;
    }
    std::string number(const std::string& condition) {
        return crm.cell("SELECT COUNT(*) FROM person WHERE " + condition);
    }
    std::string logged() {
        return crm.cell("SELECT deleted FROM crmaudit_deletion_log") + " deleted, " +
               crm.cell("SELECT spared FROM crmaudit_deletion_log") + " spared, " +
               crm.cell("SELECT not_reached FROM crmaudit_deletion_log") + " not reached";
    }
    /// Tables of ours that are left.
    std::string ours() {
        switch (GetParam()) {
            case Product::sqlite: return crm.cell("SELECT COUNT(*) FROM sqlite_master WHERE name LIKE 'crmaudit%'");
            default:
                return crm.cell(
                    "SELECT COUNT(*) FROM information_schema.tables WHERE table_name LIKE 'crmaudit%' AND table_schema "
                    "= " +
                    std::string{GetParam() == Product::postgresql ? "'public'" : "DATABASE()"});
        }
    }

    PurgeCrm crm{GetParam(), mapping, statements(GetParam())};
};

TEST_P(PurgeAlone, GoesAndNobodyElseDoes) {
    write_scripts({"--batch", "7"});
    const auto ended = crm.run("2-purge.sql");
    EXPECT_EQ(ended.code, 0) << ended.output;
    EXPECT_EQ(number("1 = 1"), "30");
    EXPECT_EQ(number("id % 2 = 0"), "0");
    EXPECT_EQ(logged(), "30 deleted, 0 spared, 0 not reached");
    EXPECT_EQ(crm.run("3-verify.sql").code, 0);
    EXPECT_EQ(crm.found("stale_person"), "clean");
}

TEST_P(PurgeAlone, IsSparedWhoWasSeenOnADayThatCannotBe) {
    AdminConnection writer{crm.scratch.connection()};
    if (GetParam() == Product::mariadb) writer.run("SET SESSION sql_mode = 'ALLOW_INVALID_DATES'");
    const std::string day = GetParam() == Product::postgresql ? "infinity" : "2024-02-31 10:00:00";
    writer.run("UPDATE person SET seen = '" + day + "' WHERE id IN (1, 2)");
    write_scripts({"--batch", "7"});
    const auto dry = crm.run("1-dry-run.sql");
    EXPECT_THAT(dry.output, ::testing::ContainsRegex("found[^\n]*31")) << "as the audit has counted";
    const auto ended = crm.run("2-purge.sql");
    EXPECT_EQ(ended.code, 0) << ended.output;
    EXPECT_EQ(number("id IN (1, 2)"), "2");
    EXPECT_EQ(number("1 = 1"), "31");
    EXPECT_EQ(logged(), "29 deleted, 0 spared, 0 not reached");
}

TEST_P(PurgeAlone, IsCountedByTheGuardWithoutWaitingForAnyRow) {
    write_scripts({"--batch", "7"});
    AdminConnection writer{crm.scratch.connection()};
    writer.run(GetParam() == Product::sqlite ? "BEGIN IMMEDIATE" : "START TRANSACTION");
    writer.run("UPDATE person SET name = 'Emma' WHERE id < 60");
    const auto dry = crm.run("1-dry-run.sql");
    writer.run("ROLLBACK");
    EXPECT_EQ(dry.code, 0) << dry.output;
}

TEST_P(PurgeAlone, IsWaitedForAndSparedWhenSomebodyIsWriting) {
    write_scripts({"--batch", "7"});
    AdminConnection writer{crm.scratch.connection()};
    writer.run(GetParam() == Product::sqlite ? "BEGIN IMMEDIATE" : "START TRANSACTION");
    writer.run("UPDATE person SET seen = CURRENT_TIMESTAMP WHERE id IN (10, 12)");
    writer.run("UPDATE person SET customer = 1 WHERE id = 22");
    writer.run("DELETE FROM person WHERE id = 44");
    support::CommandResult ended;
    std::thread purge{[&] { ended = crm.run("2-purge.sql"); }};
    std::this_thread::sleep_for(std::chrono::seconds{2});
    EXPECT_EQ(number("id IN (10, 12, 22, 44)"), "4");
    writer.run("COMMIT");
    purge.join();
    EXPECT_EQ(ended.code, 0) << ended.output;
    EXPECT_EQ(number("id IN (10, 12, 22)"), "3");
    EXPECT_EQ(number("id % 2 = 0"), "3");
    EXPECT_EQ(number("id % 2 = 1"), "30");
    EXPECT_EQ(logged(), "26 deleted, 4 spared, 0 not reached");
    EXPECT_THAT(crm.run("3-verify.sql").output, ::testing::ContainsRegex("all the same .0 is right.[^0-9\n]*0\n"));
}

TEST_P(PurgeAlone, IsDeletedOnceWhenItIsKilledAndRunAgain) {
    write_scripts({"--batch", "7"});
    const std::string begins = GetParam() == Product::postgresql ? "WITH gone AS (" : "";
    kill_purge_before(crm, begins + deletion_of(crm, "person"), "(SELECT COUNT(*) FROM person) < 50");
    EXPECT_TRUE(eventually([&] { return number("1 = 1") == "46"; })) << number("1 = 1");
    crm.sql("UPDATE person SET seen = CURRENT_TIMESTAMP WHERE id = 60");
    const auto again = crm.run("2-purge.sql");
    EXPECT_EQ(again.code, 0) << again.output;
    EXPECT_EQ(number("id % 2 = 0"), "1");
    EXPECT_EQ(number("id % 2 = 1"), "30");
    EXPECT_EQ(logged(), "29 deleted, 1 spared, 0 not reached");
}

TEST_P(PurgeAlone, LeavesNoKeysBehindWhenTheGuardDoesNotPass) {
    write_scripts({"--batch", "7"});
    crm.sql("UPDATE person SET seen = '2015-05-05 10:00:00' WHERE id < 20");
    for (const Way way : ways(GetParam())) {
        const auto ended = crm.run("2-purge.sql", way);
        if (way != Way::one_transaction) {
            EXPECT_THAT(ended.output, HasSubstr("more persons are found"));
        }
        EXPECT_EQ(number("1 = 1"), "60");
        EXPECT_EQ(ours(), "0");
    }
}

// Or each person would cost a look at all rows of their tenant.
TEST(PurgeAloneInSqlite, IsLookedForByAWholeKeyOfTwoTypes) {
    std::string tenants = mapping;
    const std::string key = "key=\"id\"";
    tenants.replace(tenants.find(key), key.size(), "key=\"tenant id\"");
    const std::vector<std::string> persons{
        "CREATE TABLE person (tenant INTEGER NOT NULL, id VARCHAR(36) NOT NULL, name VARCHAR(40), created TIMESTAMP, "
        "seen TIMESTAMP, customer SMALLINT NOT NULL DEFAULT 0, PRIMARY KEY (tenant, id))",
        "INSERT INTO person VALUES (1, 'a', 'Erika', '2010-01-01 10:00:00', '2015-05-05 10:00:00', 0)",
        "INSERT INTO person VALUES (1, 'b', 'Erika', '2010-01-01 10:00:00', CURRENT_TIMESTAMP, 0)",
        "INSERT INTO person VALUES (2, 'a', 'Erika', '2010-01-01 10:00:00', CURRENT_TIMESTAMP, 0)"};
    PurgeCrm crm{Product::sqlite, tenants, persons};
    crm.rules = "stale_person";
    const auto written = crm.purge({});
    ASSERT_EQ(written.code, 0) << written.err;
    crm.replace("2-purge.sql", ".bail on", ".bail on\n.eqp trigger");
    const auto ended = crm.run("2-purge.sql");
    EXPECT_EQ(ended.code, 0) << ended.output;
    EXPECT_THAT(ended.output, HasSubstr("SEARCH person USING INDEX sqlite_autoindex_person_1 (tenant=? AND id=?)"));
    EXPECT_THAT(ended.output, ::testing::Not(HasSubstr("(tenant=?)")));
    EXPECT_EQ(crm.cell("SELECT group_concat(tenant || id) FROM person"), "1b,2a");
}

INSTANTIATE_TEST_SUITE_P(Products, PurgeAlone, ::testing::ValuesIn(all_products),
                         [](const auto& parameter) { return to_string(parameter.param); });

}  // namespace
}  // namespace crmaudit::live
