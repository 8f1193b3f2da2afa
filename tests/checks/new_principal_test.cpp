#include "tests/checks/grant_test_support.h"

namespace crmaudit::testing {
namespace {

using Names = std::vector<std::string>;

TEST(NewPrincipal, HitForWhoeverReachesDataAndDidNotBefore) {
    KnownPermissions world;
    world.grant(world.account("anna"), world.contacts, rights::read);
    const auto bert = world.account("bert");
    const AuditResult before = world.result();
    world.grant(bert, world.leads, rights::read | rights::remove);
    const auto findings = world.judge("new_principal", {}, nullptr, &before);
    ASSERT_EQ(findings.size(), 1U);
    EXPECT_EQ(findings[0].object.principal, "bert");
    EXPECT_EQ(findings[0].facts, (Names{"DELETE", "SELECT"}));
    EXPECT_EQ(findings[0].affected, 1);
}

TEST(NewPrincipal, CleanForKnownAndDeclaredOnesAndWithoutData) {
    KnownPermissions world;
    world.grant(world.account("anna"), world.contacts, rights::read);
    const AuditResult before = world.result();
    world.grant(world.account("bert"), world.leads, rights::read);
    world.grant(world.account("clara"), world.products, rights::read);
    Policy policy;
    policy.access = {{"bert", {Category::email}, "newsletter"}};
    EXPECT_TRUE(world.judge("new_principal", policy, nullptr, &before).empty());
}

TEST(NewPrincipal, MappingMissingOfAnEarlierMatrixIsAGap) {
    KnownPermissions world;
    world.grant(world.account("anna"), world.contacts, rights::read);
    const AuditResult without_matrix{};
    checks::Plan plan;
    EXPECT_TRUE(world.judge("new_principal", {}, &plan, &without_matrix).empty());
    ASSERT_EQ(plan.gaps.size(), 1U);
    EXPECT_EQ(plan.gaps[0].reason, "baseline_without_matrix");
    EXPECT_TRUE(world.judge("new_principal", {}, &plan).empty());
    EXPECT_EQ(plan.not_applicable, "no_baseline");
}

}  // namespace
}  // namespace crmaudit::testing
