// Purge scripts while others write, and when they are killed: who is seen to be active stays, nobody can become so
// unseen, and nobody is left half done.
#include <chrono>
#include <thread>

#include "tests/live/purge_fixture.h"

namespace crmaudit::live {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

class PurgeLocks : public Purge {};

TEST_P(PurgeLocks, LeavesNobodyHalfDoneWhenItIsKilled) {
    write_scripts({"--batch", "10", "--only", "stale_person"});
    // Between children and parents of the second batch.
    kill_purge_before(crm, deletion_of(crm, "person"), "(SELECT COUNT(*) FROM person) < 60");
    const auto visits = [&] { return crm.cell("SELECT COUNT(*) FROM visit WHERE person_id LIKE 'stale%'"); };
    EXPECT_TRUE(eventually([&] {
        return visits() == crm.cell(
                               "SELECT COUNT(*) FROM person WHERE id LIKE 'stale%' AND (id LIKE '%0' OR id LIKE '%2' "
                               "OR id LIKE '%4' OR id LIKE '%6' OR id LIKE '%8')");
    })) << visits();
    EXPECT_EQ(crm.cell("SELECT COUNT(*) FROM person WHERE id LIKE 'stale%'"), "15");
    const auto again = crm.run("2-purge.sql");
    EXPECT_EQ(again.code, 0) << again.output;
    EXPECT_EQ(visits(), "0");
    EXPECT_THAT(crm.persons(), Not(HasSubstr("stale")));
}

TEST_P(PurgeLocks, WaitsForWhoIsWritingAndSparesThePerson) {
    write_scripts({"--batch", "10"});
    AdminConnection writer{crm.scratch.connection()};
    writer.run(GetParam() == Product::sqlite ? "BEGIN IMMEDIATE" : "START TRANSACTION");
    writer.run("INSERT INTO visit (id, person_id, made) VALUES (900, 'stale''11', CURRENT_TIMESTAMP)");
    support::CommandResult ended;
    std::thread purge{[&] { ended = crm.run("2-purge.sql"); }};
    std::this_thread::sleep_for(std::chrono::seconds{2});
    EXPECT_THAT(crm.persons(), HasSubstr("stale'11 stale'12 "));
    writer.run("COMMIT");
    purge.join();
    EXPECT_EQ(ended.code, 0) << ended.output;
    EXPECT_THAT(crm.persons(), HasSubstr("stale'11 "));
    EXPECT_THAT(crm.persons(), Not(HasSubstr("stale'12 ")));
}

/// SQLite is not among them: there, a batch is one statement that holds the only lock there is.
class PurgeLocksOnServer : public Purge {};

TEST_P(PurgeLocksOnServer, LetsNobodyAddAReasonToStayAfterItHasLooked) {
    // The other tables have no index by which their rows are found: all of them are locked.
    crm.sql("CREATE INDEX visits_by_person ON visit (person_id)");
    write_scripts({"--only", "stale_person"});
    const bool postgresql = GetParam() == Product::postgresql;
    const std::string deletion = postgresql ? "DELETE FROM \"public\".\"person\" t USING"
                                            : "DELETE t FROM `" + crm.scratch.name() + "`.`person` t JOIN";
    crm.replace("2-purge.sql", deletion, (postgresql ? "PERFORM pg_sleep(8);\n" : "DO SLEEP(8);\n") + deletion);
    support::CommandResult ended;
    std::thread purge{[&] { ended = crm.run("2-purge.sql"); }};
    std::this_thread::sleep_for(std::chrono::seconds{2});
    AdminConnection writer{crm.scratch.connection()};
    writer.run(postgresql ? "SET lock_timeout = '1s'" : "SET SESSION innodb_lock_wait_timeout = 1");
    for (const char* statement :
         {"INSERT INTO visit (id, person_id, made) VALUES (900, 'stale''11', CURRENT_TIMESTAMP)",
          "INSERT INTO deal (id, person_id, state) VALUES (901, 'stale''11', 'open')",
          "UPDATE person SET held = 1 WHERE id = 'stale''11'",
          "UPDATE deal SET state = 'open' WHERE person_id = 'stale''10'"}) {
        EXPECT_THROW(writer.run(statement), std::runtime_error) << statement;
    }
    purge.join();
    EXPECT_EQ(ended.code, 0) << ended.output;
    EXPECT_THAT(crm.persons(), Not(HasSubstr("stale'11 ")));
}

TEST_P(PurgeLocksOnServer, LetsNobodyShareAnAddressThatIsBeingDeleted) {
    const bool postgresql = GetParam() == Product::postgresql;
    // As in the CRMs that link addresses without a foreign key.
    crm.sql(std::string{"ALTER TABLE person_address DROP "} +
            (postgresql ? "CONSTRAINT person_address_address_id_fkey" : "FOREIGN KEY person_address_ibfk_2"));
    write_scripts({"--only", "stale_person"});
    const std::string deletion = postgresql ? "DELETE FROM \"public\".\"person\" t USING"
                                            : "DELETE t FROM `" + crm.scratch.name() + "`.`person` t JOIN";
    crm.replace("2-purge.sql", deletion, (postgresql ? "PERFORM pg_sleep(6);\n" : "DO SLEEP(6);\n") + deletion);
    support::CommandResult ended;
    std::thread purge{[&] { ended = crm.run("2-purge.sql"); }};
    std::this_thread::sleep_for(std::chrono::seconds{2});
    AdminConnection writer{crm.scratch.connection()};
    writer.run(postgresql ? "SET lock_timeout = '1s'" : "SET SESSION innodb_lock_wait_timeout = 1");
    EXPECT_THROW(writer.run("INSERT INTO person_address VALUES (902, 'active10', 2)"), std::runtime_error);
    purge.join();
    EXPECT_EQ(ended.code, 0) << ended.output;
    EXPECT_EQ(crm.cell("SELECT COUNT(*) FROM address WHERE id = 2"), "0");
    EXPECT_EQ(crm.cell("SELECT COUNT(*) FROM person_address WHERE id = 902"), "0");
}

INSTANTIATE_TEST_SUITE_P(Products, PurgeLocks, ::testing::ValuesIn(all_products),
                         [](const auto& parameter) { return to_string(parameter.param); });

INSTANTIATE_TEST_SUITE_P(Products, PurgeLocksOnServer, ::testing::Values(Product::postgresql, Product::mariadb),
                         [](const auto& parameter) { return to_string(parameter.param); });

}  // namespace
}  // namespace crmaudit::live
