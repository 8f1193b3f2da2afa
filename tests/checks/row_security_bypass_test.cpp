#include "tests/checks/grant_test_support.h"

namespace crmaudit::testing {
namespace {

using Names = std::vector<std::string>;

TEST(RowSecurityBypass, HitForWhoeverSeesAllRowsOfAProtectedTable) {
    KnownPermissions world;
    const auto owner = world.account("owner"), backup = world.account("backup"), anna = world.account("anna");
    world.facts.relations[world.contacts].row_security = true;
    world.facts.relations[world.contacts].owner = owner;
    world.facts.principals[backup].bypasses_row_security = true;
    world.facts.policies = {{world.contacts, "own_rows", true, rights::on_rows, {Permissions::everybody}}};
    for (const auto id : {owner, backup, anna}) world.grant(id, world.contacts, rights::read);
    const auto reader = world.account("reader");
    world.grant(reader, world.view(owner), rights::read);
    const auto findings = world.judge("row_security_bypass");
    ASSERT_EQ(findings.size(), 3U);
    EXPECT_EQ(findings[0].facts, Names{"row_security_not_for_owner"});
    EXPECT_EQ(findings[1].facts, Names{"row_security_bypassed"});
    EXPECT_EQ(findings[2].object.principal, "reader");
    EXPECT_EQ(findings[2].facts, Names{"row_security_not_here"});
}

TEST(RowSecurityBypass, CleanWherePoliciesDecide) {
    KnownPermissions world;
    const auto owner = world.account("owner"), anna = world.account("anna");
    auto& table = world.facts.relations[world.contacts];
    table.row_security = table.row_security_for_owner = true;
    table.owner = owner;
    world.facts.policies = {{world.contacts, "own_rows", true, rights::on_rows, {Permissions::everybody}}};
    world.grant(owner, world.contacts, rights::read);
    world.grant(anna, world.contacts, rights::read);
    world.grant(anna, world.leads, rights::read);
    EXPECT_EQ(world.accused("row_security_bypass"), Names{});
}

TEST(RowSecurityBypass, MappingMissingPermissionsAreAGap) {
    expect_gap_or_not_applicable("row_security_bypass");
    checks::Plan plan;
    EXPECT_TRUE(KnownPermissions{}.judge("row_security_bypass", {}, &plan).empty());
    EXPECT_EQ(plan.not_applicable, "no_row_security");
}

}  // namespace
}  // namespace crmaudit::testing
