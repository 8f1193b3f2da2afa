#include "tests/checks/grant_test_support.h"

namespace crmaudit::testing {
namespace {

using Names = std::vector<std::string>;

TEST(RemoteAccess, HitForAccountsWhoseHostIsAWildcard) {
    KnownPermissions world;
    for (const char* host : {"%", "10.%", "localhost"}) {
        const auto id = world.account(host);
        world.facts.principals[id].host = host;
        world.grant(id, world.contacts, rights::read);
    }
    world.facts.principals[world.account("poor")].host = "%";
    world.facts.transport.listens_on = "*";
    const auto findings = world.judge("remote_access");
    ASSERT_EQ(findings.size(), 1U);
    EXPECT_EQ(findings[0].object.principal, "%");
    EXPECT_EQ(findings[0].facts, (Names{"from_anywhere", "listens_on: *"}));
}

TEST(RemoteAccess, HitForALineThatTakesInTheWholeNet) {
    KnownPermissions world;
    world.grant(world.account("anna"), world.contacts, rights::read);
    world.facts.host_rules = {{4, "host", {"crm"}, {"all"}, "0.0.0.0/0.0.0.0", "scram-sha-256"}};
    world.catalog.database = "crm";
    const auto findings = world.judge("remote_access");
    ASSERT_EQ(findings.size(), 1U);
    EXPECT_EQ(findings[0].object.part, "host crm all 0.0.0.0/0 scram-sha-256");
    EXPECT_EQ(findings[0].facts, (Names{"from_anywhere", "line: 4"}));
    world.facts.host_rules[0].method = "reject";
    EXPECT_TRUE(world.judge("remote_access").empty());
}

TEST(RemoteAccess, CleanForNetsAndForOtherDatabases) {
    KnownPermissions world;
    world.grant(world.account("anna"), world.contacts, rights::read);
    world.catalog.database = "crm";
    world.facts.host_rules = {{1, "host", {"all"}, {"all"}, "10.0.0.0/8", "scram-sha-256"},
                              {2, "host", {"shop"}, {"all"}, "all", "scram-sha-256"},
                              {3, "host", {"replication"}, {"all"}, "all", "scram-sha-256"}};
    EXPECT_TRUE(world.judge("remote_access").empty());
    world.facts.principals[0].replicates = true;
    EXPECT_EQ(world.judge("remote_access").size(), 1U);
}

TEST(RemoteAccess, MappingMissingFactsAreAGap) {
    expect_gap_or_not_applicable("remote_access");
    KnownPermissions world;
    world.facts.gaps = {{fact_kinds::logins, "a"}, {fact_kinds::host_rules, "b"}};
    checks::Plan plan;
    EXPECT_TRUE(world.judge("remote_access", {}, &plan).empty());
    ASSERT_EQ(plan.gaps.size(), 1U);
    EXPECT_EQ(plan.gaps[0].reason, "permissions_hidden: b");
}

}  // namespace
}  // namespace crmaudit::testing
