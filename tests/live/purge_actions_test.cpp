// Purge scripts that do other things than deleting persons, with the databases' own clients: rows that are nobody go,
// columns are emptied, persons are marked, and nothing else changes.
#include "tests/live/purge_actions_fixture.h"

namespace crmaudit::live {
namespace {

using ::testing::ContainsRegex;
using ::testing::HasSubstr;

TEST_P(PurgeActions, EmptyColumnsThatNobodyNeeds) {
    crm.rules = "unnecessary_field";
    EXPECT_EQ(crm.found("unnecessary_field"), "found 20 20 20 20");
    write_scripts("unnecessary_field");
    const std::string others = rows_but({"person"});
    const std::string kept =
        crm.rows("SELECT id, name, held, gone, remark, agreed, no_mail, mailed, changed FROM person ORDER BY id");
    const std::string spared = crm.rows("SELECT * FROM person WHERE id < 'p''14' ORDER BY id");
    const std::string said = run_all();
    EXPECT_EQ(rows_but({"person"}), others);
    EXPECT_EQ(crm.rows("SELECT id, name, held, gone, remark, agreed, no_mail, mailed, changed FROM person ORDER BY id"),
              kept);
    EXPECT_EQ(crm.rows("SELECT * FROM person WHERE id < 'p''14' ORDER BY id"), spared);
    EXPECT_EQ(crm.cell("SELECT COUNT(*) FROM person WHERE birthdate IS NULL"), "16");
    EXPECT_EQ(crm.cell("SELECT COUNT(*) FROM person WHERE marital_status = ''"), "16");
    EXPECT_EQ(crm.cell("SELECT COUNT(*) FROM person WHERE income = 0"), "16");
    EXPECT_EQ(crm.cell("SELECT passport_number FROM person WHERE id = 'p''14'"), "crmaudit-erased-p'14");
    EXPECT_EQ(number(said, ".birthdate: rows found now"), "20") << said;
    EXPECT_EQ(number(said, ".birthdate: spared, under a legal hold"), "2");
    EXPECT_EQ(number(said, ".birthdate: rows whose columns were emptied"), "16");
    EXPECT_EQ(number(said,
                     ".passport_number: rows that were emptied and hold something all the same (0 is right, "
                     "unless others share them)"),
              "0");
    EXPECT_EQ(crm.found("unnecessary_field"), "found 4 4 4 4");
    EXPECT_EQ(crm.cell("SELECT COUNT(*) FROM crmaudit_deletion_log WHERE action = 'minimise' AND deleted = 16 AND "
                       "expected = 20 AND changed LIKE '%person.%' AND seconds >= 0 AND tool_version <> ''"),
              "4");
}

TEST_P(PurgeActions, DeleteExpiredRowsOfLogs) {
    crm.rules = "expired_log";
    EXPECT_EQ(crm.found("expired_log"), "found 13");
    write_scripts("expired_log");
    const std::string others = rows_but({"visit_log"});
    const std::string said = run_all();
    EXPECT_EQ(number(said, "rows deleted"), "13") << said;
    EXPECT_EQ(crm.cell("SELECT COUNT(*) FROM visit_log"), "7");
    EXPECT_EQ(rows_but({"visit_log"}), others);
    EXPECT_EQ(crm.found("expired_log"), "clean");
}

TEST_P(PurgeActions, DeleteRowsWhosePersonIsGone) {
    crm.rules = "orphaned_personal_rows";
    EXPECT_EQ(crm.found("orphaned_personal_rows"), "found 10");
    write_scripts("orphaned_personal_rows");
    const std::string others = rows_but({"letter"});
    // Somebody turns up before the purge runs.
    crm.sql("UPDATE letter_person SET person_id = 'p''15' WHERE id = 29");
    const std::string said = run_all();
    EXPECT_EQ(number(said, "rows deleted"), "8") << said;
    EXPECT_EQ(crm.rows("SELECT id FROM letter WHERE id >= 20 ORDER BY id"), "20\n29\n");
    crm.sql("UPDATE letter_person SET person_id = 'nobody' WHERE id = 29");
    EXPECT_EQ(rows_but({"letter"}), others);
    EXPECT_THAT(said, ContainsRegex("rows of [^\n]*letter_person that point at [^\n]*deleted[ |\t]8\n"));
    EXPECT_EQ(crm.found("orphaned_personal_rows"), "found 2");
}

TEST_P(PurgeActions, EmptyDetailsOfOpensThatThePolicyNames) {
    crm.rules = "tracking_detail_kept";
    EXPECT_EQ(crm.found("tracking_detail_kept"), "found 20 20 20");
    write_scripts("tracking_detail_kept");
    const std::string others = rows_but({"opening"});
    const std::string kept = crm.rows("SELECT id, made, held FROM opening ORDER BY id");
    const std::string said = run_all();
    EXPECT_EQ(crm.cell("SELECT COUNT(*) FROM opening WHERE ip IS NULL AND agent = ''"), "18");
    EXPECT_EQ(crm.rows("SELECT id, made, held FROM opening ORDER BY id"), kept);
    EXPECT_EQ(rows_but({"opening"}), others);
    EXPECT_THAT(said, HasSubstr("the policy does not say that this detail is to be emptied"));
    EXPECT_EQ(crm.found("tracking_detail_kept"), "found 20 2 2");
}

TEST_P(PurgeActions, EmptyWhatAnErasureHasLeft) {
    crm.rules = "erased_person_leftovers";
    EXPECT_EQ(crm.found("erased_person_leftovers"), "found 6");
    write_scripts("erased_person_leftovers");
    const std::string others = rows_but({"person", "note"});
    const std::string living = crm.rows("SELECT * FROM person WHERE gone = 0 ORDER BY id") +
                               crm.rows("SELECT * FROM note WHERE id < 20 OR id > 25 ORDER BY id");
    run_all();
    EXPECT_EQ(rows_but({"person", "note"}), others);
    EXPECT_EQ(crm.rows("SELECT * FROM person WHERE gone = 0 ORDER BY id") +
                  crm.rows("SELECT * FROM note WHERE id < 20 OR id > 25 ORDER BY id"),
              living);
    EXPECT_EQ(crm.cell("SELECT COUNT(*) FROM person WHERE gone = 1 AND remark IS NOT NULL"), "0");
    EXPECT_EQ(crm.cell("SELECT COUNT(*) FROM note WHERE body IS NULL"), "6");
    EXPECT_EQ(crm.found("erased_person_leftovers"), "clean");
}

TEST_P(PurgeActions, MarkWhomNoMailMayReach) {
    crm.rules = "bulk_mail_without_consent";
    EXPECT_EQ(crm.found("bulk_mail_without_consent"), "found 14");
    write_scripts("bulk_mail_without_consent");
    const std::string others = rows_but({"person", "address"});
    // p14 agrees before the purge runs.
    crm.sql("UPDATE person SET agreed = 1 WHERE id = 'p''14'");
    const std::string said = run_all();
    EXPECT_EQ(rows_but({"person", "address"}), others);
    EXPECT_EQ(number(said, "rows marked as not to be used"), "13") << said;
    EXPECT_EQ(crm.cell("SELECT COUNT(*) FROM person WHERE no_mail = 1"), "13");
    EXPECT_EQ(crm.rows("SELECT id FROM address WHERE opt_out = 0 ORDER BY id"), "10\n11\n12\n13\n14\n26\n27\n");
    // What was sent stays sent; there is nothing left to mark.
    EXPECT_EQ(crm.found("bulk_mail_without_consent"), "found 13");
    write_scripts("bulk_mail_without_consent");
    EXPECT_EQ(number(crm.run("1-dry-run.sql").output, "marked as not to be used, if nothing happens before"), "0");
}

TEST_P(PurgeActions, ChangeNothingWhenAColumnHasChanged) {
    write_scripts("unnecessary_field,bulk_mail_without_consent");
    crm.sql("ALTER TABLE person ADD COLUMN vip INTEGER");
    expect_nothing_happens("the columns of");
}

TEST_P(PurgeActions, ChangeNothingWhenATriggerWouldFire) {
    write_scripts("unnecessary_field");
    switch (GetParam()) {
        case Product::sqlite: crm.sql("CREATE TRIGGER gone AFTER UPDATE ON person BEGIN DELETE FROM note; END"); break;
        case Product::postgresql:
            crm.sql(
                "CREATE FUNCTION gone() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN DELETE FROM note; RETURN NULL; "
                "END'");
            crm.sql("CREATE TRIGGER gone AFTER UPDATE ON person FOR EACH ROW EXECUTE FUNCTION gone()");
            break;
        case Product::mariadb:
            crm.sql("CREATE TRIGGER gone AFTER UPDATE ON person FOR EACH ROW DELETE FROM note");
            break;
    }
    expect_nothing_happens("a trigger fires");
}

TEST_P(PurgeActions, ChangeNothingAfterTheLastDay) {
    write_scripts("bulk_mail_without_consent,expired_log");
    const std::string text = crm.text("2-purge.sql");
    const auto at = text.find(" <= '20") + 4;
    crm.replace("2-purge.sql", text.substr(at, 12), "'2020-01-01'");
    expect_nothing_happens("this script was valid until");
}

TEST_P(PurgeActions, ChangeNothingInAColumnThatIsWorkedOut) {
    if (GetParam() == Product::sqlite) {
        crm.sql("ALTER TABLE person ADD COLUMN age INTEGER GENERATED ALWAYS AS (income / 1000) VIRTUAL");
    } else {
        crm.sql("ALTER TABLE person ADD COLUMN age INTEGER GENERATED ALWAYS AS (income / 1000) STORED");
    }
    write_scripts("unnecessary_field");
    expect_nothing_happens("by itself, so that it cannot be set");
}

TEST_P(PurgeActions, ChangeNothingInPartWhenARuleForbidsIt) {
    crm.sql("ALTER TABLE note ADD COLUMN checked INTEGER CHECK (checked > 0)");
    write_scripts("erased_person_leftovers");
    const std::string before = all_rows();
    // A rule that allows no empty note, which no audit sees.
    const std::string rule = "CHECK (body IS NOT NULL)";
    if (GetParam() == Product::sqlite) {
        crm.sql("CREATE TABLE note2 (id INTEGER PRIMARY KEY, person_id VARCHAR(36), body VARCHAR(80) " + rule +
                ", checked INTEGER CHECK (checked > 0))");
        crm.sql("INSERT INTO note2 SELECT * FROM note");
        crm.sql("DROP TABLE note");
        crm.sql("ALTER TABLE note2 RENAME TO note");
    } else {
        crm.sql("ALTER TABLE note ADD CONSTRAINT something " + rule);
    }
    const auto ended = crm.run("2-purge.sql");
    EXPECT_NE(ended.code, 0) << ended.output;
    EXPECT_EQ(all_rows(), before);
}

TEST_P(PurgeActions, MarkNobodyInPartWhenTheyAreKilled) {
    write_scripts("bulk_mail_without_consent");
    kill_purge_before(crm, change_of(crm, "address"), "(SELECT COUNT(*) FROM address WHERE opt_out = 1) >= 4");
    EXPECT_TRUE(eventually([&] { return crm.cell("SELECT COUNT(*) FROM person WHERE no_mail = 1") == "4"; }));
    EXPECT_EQ(crm.cell("SELECT COUNT(*) FROM address WHERE opt_out = 1"), "4");
    const auto again = crm.run("2-purge.sql");
    EXPECT_EQ(again.code, 0) << again.output;
    EXPECT_EQ(crm.cell("SELECT COUNT(*) FROM person WHERE no_mail = 1"), "14");
    EXPECT_EQ(crm.cell("SELECT COUNT(*) FROM address WHERE opt_out = 1"), "14");
}

TEST_P(PurgeActions, RefuseWhatNobodyCanTellTheHoldsOf) {
    crm.sql("CREATE TABLE card (id INTEGER PRIMARY KEY, person_id VARCHAR(36), birthdate DATE)");
    crm.sql("INSERT INTO card VALUES (1, 'p''14', '1980-02-03')");
    crm.rules = "unnecessary_field,public_grant,unknown_source";
    const auto written = crm.purge({"--max-share", "80"});
    EXPECT_EQ(written.code, 3);
    EXPECT_THAT(written.err, HasSubstr("does not say to whom rows of"));
    EXPECT_EQ(crm.run("2-purge.sql").code, 0);
    EXPECT_EQ(crm.cell("SELECT COUNT(*) FROM card WHERE birthdate IS NOT NULL"), "1");
    EXPECT_THAT(crm.text("README.en.txt"), HasSubstr("does not say to whom rows of"));
}

/// The SHA-256 of the file without it.
TEST_P(PurgeActions, LogTheChecksumOfTheScript) {
    write_scripts("expired_log");
    EXPECT_EQ(crm.run("2-purge.sql").code, 0);
    const std::string checksum = crm.cell("SELECT checksum FROM crmaudit_deletion_log");
    EXPECT_EQ(checksum.size(), 64U);
    const auto again = support::run("sed s/" + checksum + "// " + support::quoted(crm.script("2-purge.sql").string()) +
                                    " | sha256sum");
    EXPECT_EQ(again.output.substr(0, 64), checksum);
}

INSTANTIATE_TEST_SUITE_P(Products, PurgeActions, ::testing::ValuesIn(all_products),
                         [](const auto& parameter) { return to_string(parameter.param); });

}  // namespace
}  // namespace crmaudit::live
