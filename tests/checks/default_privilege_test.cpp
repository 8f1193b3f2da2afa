#include "tests/checks/grant_test_support.h"

namespace crmaudit::testing {
namespace {

using Names = std::vector<std::string>;

TEST(DefaultPrivilege, HitForRightsOnTablesToCome) {
    KnownPermissions world;
    const auto owner = world.account("owner"), anna = world.account("anna");
    world.facts.default_privileges = {{owner, 0, anna, rights::read, 0},
                                      {owner, Permissions::none, Permissions::everybody, rights::read, 0}};
    const auto findings = world.judge("default_privilege");
    ASSERT_EQ(findings.size(), 2U);
    EXPECT_EQ(findings[0].object.principal, "PUBLIC");
    EXPECT_EQ(findings[1].object.principal, "anna");
    EXPECT_EQ(findings[1].facts, (Names{"SELECT", "tables_made_by: owner"}));
    EXPECT_EQ(findings[1].affected, 1);
}

TEST(DefaultPrivilege, CleanElsewhereForTheMakerTheAuditAndWhoIsDeclared) {
    KnownPermissions world;
    world.facts.schemas.push_back({"stock"});
    const auto owner = world.account("owner"), anna = world.account("anna"), bert = world.account("bert");
    world.facts.default_privileges = {{owner, 0, owner, rights::on_rows, 0},
                                      {owner, 0, world.account("auditor"), rights::read, 0},
                                      {owner, 1, bert, rights::read, 0},
                                      {owner, 0, anna, rights::read, 0}};
    Policy policy;
    policy.access = {{"anna", {}, "reports"}};
    EXPECT_EQ(world.accused("default_privilege", policy), Names{});
    world.facts.default_privileges.back().rights |= rights::remove;
    EXPECT_EQ(world.accused("default_privilege", policy), Names{"anna"});
}

TEST(DefaultPrivilege, MappingMissingPermissionsAreAGap) {
    expect_gap_or_not_applicable("default_privilege");
    KnownPermissions world;
    world.facts.roles_add_to_own = true;
    checks::Plan plan;
    EXPECT_TRUE(world.judge("default_privilege", {}, &plan).empty());
    EXPECT_EQ(plan.not_applicable, "no_default_privileges");
}

}  // namespace
}  // namespace crmaudit::testing
