// Purge scripts with the databases' own clients: who goes, who stays, and that a guard which does not pass deletes
// nobody, whatever the client does with errors.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <thread>

#include "tests/support/purge_crm.h"

namespace crmaudit::live {
namespace {

using ::testing::ContainsRegex;
using ::testing::HasSubstr;
using ::testing::Not;

std::string without(const std::string& text, const std::string& start) {
    std::string rest;
    for (std::size_t at = 0; at < text.size();) {
        const auto end = std::min(text.find(' ', at), text.size() - 1);
        const std::string word = text.substr(at, end + 1 - at);
        if (!word.starts_with(start)) rest += word;
        at = end + 1;
    }
    return rest;
}

/// Every way in which a client may be given a file.
std::vector<Way> ways(Product product) {
    switch (product) {
        case Product::sqlite: return {Way::piped, Way::sourced};
        case Product::postgresql: return {Way::piped, Way::file, Way::sourced, Way::one_transaction};
        default: return {Way::piped, Way::sourced, Way::forced};
    }
}

class Purge : public ::testing::TestWithParam<Product> {
protected:
    PurgeCrm crm{GetParam()};

    void write_scripts(const std::vector<std::string>& more = {}) {
        const auto written = crm.purge(more);
        EXPECT_EQ(written.code, 0) << written.err;
    }

    /// Takes out what makes the client stop at the first error.
    void go_on_after_errors() {
        if (GetParam() == Product::sqlite) crm.replace("2-purge.sql", ".bail on", "");
        if (GetParam() == Product::postgresql) crm.replace("2-purge.sql", "\\set ON_ERROR_STOP on", "");
    }

    /// Batches commit, so a script cannot run within somebody else's transaction.
    static std::string said(const std::string& why, Way way) {
        return way == Way::one_transaction ? "invalid transaction termination" : why;
    }

    void expect_nobody_goes(const std::string& why) {
        const std::string before = crm.persons();
        const std::string others = crm.others() + crm.children();
        for (const bool goes_on : {false, true}) {
            if (goes_on) go_on_after_errors();
            for (const Way way : ways(GetParam())) {
                const auto ended = crm.run("2-purge.sql", way);
                EXPECT_THAT(ended.output, HasSubstr(said(why, way))) << static_cast<int>(way);
                if (!goes_on && way == Way::piped) {
                    EXPECT_NE(ended.code, 0) << ended.output;
                }
                EXPECT_EQ(crm.persons(), before) << static_cast<int>(way) << " " << goes_on;
                EXPECT_EQ(crm.others() + crm.children(), others);
            }
        }
    }
};

TEST_P(Purge, DeletesWhoIsDueAndNobodyElse) {
    EXPECT_EQ(crm.found("stale_person"), "found 30");  // retention duties are told apart, not left out
    EXPECT_EQ(crm.found("soft_deleted_not_erased"), "found 15");
    write_scripts({"--batch", "10"});
    const std::string before = crm.persons();
    const std::string others = crm.others();

    const auto dry = crm.run("1-dry-run.sql");
    EXPECT_EQ(dry.code, 0) << dry.output;
    for (const char* line : {"stale_person, person: persons in the report", "stale_person, person: persons found now",
                             "spared, documents must be kept by law", "spared, under a legal hold"}) {
        EXPECT_THAT(dry.output, HasSubstr(line));
    }
    EXPECT_EQ(crm.persons(), before);

    const auto ended = crm.run("2-purge.sql");
    EXPECT_EQ(ended.code, 0) << ended.output;
    std::string left = without(without(before, "stale"), "trash1");
    EXPECT_EQ(crm.persons(), left) << ended.output;
    EXPECT_EQ(crm.others(), others);

    const auto verified = crm.run("3-verify.sql");
    EXPECT_EQ(verified.code, 0) << verified.output;
    EXPECT_EQ(crm.found("stale_person"), "found 5");              // invoices
    EXPECT_EQ(crm.found("soft_deleted_not_erased"), "found 10");  // holds and open deals
}

TEST_P(Purge, TakesAlongWhatBelongsToThePersonAlone) {
    write_scripts({"--batch", "10"});
    EXPECT_EQ(crm.run("2-purge.sql").code, 0);
    std::string visits;
    for (int i = 10; i < 15; ++i) {
        for (int each = 0; each < 2; ++each) visits += "active" + std::to_string(i) + "\n";
    }
    std::string left = crm.children();
    for (const char separator : {'|', '\t'}) std::replace(left.begin(), left.end(), separator, ' ');
    EXPECT_EQ(left, visits + "active10 1\ndeal11 4\n1\n4\n");
    const std::string verified = crm.run("3-verify.sql").output;
    EXPECT_THAT(verified, ContainsRegex("visit that point at persons who were deleted[ |\t]0\n"));
    EXPECT_THAT(verified, ContainsRegex("deal that point at persons who were deleted[ |\t]5\n"));
}

TEST_P(Purge, SparesWhomAForeignKeyHoldsOnTo) {
    crm.sql(
        "CREATE TABLE proof (id INTEGER PRIMARY KEY, person_id VARCHAR(36), FOREIGN KEY (person_id) REFERENCES person "
        "(id))");
    crm.sql("INSERT INTO proof VALUES (1, 'stale''11')");
    write_scripts();
    EXPECT_THAT(crm.run("1-dry-run.sql").output,
                ContainsRegex("stale_person, person: spared, rows point at them[^\n]*[ |\t]1\n"));
    crm.sql("INSERT INTO proof VALUES (2, 'stale''12')");
    const auto ended = crm.run("2-purge.sql");
    EXPECT_EQ(ended.code, 0) << ended.output;
    EXPECT_THAT(crm.persons(), HasSubstr("invoice14 stale'11 stale'12 trash"));
    EXPECT_EQ(crm.cell("SELECT COUNT(*) FROM proof"), "2");
}

TEST_P(Purge, AnnouncesWhatTheDatabaseDeletesAlong) {
    crm.sql(
        "CREATE TABLE card (id INTEGER PRIMARY KEY, person_id VARCHAR(36), FOREIGN KEY (person_id) REFERENCES person "
        "(id) "
        "ON DELETE CASCADE)");
    crm.sql(
        "CREATE TABLE swipe (id INTEGER PRIMARY KEY, card_id INTEGER, FOREIGN KEY (card_id) REFERENCES card (id) "
        "ON DELETE CASCADE)");
    crm.sql("INSERT INTO card VALUES (1, 'stale''11'), (2, 'active10')");
    crm.sql("INSERT INTO swipe VALUES (1, 1), (2, 1), (3, 2)");
    write_scripts();
    const std::string dry = crm.run("1-dry-run.sql").output;
    EXPECT_THAT(dry, ContainsRegex("card that the database deletes along with them[ |\t]1\n"));
    EXPECT_THAT(dry, ContainsRegex("swipe that the database deletes along with them[ |\t]2\n"));
    EXPECT_EQ(crm.run("2-purge.sql").code, 0);
    EXPECT_EQ(crm.cell("SELECT COUNT(*) FROM card"), "1");
    EXPECT_EQ(crm.cell("SELECT COUNT(*) FROM swipe"), "1");
}

TEST_P(Purge, SparesPersonsWhoWouldTakeOthersAlong) {
    crm.sql("ALTER TABLE person ADD COLUMN chief VARCHAR(36) REFERENCES person (id) ON DELETE CASCADE");
    crm.sql("UPDATE person SET chief = 'stale''11' WHERE id IN ('active10', 'stale''12')");
    write_scripts();
    const auto ended = crm.run("2-purge.sql");
    EXPECT_EQ(ended.code, 0) << ended.output;
    EXPECT_THAT(crm.persons(), HasSubstr("active10 "));
    EXPECT_THAT(crm.persons(), HasSubstr("stale'11 "));
    EXPECT_THAT(crm.persons(), Not(HasSubstr("stale'12 ")));
}

TEST_P(Purge, WritesNoScriptWhenRowsPointAtWhatWouldGo) {
    crm.sql(
        "CREATE TABLE visit_file (id INTEGER PRIMARY KEY, visit_id INTEGER, FOREIGN KEY (visit_id) REFERENCES visit "
        "(id))");
    const auto refused = crm.purge();
    EXPECT_EQ(refused.code, 3);
    EXPECT_THAT(refused.err, HasSubstr("visit_file point at rows that would go"));
    EXPECT_FALSE(std::filesystem::exists(crm.script("2-purge.sql")));
    EXPECT_THAT(crm.text("README.de.txt"), HasSubstr("visit_file verweisen auf Zeilen"));
}

TEST_P(Purge, LeavesNobodyHalfDoneWhenItIsKilled) {
    write_scripts({"--batch", "10", "--only", "stale_person"});
    const std::string whole = crm.text("2-purge.sql");
    // Between children and parents of the second batch; SQLite has nothing to wait with but work.
    std::string deletion = "DELETE FROM \"person\" WHERE";
    std::string wait =
        "SELECT (WITH RECURSIVE c(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM c WHERE x < CASE WHEN (SELECT "
        "COUNT(*) FROM person) < 60 THEN 1000000000 ELSE 2 END) SELECT COUNT(*) FROM c);\n";
    const std::string second = "CASE WHEN (SELECT COUNT(*) FROM person) < 60 THEN 60 ELSE 0 END";
    if (GetParam() == Product::postgresql) {
        deletion = "DELETE FROM \"public\".\"person\" t USING";
        wait = "PERFORM pg_sleep(" + second + ");\n";
    } else if (GetParam() == Product::mariadb) {
        deletion = "DELETE t FROM `" + crm.scratch.name() + "`.`person` t JOIN";
        wait = "DO SLEEP(" + second + ");\n";
    }
    crm.replace("2-purge.sql", deletion, wait + deletion);
    support::run("timeout -s KILL 4 sh -c " +
                 support::quoted("exec " + crm.command(crm.script("2-purge.sql"), Way::piped)) +
                 " >/dev/null 2>&1; true");
    // A server does not notice at once that its client is gone.
    if (GetParam() == Product::postgresql) {
        crm.cell(
            "SELECT COUNT(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE datname = current_database() AND "
            "query "
            "LIKE 'DO%'");
    } else if (GetParam() == Product::mariadb) {
        const std::string id = crm.cell(
            "SELECT id FROM information_schema.processlist WHERE db = DATABASE() AND id <> "
            "CONNECTION_ID() AND command <> 'Sleep' LIMIT 1");
        ASSERT_NE(id, "");
        crm.sql("KILL " + id);
    }
    const auto visits = [&] { return crm.cell("SELECT COUNT(*) FROM visit WHERE person_id LIKE 'stale%'"); };
    EXPECT_TRUE(eventually([&] {
        return visits() == crm.cell(
                               "SELECT COUNT(*) FROM person WHERE id LIKE 'stale%' AND (id LIKE '%0' OR id LIKE '%2' "
                               "OR id LIKE '%4' OR id LIKE '%6' OR id LIKE '%8')");
    })) << visits();
    EXPECT_EQ(crm.cell("SELECT COUNT(*) FROM person WHERE id LIKE 'stale%'"), "15");
    support::write_text(crm.script("2-purge.sql"), whole);
    const auto again = crm.run("2-purge.sql");
    EXPECT_EQ(again.code, 0) << again.output;
    EXPECT_EQ(visits(), "0");
    EXPECT_THAT(crm.persons(), Not(HasSubstr("stale")));
}

TEST_P(Purge, ShowsTheNumbersOfTheReportInTheDryRun) {
    write_scripts();
    const std::string said = crm.run("1-dry-run.sql").output;
    std::string numbers;
    for (std::size_t at = 0; at < said.size();) {
        const auto end = said.find('\n', at);
        const std::string line = said.substr(at, end - at);
        if (line.find("person: ") != std::string::npos) numbers += line.substr(line.find_last_of(" |\t") + 1) + " ";
        at = end + 1;
    }
    EXPECT_EQ(numbers, "15 15 5 0 5 0 5 30 30 0 5 0 0 25 ") << said;
}

TEST_P(Purge, SparesWhoShowsASignOfLifeAfterTheAudit) {
    write_scripts({"--batch", "10"});
    crm.sql("INSERT INTO visit (id, person_id, made) VALUES (900, 'stale''11', CURRENT_TIMESTAMP)");
    crm.sql("INSERT INTO visit (id, person_id, made) VALUES (901, 'stale''12', '2999-01-01 00:00:00')");
    crm.sql("UPDATE person SET modified = CURRENT_TIMESTAMP WHERE id = 'stale''13'");
    crm.sql("UPDATE person SET held = 1 WHERE id = 'stale''14'");
    crm.sql("INSERT INTO deal (id, person_id, state) VALUES (902, 'stale''15', 'open')");
    crm.sql("INSERT INTO invoice (id, person_id, total) VALUES (903, 'stale''16', 1)");
    const auto ended = crm.run("2-purge.sql");
    EXPECT_EQ(ended.code, 0) << ended.output;
    EXPECT_THAT(crm.persons(),
                ::testing::EndsWith("stale'11 stale'12 stale'13 stale'14 stale'15 stale'16 trashdeal10 trashdeal11 "
                                    "trashdeal12 trashdeal13 trashdeal14 trashhold10 trashhold11 trashhold12 "
                                    "trashhold13 trashhold14 "));
}

TEST_P(Purge, RunsAgainWithoutHarm) {
    write_scripts({"--batch", "10"});
    crm.run("2-purge.sql");
    const std::string left = crm.persons();
    const auto again = crm.run("2-purge.sql");
    EXPECT_EQ(again.code, 0) << again.output;
    EXPECT_EQ(crm.persons(), left);
    EXPECT_EQ(crm.run("3-verify.sql").code, 0);
    EXPECT_EQ(crm.run("2-purge.sql").code, 0);
    EXPECT_EQ(crm.persons(), left);
}

TEST_P(Purge, DeletesNobodyWhenTheColumnsHaveChanged) {
    write_scripts();
    crm.sql("ALTER TABLE person ADD COLUMN vip INTEGER");
    expect_nobody_goes("the columns of");
}

TEST_P(Purge, DeletesNobodyWhenATableThatDecidesHasChanged) {
    write_scripts();
    crm.sql("DROP TABLE deal");
    crm.sql("CREATE TABLE deal (id INTEGER PRIMARY KEY, person_id INTEGER)");
    expect_nobody_goes("");
}

TEST_P(Purge, DeletesNobodyWhenANewTableWouldBeDeletedFromToo) {
    write_scripts();
    crm.sql(
        "CREATE TABLE ledger (id INTEGER PRIMARY KEY, person_id VARCHAR(36), "
        "FOREIGN KEY (person_id) REFERENCES person (id) ON DELETE CASCADE)");
    crm.sql("INSERT INTO ledger VALUES (1, 'stale''10')");
    expect_nobody_goes("other foreign keys");
    EXPECT_EQ(crm.cell("SELECT COUNT(*) FROM ledger"), "1");
}

TEST_P(Purge, DeletesNobodyWhenMoreAreFoundThanWereAudited) {
    write_scripts();
    for (int i = 0; i < 3; ++i) {
        crm.sql("INSERT INTO person (id, name, created, deleted, held) VALUES ('more" + std::to_string(i) +
                "', 'x', '2010-01-01 00:00:00', 0, 0)");
    }
    expect_nobody_goes("more persons are found");
}

TEST_P(Purge, DeletesNobodyWhenTooMuchOfTheTableWouldGo) {
    write_scripts({"--max-share", "40"});
    expect_nobody_goes("of the table would go");
}

TEST_P(Purge, DeletesNobodyAfterTheLastDay) {
    write_scripts();
    const std::string text = crm.text("2-purge.sql");
    const auto at = text.find(" <= '20") + 4;
    crm.replace("2-purge.sql", text.substr(at, 12), "'2020-01-01'");
    expect_nobody_goes("this script was valid until");
}

TEST_P(Purge, DeletesNobodyInAnotherDatabase) {
    PurgeCrm other{GetParam()};
    if (GetParam() == Product::sqlite) {
        write_scripts();
        crm.replace("2-purge.sql", "crm.sqlite", "other.sqlite");
        expect_nobody_goes("this is not the database");
        return;
    }
    write_scripts();
    const std::string before = other.persons();
    for (const bool goes_on : {false, true}) {
        if (goes_on) go_on_after_errors();
        for (const Way way : ways(GetParam())) {
            const auto ended =
                support::run(crm.command(crm.script("2-purge.sql"), way, other.scratch.name()) + " 2>&1");
            EXPECT_THAT(ended.output, HasSubstr(said("this is not the database", way)));
            EXPECT_EQ(other.persons(), before);
        }
    }
}

TEST_P(Purge, DeletesNobodyWhenATriggerWouldFire) {
    write_scripts();
    switch (GetParam()) {
        case Product::sqlite: crm.sql("CREATE TRIGGER gone AFTER DELETE ON person BEGIN DELETE FROM note; END"); break;
        case Product::postgresql:
            crm.sql(
                "CREATE FUNCTION gone() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN DELETE FROM note; RETURN NULL; "
                "END'");
            crm.sql("CREATE TRIGGER gone AFTER DELETE ON person FOR EACH ROW EXECUTE FUNCTION gone()");
            break;
        case Product::mariadb:
            crm.sql("CREATE TRIGGER gone AFTER DELETE ON person FOR EACH ROW DELETE FROM note");
            break;
    }
    expect_nobody_goes("a trigger fires");
}

TEST_P(Purge, RefusesAnEditedResult) {
    const std::string result = crm.audit();
    const std::string text = support::read_text(result);
    const auto at = text.find("affected=\"30\"");
    ASSERT_NE(at, std::string::npos);
    std::string edited = text;
    edited.replace(at, 13, "affected=\"99\"");
    support::write_text(result, edited);
    const auto refused = crm.purge(result, {});
    EXPECT_EQ(refused.code, 78);
    EXPECT_THAT(refused.err, HasSubstr("damaged or edited"));
    EXPECT_FALSE(std::filesystem::exists(crm.script("2-purge.sql")));
}

TEST_P(Purge, WaitsForWhoIsWritingAndSparesThePerson) {
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
class PurgeOnServer : public Purge {};

TEST_P(PurgeOnServer, LetsNobodyAddAReasonToStayAfterItHasLooked) {
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

INSTANTIATE_TEST_SUITE_P(Products, Purge, ::testing::ValuesIn(all_products),
                         [](const auto& parameter) { return to_string(parameter.param); });

INSTANTIATE_TEST_SUITE_P(Products, PurgeOnServer, ::testing::Values(Product::postgresql, Product::mariadb),
                         [](const auto& parameter) { return to_string(parameter.param); });

}  // namespace
}  // namespace crmaudit::live
