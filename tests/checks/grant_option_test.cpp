#include "tests/checks/grant_test_support.h"

namespace crmaudit::testing {
namespace {

using Names = std::vector<std::string>;

TEST(GrantOption, HitForRightsThatMayBePassedOn) {
    KnownPermissions world;
    const auto lead = world.account("lead");
    world.grant(lead, world.leads, rights::read | rights::update, rights::read);
    const auto findings = world.judge("grant_option");
    ASSERT_EQ(findings.size(), 1U);
    EXPECT_EQ(findings[0].object.principal, "lead");
    EXPECT_EQ(findings[0].facts, Names{"SELECT"});
    EXPECT_EQ(findings[0].affected, 1);
}

TEST(GrantOption, HitForRolesThatMayBeGiven) {
    KnownPermissions world;
    const auto sales = world.role("sales"), lead = world.account("lead");
    world.grant(sales, world.leads, rights::read);
    world.join(sales, lead, true);
    world.join(world.role("empty"), lead, true);
    const auto findings = world.judge("grant_option");
    ASSERT_EQ(findings.size(), 1U);
    EXPECT_EQ(findings[0].object.principal, "lead");
    EXPECT_EQ(findings[0].facts, Names{"may_give_role: sales"});
}

TEST(GrantOption, CleanForOwnersAndPlainGrants) {
    KnownPermissions world;
    const auto owner = world.account("owner");
    world.facts.relations[world.leads].owner = owner;
    world.grant(owner, world.leads, rights::on_rows, rights::on_rows);
    world.grant(world.account("anna"), world.leads, rights::read);
    world.grant(world.account("bert"), world.products, rights::read, rights::read);
    EXPECT_EQ(world.accused("grant_option"), Names{});
}

TEST(GrantOption, MappingMissingPermissionsAreAGap) { expect_gap_or_not_applicable("grant_option"); }

}  // namespace
}  // namespace crmaudit::testing
