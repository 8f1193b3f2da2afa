#include "tests/checks/grant_test_support.h"

namespace crmaudit::testing {
namespace {

using Names = std::vector<std::string>;

TEST(WritePrivilege, HitForWhoeverMayChangeOrDeleteWithoutADeclaration) {
    KnownPermissions world;
    const auto app = world.account("app"), reader = world.account("reader");
    world.grant(app, world.leads, rights::read | rights::update | rights::remove);
    world.grant(reader, world.contacts, rights::read);
    const auto findings = world.judge("write_privilege");
    ASSERT_EQ(findings.size(), 1U);
    EXPECT_EQ(findings[0].object.principal, "app");
    EXPECT_EQ(findings[0].facts, (Names{"DELETE", "UPDATE"}));
    EXPECT_EQ(findings[0].affected, 1);
    EXPECT_EQ(findings[0].total, 2);
}

TEST(WritePrivilege, HitForTheRoleAndNotForEachOfItsMembers) {
    KnownPermissions world;
    const auto sales = world.role("sales");
    world.grant(sales, world.contacts, rights::insert);
    for (const char* name : {"anna", "bert"}) world.join(sales, world.account(name));
    const auto more = world.account("clara");
    world.join(sales, more);
    world.grant(more, world.leads, rights::remove);
    const auto findings = world.judge("write_privilege");
    ASSERT_EQ(findings.size(), 2U);
    EXPECT_EQ(findings[0].object.principal, "sales");
    EXPECT_EQ(findings[0].details, (std::vector<NamedCount>{{"accounts_with_role", 2}}));
    EXPECT_EQ(findings[1].object.principal, "clara");
}

TEST(WritePrivilege, CleanWhereThePolicyDeclaresTheRight) {
    KnownPermissions world;
    const auto app = world.account("app");
    world.grant(app, world.contacts, rights::update | rights::remove);
    world.grant(app, world.products, rights::on_rows);
    Policy policy;
    policy.access = {{"ap?", {Category::email}, "the CRM", {AccessRight::change, AccessRight::remove}, "IT"}};
    EXPECT_EQ(world.accused("write_privilege", policy), Names{});
    policy.access[0].rights = {AccessRight::change};
    EXPECT_EQ(world.judge("write_privilege", policy).at(0).facts, Names{"DELETE"});
    policy.access[0].rights = {};  // only reading
    EXPECT_EQ(world.accused("write_privilege", policy), Names{"app"});
}

TEST(WritePrivilege, CleanForTheAuditItselfSuperusersAndWhatEverybodyHas) {
    KnownPermissions world;
    const auto root = world.account("root");
    world.facts.principals[root].superuser = true;
    world.grant(world.account("auditor"), world.contacts, rights::update);
    world.grant(Permissions::everybody, world.contacts, rights::update);
    world.account("anna");
    EXPECT_EQ(world.accused("write_privilege"), Names{});
}

TEST(WritePrivilege, MappingMissingPermissionsAreAGap) {
    checks::Plan plan;
    Catalog catalog = permission_catalog();
    catalog.gaps = {{"grants", "hidden"}};
    EXPECT_TRUE(judge("write_privilege", catalog, {}, &plan).empty());
    EXPECT_EQ(plan.gaps.size(), 1U);
}

}  // namespace
}  // namespace crmaudit::testing
