#include "tests/checks/grant_test_support.h"

namespace crmaudit::testing {
namespace {

using Names = std::vector<std::string>;

TEST(UnusedPermission, HitForEntriesThatNobodyUses) {
    KnownPermissions world;
    world.grant(world.account("anna"), world.contacts, rights::read);
    Policy policy;
    policy.access = {{"gone", {}, "left"},
                     {"anna", {Category::email, Category::birth_date}, "x", {AccessRight::read, AccessRight::change}}};
    const auto findings = world.judge("unused_permission", policy);
    ASSERT_EQ(findings.size(), 2U);
    EXPECT_EQ(findings[0].object.principal, "gone");
    EXPECT_EQ(findings[0].facts, Names{"no_such_principal"});
    EXPECT_EQ(findings[1].facts, (Names{"unused_category: birth_date", "unused_right_change"}));
}

TEST(UnusedPermission, CleanWhereSomebodyUsesAllOfIt) {
    KnownPermissions world;
    const auto sales = world.role("sales_1");
    world.grant(sales, world.contacts, rights::read);
    world.grant(world.role("sales_2"), world.leads, rights::update);
    Policy policy;
    policy.access = {{"sales_*", {Category::email}, "sales", {AccessRight::read, AccessRight::change}}};
    EXPECT_EQ(world.accused("unused_permission", policy), Names{});
}

TEST(UnusedPermission, MappingMissingPermissionsAreAGap) {
    Policy policy;
    policy.access = {{"gone", {}, "left"}};
    checks::Plan plan;
    EXPECT_TRUE(judge("unused_permission", permission_catalog(), policy, &plan).empty());
    ASSERT_EQ(plan.gaps.size(), 1U);
    EXPECT_EQ(plan.gaps[0].reason, "own_rights_only");
    EXPECT_TRUE(judge("unused_permission", permission_catalog(), {}, &plan).empty());
    EXPECT_EQ(plan.not_applicable, "no_matrix");
}

}  // namespace
}  // namespace crmaudit::testing
