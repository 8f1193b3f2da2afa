// An archive holds what a purge deleted or changed, no more and no less, and its undo notes bring that back.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/live/purge_actions_fixture.h"

namespace crmaudit::live {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

/// The statements of the notes, as a file for the client.
void write_undo(PurgeCrm& crm) {
    const std::string notes = crm.text("UNDO.en.txt");
    std::string statements;
    for (std::size_t at = 0; at < notes.size();) {
        const auto end = std::min(notes.find('\n', at), notes.size());
        const std::string line = notes.substr(at, end - at);
        if (line.starts_with("INSERT ") || line.starts_with("UPDATE ")) statements += line + "\n";
        at = end + 1;
    }
    support::write_text(crm.script("undo.sql"), statements);
}

class PurgeArchive : public PurgeActions {};

TEST_P(PurgeArchive, BringsBackWhatWasDeletedOrChanged) {
    write_scripts("unnecessary_field,expired_log,erased_person_leftovers,bulk_mail_without_consent", {"--archive"});
    const std::string before = all_rows();
    const auto made = crm.run("1b-archive.sql");
    EXPECT_EQ(made.code, 0) << made.output;
    run_all();
    EXPECT_NE(all_rows(), before);
    write_undo(crm);
    const auto undone = crm.run("undo.sql");
    EXPECT_EQ(undone.code, 0) << undone.output;
    EXPECT_EQ(all_rows(), before);
}

TEST_P(PurgeArchive, LetsNothingGoWithoutItsTables) {
    write_scripts("expired_log,bulk_mail_without_consent", {"--archive"});
    const std::string before = all_rows();
    EXPECT_NE(crm.run("2-purge.sql").code, 0);
    EXPECT_EQ(all_rows(), before);
}

TEST_P(PurgeArchive, IsNotMadeUnlessAskedFor) {
    write_scripts("expired_log");
    EXPECT_FALSE(std::filesystem::exists(crm.script("1b-archive.sql")));
    EXPECT_THAT(crm.text("2-purge.sql"), Not(HasSubstr("crmaudit_archive_")));
    EXPECT_THAT(crm.text("UNDO.en.txt"), HasSubstr("Only a backup from before the purge holds what is gone"));
    EXPECT_THAT(crm.text("UNDO.de.txt"), HasSubstr("Sicherung von vor der Löschung"));
}

INSTANTIATE_TEST_SUITE_P(Products, PurgeArchive, ::testing::ValuesIn(all_products),
                         [](const auto& parameter) { return to_string(parameter.param); });

/// Persons with children by paths, shared addresses, cascades and rows that they point at.
class PurgePersonArchive : public ::testing::TestWithParam<Product> {
protected:
    PurgeCrm crm{GetParam()};
};

TEST_P(PurgePersonArchive, BringsBackPersonsBeforeTheirChildren) {
    crm.sql(
        "CREATE TABLE card (id INTEGER PRIMARY KEY, person_id VARCHAR(36), FOREIGN KEY (person_id) REFERENCES person "
        "(id) ON DELETE CASCADE)");
    crm.sql(
        "CREATE TABLE swipe (id INTEGER PRIMARY KEY, card_id INTEGER, FOREIGN KEY (card_id) REFERENCES card (id) ON "
        "DELETE CASCADE)");
    crm.sql("INSERT INTO card VALUES (1, 'stale''11'), (2, 'active10')");
    crm.sql("INSERT INTO swipe VALUES (1, 1), (2, 1), (3, 2)");
    const auto everything = [&] {
        return crm.rows(
                   "SELECT * FROM person ORDER BY id; SELECT * FROM visit ORDER BY id; SELECT * FROM address ORDER "
                   "BY id; SELECT * FROM person_address ORDER BY id; SELECT * FROM card ORDER BY id; SELECT * FROM "
                   "swipe ORDER BY id") +
               crm.others();
    };
    const auto written = crm.purge({"--archive", "--batch", "10"});
    EXPECT_EQ(written.code, 0) << written.err;
    const std::string before = everything();
    const auto made = crm.run("1b-archive.sql");
    EXPECT_EQ(made.code, 0) << made.output;
    const auto purged = crm.run("2-purge.sql");
    EXPECT_EQ(purged.code, 0) << purged.output;
    EXPECT_EQ(crm.cell("SELECT COUNT(*) FROM swipe"), "1");
    EXPECT_THAT(crm.persons(), Not(HasSubstr("stale")));
    write_undo(crm);
    const auto undone = crm.run("undo.sql");
    EXPECT_EQ(undone.code, 0) << undone.output;
    EXPECT_EQ(everything(), before);
}

INSTANTIATE_TEST_SUITE_P(Products, PurgePersonArchive, ::testing::ValuesIn(all_products),
                         [](const auto& parameter) { return to_string(parameter.param); });

}  // namespace
}  // namespace crmaudit::live
