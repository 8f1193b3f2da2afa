#include "tests/checks/grant_test_support.h"

namespace crmaudit::testing {
namespace {

using Names = std::vector<std::string>;

TEST(IndirectAccess, HitForWhoeverReadsThroughAViewAlone) {
    KnownPermissions world;
    const auto owner = world.account("owner"), anna = world.account("anna");
    world.grant(owner, world.contacts, rights::read);
    world.grant(anna, world.view(owner), rights::read);
    const auto findings = world.judge("indirect_access");
    ASSERT_EQ(findings.size(), 1U);
    EXPECT_EQ(findings[0].object.principal, "anna");
    EXPECT_EQ(findings[0].facts, Names{"path_owner_view: crm.contacts"});
}

TEST(IndirectAccess, CleanWithARightOnTheTableADeclarationOrAViewThatDoesNotWork) {
    KnownPermissions world;
    const auto owner = world.account("owner"), anna = world.account("anna"), bert = world.account("bert");
    world.grant(owner, world.contacts, rights::read);
    const auto view = world.view(owner);
    world.grant(anna, view, rights::read);
    world.grant(anna, world.contacts, rights::read);
    world.grant(bert, world.view(world.account("nobody")), rights::read);
    EXPECT_EQ(world.accused("indirect_access"), Names{});
    world.grant(bert, view, rights::read);
    EXPECT_EQ(world.accused("indirect_access"), Names{"bert"});
    Policy policy;
    policy.access = {{"bert", {Category::email}, "newsletter"}};
    EXPECT_EQ(world.accused("indirect_access", policy), Names{});
}

TEST(IndirectAccess, MappingMissingPermissionsAreAGap) {
    expect_gap_or_not_applicable("indirect_access");
    KnownPermissions world;
    world.view(world.account("owner"));
    world.facts.gaps = {{"view", "what the view reads is hidden"}, {"authentication", "hidden"}};
    checks::Plan plan;
    world.judge("indirect_access", {}, &plan);
    ASSERT_EQ(plan.gaps.size(), 1U);
    EXPECT_EQ(plan.gaps[0].object, "view");
}

}  // namespace
}  // namespace crmaudit::testing
