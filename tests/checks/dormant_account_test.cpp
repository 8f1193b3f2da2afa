#include "tests/checks/grant_test_support.h"

namespace crmaudit::testing {
namespace {

using Names = std::vector<std::string>;

std::vector<Finding> judged(const KnownPermissions& world, checks::Plan* plan = nullptr) {
    return judge("dormant_account", world.known(), {}, plan, nullptr, *parse_date("2026-06-15"));
}

TEST(DormantAccount, HitForAPasswordThatRanOutWhileTheRightsDidNot) {
    KnownPermissions world;
    const auto anna = world.account("anna");
    world.facts.principals[anna].valid_until = "2026-06-14";
    world.grant(anna, world.contacts, rights::read);
    const auto findings = judged(world);
    ASSERT_EQ(findings.size(), 1U);
    EXPECT_EQ(findings[0].object.principal, "anna");
    EXPECT_EQ(findings[0].facts, Names{"valid_until: 2026-06-14"});
    EXPECT_EQ(findings[0].affected, 1);
}

TEST(DormantAccount, CleanWhileThePasswordHoldsAndWithoutRightsOrLogin) {
    KnownPermissions world;
    const auto anna = world.account("anna"), role = world.role("role");
    world.facts.principals[anna].valid_until = "2026-06-15";
    world.facts.principals[role].valid_until = "2020-01-01";
    world.facts.principals[world.account("bert")].valid_until = "2020-01-01";
    world.grant(anna, world.contacts, rights::read);
    world.grant(role, world.contacts, rights::read);
    EXPECT_TRUE(judged(world).empty());
}

TEST(DormantAccount, MappingMissingPermissionsAreAGap) {
    expect_gap_or_not_applicable("dormant_account");
    KnownPermissions world;
    world.facts.roles_add_to_own = true;
    checks::Plan plan;
    EXPECT_TRUE(judged(world, &plan).empty());
    EXPECT_EQ(plan.not_applicable, "no_last_login");
}

}  // namespace
}  // namespace crmaudit::testing
