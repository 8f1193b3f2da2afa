#include "tests/checks/grant_test_support.h"

namespace crmaudit::testing {
namespace {

TEST(BroadGrant, HitForGrantsOnTheSchemaAndOnMostTables) {
    Catalog catalog = permission_catalog();
    catalog.grants = {grant("app", "SELECT", {"crm", ""}), grant("report", "SELECT", {"crm", "contacts"}),
                      grant("report", "SELECT", {"crm", "leads"}), grant("narrow", "SELECT", {"crm", "leads"})};
    const auto findings = judge("broad_grant", catalog);
    ASSERT_EQ(findings.size(), 2U);
    EXPECT_EQ(findings[0].object.principal, "app");
    EXPECT_EQ(findings[1].object.principal, "report");
    EXPECT_EQ(findings[1].affected, 2);
    EXPECT_EQ(findings[1].total, 2);
}

TEST(BroadGrant, CleanForDeclaredAccessTheOwnAccountAndSuperusers) {
    Catalog catalog = permission_catalog();
    catalog.principals = {{"postgres", true, true}};
    catalog.grants = {grant("app_1", "SELECT", {"crm", ""}), grant("auditor", "SELECT", {"crm", ""}),
                      grant("postgres", "SELECT", {"crm", ""})};
    Policy policy;
    policy.access = {{"app_*", {Category::email}, "the CRM itself"}};
    EXPECT_TRUE(judge("broad_grant", catalog, policy).empty());
    policy.access = {{"app_*", {Category::phone}, "only telephone numbers"}};
    EXPECT_EQ(judge("broad_grant", catalog, policy).size(), 1U);
}

TEST(BroadGrant, MappingMissingPermissionsAreAGap) {
    Catalog catalog = permission_catalog();
    catalog.gaps = {{"grants", "hidden"}, {"crm.secret", "not granted"}};
    checks::Plan plan;
    EXPECT_TRUE(judge("broad_grant", catalog, {}, &plan).empty());
    EXPECT_EQ(plan.gaps.size(), 1U);
}

}  // namespace
}  // namespace crmaudit::testing
