// The scripts for MySQL. No MySQL is at hand: MariaDB, which knows procedures too, runs them.
#include "tests/live/purge_fixture.h"

namespace crmaudit::live {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

class PurgeMysql : public ::testing::Test {
protected:
    PurgeMysql() { crm.write_for("MySQL"); }

    std::string procedures() {
        return crm.cell("SELECT COUNT(*) FROM information_schema.routines WHERE routine_schema = DATABASE()");
    }

    PurgeCrm crm{Product::mariadb};
};

TEST_F(PurgeMysql, DeletesWhoIsDueAndLeavesNoProcedure) {
    ASSERT_EQ(crm.purge({"--batch", "10"}).code, 0);
    EXPECT_THAT(crm.text("2-purge.sql"), Not(HasSubstr("NOT ATOMIC")));
    EXPECT_THAT(crm.text("2-purge.sql"), HasSubstr("never on MySQL"));
    EXPECT_THAT(crm.text("README.de.txt"), HasSubstr("nur auf MariaDB"));
    const std::string others = crm.others();
    const auto dry = crm.run("1-dry-run.sql");
    EXPECT_EQ(dry.code, 0) << dry.output;
    EXPECT_THAT(dry.output, HasSubstr("persons who would be deleted, if nothing happens before\t25"));
    EXPECT_THAT(crm.persons(), HasSubstr("stale"));
    const auto ended = crm.run("2-purge.sql");
    EXPECT_EQ(ended.code, 0) << ended.output;
    EXPECT_THAT(crm.persons(), Not(HasSubstr("stale")));
    EXPECT_EQ(crm.others(), others);
    EXPECT_EQ(procedures(), "0");
    EXPECT_EQ(crm.run("3-verify.sql").code, 0);
    EXPECT_EQ(crm.found("stale_person"), "found 5");
    EXPECT_EQ(procedures(), "0");
    EXPECT_EQ(crm.cell("SELECT COUNT(*) FROM information_schema.tables WHERE table_schema = DATABASE() AND table_name "
                       "LIKE 'crmaudit%' AND table_name <> 'crmaudit_deletion_log'"),
              "0");
}

TEST_F(PurgeMysql, DeletesNobodyWhenTheGuardStopsWhateverTheClientDoes) {
    ASSERT_EQ(crm.purge({}).code, 0);
    crm.sql("ALTER TABLE person ADD COLUMN vip INTEGER");
    const std::string before = crm.persons();
    for (const Way way : ways(Product::mariadb)) {
        const auto ended = crm.run("2-purge.sql", way);
        EXPECT_THAT(ended.output, HasSubstr("the columns of"));
        EXPECT_EQ(crm.persons(), before);
    }
}

TEST_F(PurgeMysql, DeletesNobodyInAnotherDatabase) {
    ASSERT_EQ(crm.purge({}).code, 0);
    PurgeCrm other{Product::mariadb};
    const std::string before = other.persons();
    const std::string own = crm.persons();
    for (const Way way : ways(Product::mariadb)) {
        const auto ended = support::run(crm.command(crm.script("2-purge.sql"), way, other.scratch.name()) + " 2>&1");
        EXPECT_THAT(ended.output, HasSubstr("this is not the database"));
        EXPECT_EQ(other.persons(), before);
        EXPECT_EQ(crm.persons(), own);
    }
}

TEST_F(PurgeMysql, RunsNoStrangersProcedureWhenItMayNotMakeItsOwn) {
    ASSERT_EQ(crm.purge({}).code, 0);
    // As if CREATE PROCEDURE were forbidden, and the client went on.
    crm.replace("1-dry-run.sql", "CREATE PROCEDURE", "CREATE PROCEDURE nowhere.");
    crm.replace("2-purge.sql", "\nDROP PROCEDURE `crmaudit_", "\n-- DROP PROCEDURE `crmaudit_");
    crm.sql("UPDATE person SET held = 1");
    EXPECT_EQ(crm.run("2-purge.sql").code, 0);
    EXPECT_EQ(procedures(), "1");
    crm.sql("UPDATE person SET held = 0");
    const std::string before = crm.persons();
    EXPECT_THAT(crm.run("1-dry-run.sql", Way::forced).output, HasSubstr("ERROR"));
    EXPECT_EQ(crm.persons(), before);
}

TEST_F(PurgeMysql, GoesOnAfterAKill) {
    ASSERT_EQ(crm.purge({"--batch", "10", "--only", "stale_person"}).code, 0);
    const std::string whole = crm.text("2-purge.sql");
    const std::string deletion = "DELETE t FROM `" + crm.scratch.name() + "`.`person` t JOIN";
    crm.replace("2-purge.sql", deletion,
                "DO SLEEP(CASE WHEN (SELECT COUNT(*) FROM person) < 60 THEN 60 ELSE 0 END);\n" + deletion);
    support::run("timeout -s KILL 4 sh -c " +
                 support::quoted("exec " + crm.command(crm.script("2-purge.sql"), Way::piped)) +
                 " >/dev/null 2>&1; true");
    const std::string id = crm.cell(
        "SELECT id FROM information_schema.processlist WHERE db = DATABASE() AND id <> CONNECTION_ID() AND command <> "
        "'Sleep' LIMIT 1");
    ASSERT_NE(id, "");
    crm.sql("KILL " + id);
    EXPECT_TRUE(eventually(
        [&] { return crm.cell("SELECT COUNT(*) FROM information_schema.processlist WHERE id = " + id) == "0"; }));
    EXPECT_EQ(crm.cell("SELECT COUNT(*) FROM person WHERE id LIKE 'stale%'"), "15");
    support::write_text(crm.script("2-purge.sql"), whole);
    const auto again = crm.run("2-purge.sql");
    EXPECT_EQ(again.code, 0) << again.output;
    EXPECT_THAT(crm.persons(), Not(HasSubstr("stale")));
}

}  // namespace
}  // namespace crmaudit::live
