#include "tests/checks/grant_test_support.h"

namespace crmaudit::testing {
namespace {

using Names = std::vector<std::string>;

TEST(DataOutflow, HitForWaysOutThatThePolicyDoesNotName) {
    KnownPermissions world;
    world.catalog.default_schema = "crm";
    world.facts.outlets = {{"publication", "all_tables"},
                           {"replication_account", "'repl'@'%'"},
                           {"remote_table", "orders_elsewhere", "FEDERATED"}};
    const auto findings = world.judge("data_outflow");
    ASSERT_EQ(findings.size(), 3U);
    EXPECT_EQ(findings[0].object.part, "all_tables");
    EXPECT_EQ(findings[0].facts, Names{"outlet_publication"});
    EXPECT_EQ(findings[1].object.principal, "'repl'@'%'");
    EXPECT_EQ(findings[2].object.table, (TableName{"crm", "orders_elsewhere"}));
}

TEST(DataOutflow, CleanForDeclaredRecipients) {
    KnownPermissions world;
    world.facts.outlets = {{"publication", "dwh_customers"}, {"replication_slot", "standby"}};
    Policy policy;
    policy.recipients = {{"dwh_*", "figures"}, {"standby", "second server", "IT"}};
    EXPECT_TRUE(world.judge("data_outflow", policy).empty());
    policy.recipients.pop_back();
    EXPECT_EQ(world.judge("data_outflow", policy).size(), 1U);
}

TEST(DataOutflow, MappingMissingPermissionsAreAGap) {
    expect_gap_or_not_applicable("data_outflow");
    KnownPermissions world;
    world.facts.gaps = {{"outlets", "no right on mysql.user"}, {"authentication", "hidden"}};
    checks::Plan plan;
    world.judge("data_outflow", {}, &plan);
    ASSERT_EQ(plan.gaps.size(), 1U);
    EXPECT_EQ(plan.gaps[0].reason, "permissions_hidden: no right on mysql.user");
}

}  // namespace
}  // namespace crmaudit::testing
