#include "tests/checks/grant_test_support.h"

namespace crmaudit::testing {
namespace {

using Names = std::vector<std::string>;

TEST(ExportPrivilege, HitForRightsOnFilesAndPrograms) {
    KnownPermissions world;
    const auto program = world.role("pg_execute_server_program");
    world.facts.principals[program].is_predefined = true;
    world.facts.principals[program].exports = {"pg_execute_server_program"};
    const auto dumps = world.role("dumps"), anna = world.account("anna");
    world.join(program, dumps);
    world.join(dumps, anna);
    world.grant(dumps, world.contacts, rights::read);
    const auto findings = world.judge("export_privilege");
    ASSERT_EQ(findings.size(), 1U);
    EXPECT_EQ(findings[0].object.principal, "dumps");
    EXPECT_EQ(findings[0].facts, Names{"pg_execute_server_program"});
    EXPECT_EQ(findings[0].affected, 1);
}

TEST(ExportPrivilege, HitForTheAuditsOwnAccount) {
    KnownPermissions world;
    world.facts.principals[world.account("auditor")].exports = {"FILE"};
    EXPECT_EQ(world.accused("export_privilege"), Names{"auditor"});
}

TEST(ExportPrivilege, CleanWhereDeclaredAndForSuperusers) {
    KnownPermissions world;
    world.facts.principals[world.account("backup")].exports = {"FILE"};
    world.facts.principals[world.account("root")].superuser = true;
    Policy policy;
    policy.access = {{"backup", {}, "nightly copies", {AccessRight::read, AccessRight::take_out}, "IT"}};
    EXPECT_EQ(world.accused("export_privilege", policy), Names{});
    policy.access[0].rights = {};
    EXPECT_EQ(world.accused("export_privilege", policy), Names{"backup"});
}

TEST(ExportPrivilege, MappingMissingPermissionsAreAGap) { expect_gap_or_not_applicable("export_privilege"); }

}  // namespace
}  // namespace crmaudit::testing
