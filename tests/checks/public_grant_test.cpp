#include "tests/checks/grant_test_support.h"

namespace crmaudit::testing {
namespace {

TEST(PublicGrant, HitForPersonalTablesThatEverybodyCanRead) {
    Catalog catalog = permission_catalog();
    catalog.grants = {grant("PUBLIC", "SELECT", {"crm", "contacts"}, true),
                      grant("PUBLIC", "UPDATE", {"crm", "contacts"}, true),
                      grant("PUBLIC", "SELECT", {"crm", "products"}, true)};
    const auto findings = judge("public_grant", catalog);
    ASSERT_EQ(findings.size(), 1U);
    EXPECT_EQ(findings[0].object.table, (TableName{"crm", "contacts"}));
    EXPECT_EQ(findings[0].object.principal, "PUBLIC");
    EXPECT_EQ(findings[0].facts, (std::vector<std::string>{"SELECT", "UPDATE"}));
}

TEST(PublicGrant, HitForGrantsOnTheWholeSchema) {
    Catalog catalog = permission_catalog();
    catalog.grants = {grant("PUBLIC", "SELECT", {"crm", ""}, true)};
    EXPECT_EQ(judge("public_grant", catalog).size(), 2U);
}

TEST(PublicGrant, CleanForNamedPrincipalsAndHarmlessPrivileges) {
    Catalog catalog = permission_catalog();
    catalog.grants = {grant("sales", "SELECT", {"crm", "contacts"}), grant("PUBLIC", "USAGE", {"crm", ""}, true)};
    EXPECT_TRUE(judge("public_grant", catalog).empty());
}

TEST(PublicGrant, MappingMissingPermissionsAreAGap) {
    Catalog catalog = permission_catalog();
    catalog.gaps = {{"grants", "mysql.user is not granted"}};
    checks::Plan plan;
    EXPECT_TRUE(judge("public_grant", catalog, {}, &plan).empty());
    ASSERT_EQ(plan.gaps.size(), 1U);
    EXPECT_EQ(plan.gaps[0].reason, "permissions_hidden: mysql.user is not granted");
}

TEST(PublicGrant, NotApplicableWithoutPermissions) {
    Catalog catalog = permission_catalog();
    catalog.has_permissions = false;
    checks::Plan plan;
    EXPECT_TRUE(judge("public_grant", catalog, {}, &plan).empty());
    EXPECT_TRUE(plan.not_applicable.has_value());
}

TEST(PublicGrant, HitForWhatEverybodyReallyReaches) {
    KnownPermissions world;
    world.grant(Permissions::everybody, world.leads, rights::read);
    const auto findings = world.judge("public_grant");
    ASSERT_EQ(findings.size(), 1U);
    EXPECT_EQ(findings[0].object.table, (TableName{"crm", "leads"}));
    world.facts.grants.erase(world.facts.grants.begin() + 1);  // nobody may name what is in the schema
    EXPECT_TRUE(world.judge("public_grant").empty());
}

}  // namespace
}  // namespace crmaudit::testing
