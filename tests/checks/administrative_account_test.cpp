#include "tests/checks/grant_test_support.h"

namespace crmaudit::testing {
namespace {

using Names = std::vector<std::string>;

TEST(AdministrativeAccount, HitForPowersOnesOwnOrTakenOn) {
    KnownPermissions world;
    world.facts.principals[world.account("root")].superuser = true;
    world.facts.principals[world.account("maker")].powers = {"CREATEROLE"};
    const auto admins = world.role("admins");
    world.facts.principals[admins].superuser = true;
    world.facts.principals[admins].powers = {"SUPERUSER"};
    world.join(admins, world.account("anna"));
    world.account("bert");
    const auto findings = world.judge("administrative_account");
    ASSERT_EQ(findings.size(), 3U);
    EXPECT_EQ(findings[0].facts, Names{"SUPERUSER"});
    EXPECT_EQ(findings[1].facts, Names{"CREATEROLE"});
    EXPECT_EQ(findings[2].object.principal, "anna");
}

TEST(AdministrativeAccount, CleanWhereDeclaredWithAllRights) {
    KnownPermissions world;
    world.facts.principals[world.account("root")].superuser = true;
    Policy policy;
    policy.access = {{"root", {}, "administration", {all_access_rights.begin(), all_access_rights.end()}, "IT"}};
    EXPECT_EQ(world.accused("administrative_account", policy), Names{});
    policy.access[0].rights.pop_back();
    EXPECT_EQ(world.accused("administrative_account", policy), Names{"root"});
}

TEST(AdministrativeAccount, MappingMissingPermissionsAreAGap) {
    expect_gap_or_not_applicable("administrative_account");
}

}  // namespace
}  // namespace crmaudit::testing
