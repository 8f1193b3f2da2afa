// A purge that is asked to stop while it runs, and goes on later.
#include <chrono>
#include <regex>
#include <thread>

#include "tests/live/purge_fixture.h"

namespace crmaudit::live {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

class PurgeStop : public Purge {
protected:
    /// The table that the heading of the script names.
    std::string stop_table() {
        const std::string text = crm.text("2-purge.sql");
        std::smatch found;
        EXPECT_TRUE(std::regex_search(text, found, std::regex{"crmaudit_stop_[0-9a-f]{12}"}));
        return found.str();
    }
    std::string stale() { return crm.cell("SELECT COUNT(*) FROM person WHERE id LIKE 'stale%'"); }
};

TEST_P(PurgeStop, EndsAfterTheBatchUnderWayAndGoesOnLater) {
    write_scripts({"--batch", "5", "--only", "stale_person"});
    const std::string table = stop_table();
    const std::string whole = crm.text("2-purge.sql");
    // The second batch makes the table, as another session would while it runs.
    const std::string made = "IF (SELECT COUNT(*) FROM person WHERE id LIKE 'stale%') = 15 THEN CREATE TABLE " + table +
                             " (x INTEGER); END IF;\n";
    if (GetParam() == Product::sqlite) {
        const std::string text = crm.text("2-purge.sql");
        const std::string third = " VALUES (3);\n";
        const auto end = text.find(third);
        ASSERT_NE(end, std::string::npos);
        const auto start = text.rfind('\n', end) + 1;
        const std::string line = text.substr(start, end + third.size() - start);
        crm.replace("2-purge.sql", line, "CREATE TABLE " + table + " (x INTEGER);\n" + line);
    } else if (GetParam() == Product::postgresql) {
        crm.replace("2-purge.sql", "COMMIT;\n    PERFORM pg_sleep(0", made + "COMMIT;\n    PERFORM pg_sleep(0");
    } else {
        crm.replace("2-purge.sql", "DO SLEEP(0 / 1000);\n", made + "DO SLEEP(0 / 1000);\n");
    }
    const auto stopped = crm.run("2-purge.sql");
    EXPECT_EQ(stopped.code, 0) << stopped.output;
    EXPECT_EQ(stale(), "15");
    EXPECT_EQ(crm.cell("SELECT not_reached FROM crmaudit_deletion_log"), "15");
    const auto refused = crm.run("2-purge.sql");
    EXPECT_NE(refused.code, 0);
    EXPECT_THAT(refused.output, HasSubstr("asks the run to stop"));
    EXPECT_EQ(stale(), "15");
    crm.sql("DROP TABLE " + table);
    support::write_text(crm.script("2-purge.sql"), whole);
    const auto again = crm.run("2-purge.sql");
    EXPECT_EQ(again.code, 0) << again.output;
    EXPECT_EQ(stale(), "0");
}

TEST_P(PurgeStop, IsForgottenByTheVerification) {
    write_scripts({"--only", "stale_person"});
    EXPECT_EQ(crm.run("2-purge.sql").code, 0);
    const std::string table = stop_table();
    crm.sql("CREATE TABLE " + table + " (x INTEGER)");
    const auto verified = crm.run("3-verify.sql");
    EXPECT_EQ(verified.code, 0) << verified.output;
    EXPECT_ANY_THROW(crm.sql("SELECT * FROM " + table));
}

TEST_P(PurgeStop, IsSeenWhileTheRunWaits) {
    if (GetParam() == Product::sqlite) {
        const auto refused = crm.purge({"--pause", "1000"});
        EXPECT_EQ(refused.code, 64);
        EXPECT_THAT(refused.err, HasSubstr("no way to wait"));
        return;
    }
    write_scripts({"--batch", "5", "--only", "stale_person", "--pause", "2000"});
    support::CommandResult ended;
    std::thread purge{[&] { ended = crm.run("2-purge.sql"); }};
    EXPECT_TRUE(eventually([&] { return stale() != "25"; }));
    crm.sql("CREATE TABLE " + stop_table() + " (x INTEGER)");
    purge.join();
    EXPECT_EQ(ended.code, 0) << ended.output;
    EXPECT_THAT(ended.output, HasSubstr("persons not looked at"));
    EXPECT_EQ(stale(), "20");
}

INSTANTIATE_TEST_SUITE_P(Products, PurgeStop, ::testing::ValuesIn(all_products),
                         [](const auto& parameter) { return to_string(parameter.param); });

}  // namespace
}  // namespace crmaudit::live
