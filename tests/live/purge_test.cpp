// Purge scripts with the databases' own clients: who goes, who stays, and that a guard which does not pass deletes
// nobody, whatever the client does with errors.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "tests/live/purge_fixture.h"

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

    EXPECT_EQ(crm.cell("SELECT deleted FROM crmaudit_deletion_log WHERE rule_id = 'stale_person'"), "25");
    EXPECT_EQ(crm.cell("SELECT expected - deleted - spared FROM crmaudit_deletion_log WHERE rule_id = 'stale_person'"),
              "5");

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

TEST_P(Purge, SparesWhoHasRowsThatOthersPointAt) {
    crm.sql(
        "CREATE TABLE visit_file (id INTEGER PRIMARY KEY, visit_id INTEGER, FOREIGN KEY (visit_id) REFERENCES visit "
        "(id))");
    crm.sql("INSERT INTO visit_file SELECT 1, MIN(id) FROM visit WHERE person_id = 'stale''12'");
    write_scripts();
    EXPECT_EQ(crm.run("2-purge.sql").code, 0);
    EXPECT_THAT(crm.persons(), HasSubstr("invoice14 stale'12 trash"));
    EXPECT_EQ(crm.cell("SELECT COUNT(*) FROM visit_file f JOIN visit v ON v.id = f.visit_id"), "1");
}

TEST_P(Purge, SparesWhoseObjectionWouldBeLost) {
    crm.sql("UPDATE person SET objected = 1 WHERE id = 'stale''11'");
    write_scripts();
    EXPECT_EQ(crm.run("2-purge.sql").code, 0);
    EXPECT_THAT(crm.persons(), HasSubstr("invoice14 stale'11 trash"));
    EXPECT_EQ(crm.run("3-verify.sql").code, 0);
    write_scripts({"--accept-lost-objections"});
    EXPECT_EQ(crm.run("2-purge.sql").code, 0);
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
    EXPECT_EQ(numbers, "15 15 5 0 5 0 0 5 30 30 0 5 0 0 0 25 ") << said;
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
    write_scripts();
    crm.sql("DELETE FROM person WHERE id LIKE 'hold%' OR id LIKE 'trash%'");
    expect_nobody_goes("of the table would go");
}

TEST_P(Purge, HasNoScriptForMoreOfATableThanMayGo) {
    const auto written = crm.purge({"--max-share", "40"});
    EXPECT_EQ(written.code, 3);
    EXPECT_THAT(written.err, HasSubstr("no script: 50 % of the table's rows would be deleted"));
    EXPECT_THAT(crm.text("2-purge.sql"), Not(HasSubstr("stale_person")));
}

TEST_P(Purge, DeletesNobodyAfterTheLastDay) {
    write_scripts();
    const std::string text = crm.text("2-purge.sql");
    const auto at = text.find(" <= '20") + 4;
    crm.replace("2-purge.sql", text.substr(at, 12), "'2020-01-01'");
    expect_nobody_goes("this script was valid until");
}

TEST_P(Purge, HasNothingToVerifyBeforeItRan) {
    write_scripts();
    const auto early = crm.run("3-verify.sql");
    EXPECT_NE(early.code, 0);
    EXPECT_THAT(early.output, HasSubstr("nothing to verify, 2-purge.sql has not come to"));
    EXPECT_EQ(crm.run("2-purge.sql").code, 0);
    EXPECT_EQ(crm.run("3-verify.sql").code, 0);
}

TEST_P(Purge, CanBeVerifiedAfterTheLastDay) {
    write_scripts();
    EXPECT_THAT(crm.text("1-dry-run.sql"), HasSubstr("this script was valid until"));
    EXPECT_THAT(crm.text("3-verify.sql"), Not(HasSubstr("this script was valid until")));
    EXPECT_THAT(crm.text("3-verify.sql"), HasSubstr("this is not the database"));
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

INSTANTIATE_TEST_SUITE_P(Products, Purge, ::testing::ValuesIn(all_products),
                         [](const auto& parameter) { return to_string(parameter.param); });

}  // namespace
}  // namespace crmaudit::live
