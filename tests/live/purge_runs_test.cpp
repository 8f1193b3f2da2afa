// More than one run of a purge: what the second takes over from the first, after it and beside it.
#include <thread>

#include "tests/live/purge_fixture.h"

namespace crmaudit::live {
namespace {

class PurgeRuns : public Purge {
protected:
    std::string stale() { return crm.cell("SELECT COUNT(*) FROM person WHERE id LIKE 'stale%'"); }
    /// Of all entries of the log, in their order by what was deleted until then.
    std::string logged() {
        std::string text;
        const int entries = std::stoi(crm.cell("SELECT COUNT(*) FROM crmaudit_deletion_log"));
        for (const char* column : {"deleted", "spared", "not_reached"}) {
            text += std::string{column} + " " +
                    crm.cell(std::string{"SELECT MIN("} + column + ") FROM crmaudit_deletion_log") + " to " +
                    crm.cell(std::string{"SELECT MAX("} + column + ") FROM crmaudit_deletion_log") + ", ";
        }
        return text + std::to_string(entries) + " entries";
    }
};

TEST_P(PurgeRuns, AddWhoHasBecomeDueSince) {
    write_scripts({"--batch", "10", "--only", "stale_person"});
    crm.sql("UPDATE person SET held = 1 WHERE id IN ('stale''11', 'stale''12')");
    crm.sql("UPDATE person SET modified = CURRENT_TIMESTAMP WHERE id = 'stale''13'");
    const auto first = crm.run("2-purge.sql");
    EXPECT_EQ(first.code, 0) << first.output;
    EXPECT_EQ(stale(), "3");
    crm.sql("UPDATE person SET held = 0 WHERE id LIKE 'stale%'");
    const auto second = crm.run("2-purge.sql");
    EXPECT_EQ(second.code, 0) << second.output;
    EXPECT_EQ(stale(), "1");
    EXPECT_EQ(logged(), "deleted 22 to 24, spared 1 to 1, not_reached 0 to 0, 2 entries");
}

INSTANTIATE_TEST_SUITE_P(Products, PurgeRuns, ::testing::ValuesIn(all_products),
                         [](const auto& parameter) { return to_string(parameter.param); });

/// SQLite is not among them: there, the second waits for the first to end.
class PurgeRunsOnServer : public PurgeRuns {};

TEST_P(PurgeRunsOnServer, ShareTheWork) {
    write_scripts({"--batch", "2", "--only", "stale_person", "--pause", "300"});
    support::CommandResult first;
    std::thread one{[&] { first = crm.run("2-purge.sql"); }};
    EXPECT_TRUE(eventually([&] { return stale() != "25"; }));
    const auto second = crm.run("2-purge.sql");
    one.join();
    EXPECT_EQ(first.code, 0) << first.output;
    EXPECT_EQ(second.code, 0) << second.output;
    EXPECT_EQ(stale(), "0");
    EXPECT_EQ(logged(), "deleted 25 to 25, spared 0 to 0, not_reached 0 to 0, 2 entries");
}

INSTANTIATE_TEST_SUITE_P(Products, PurgeRunsOnServer, ::testing::Values(Product::postgresql, Product::mariadb),
                         [](const auto& parameter) { return to_string(parameter.param); });

}  // namespace
}  // namespace crmaudit::live
