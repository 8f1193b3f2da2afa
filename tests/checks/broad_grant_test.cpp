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

TEST(BroadGrant, HitForOwnersAndForWhatRolesAddUpTo) {
    KnownPermissions world;
    const auto owner = world.account("owner"), some = world.role("some"), others = world.role("others");
    const auto anna = world.account("anna"), bert = world.account("bert");
    for (const auto table : {world.contacts, world.leads}) {
        world.facts.relations[table].owner = owner;
        world.grant(owner, table, rights::on_rows);
    }
    world.grant(some, world.contacts, rights::read);
    world.grant(others, world.leads, rights::read);
    world.join(some, anna);
    world.join(others, anna);
    world.join(some, bert);
    EXPECT_EQ(world.accused("broad_grant"), (std::vector<std::string>{"owner", "anna"}));
}

TEST(BroadGrant, HitForAnythingBeyondWhatThePolicyDeclares) {
    KnownPermissions world;
    world.grant(world.account("anna"), world.contacts, rights::read);
    world.grant(world.account("bert"), world.contacts, rights::read);
    EXPECT_TRUE(world.judge("broad_grant").empty()) << "half of the tables are not most of them";
    Policy policy;
    policy.access = {{"bert", {Category::email}, "newsletter"}};
    EXPECT_EQ(world.accused("broad_grant", policy), (std::vector<std::string>{"anna"}));
}

TEST(BroadGrant, CountsAViewAndTheTableThatItShowsOnce) {
    KnownPermissions world;
    const auto anna = world.account("anna"), bert = world.account("bert");
    const auto owner = world.account("owner");
    const auto view = world.view(owner);
    world.facts.relations[view].columns = {"email"};
    world.catalog.tables.push_back(world.catalog.tables[0]);
    world.catalog.tables.back().name.name = "view";
    for (const auto table : {world.contacts, world.leads}) world.grant(owner, table, rights::read);
    world.grant(anna, world.contacts, rights::read);
    world.grant(anna, view, rights::read);
    world.grant(bert, world.leads, rights::read);
    world.grant(bert, view, rights::read);
    const auto findings = world.judge("broad_grant");
    ASSERT_EQ(findings.size(), 2U);
    EXPECT_EQ(findings[0].object.principal, "bert");
    EXPECT_EQ(findings[0].affected, 2) << "leads, and contacts through the view";
    EXPECT_EQ(findings[1].object.principal, "owner");
    EXPECT_EQ(findings[1].affected, 2);
    for (const Finding& finding : findings) EXPECT_EQ(finding.total, 2);
}

TEST(BroadGrant, CountsAViewWhoseTableIsNotReached) {
    KnownPermissions world;
    const auto anna = world.account("anna"), owner = world.account("owner");
    const auto view = world.view(owner);
    world.facts.relations[view].columns = {"email"};
    world.facts.relations[view].reads = {{KnownPermissions::products, {}}};
    world.catalog.tables.push_back(world.catalog.tables[0]);
    world.catalog.tables.back().name.name = "view";
    world.grant(owner, world.products, rights::read);
    world.grant(anna, world.contacts, rights::read);
    world.grant(anna, view, rights::read);
    EXPECT_EQ(world.accused("broad_grant"), std::vector<std::string>{"anna"}) << "two of three";
}

TEST(BroadGrant, CleanWhereTheSchemaCannotBeUsedAndNobodyConnects) {
    KnownPermissions world;
    const auto anna = world.account("anna");
    world.grant(anna, world.contacts, rights::read);
    world.grant(anna, world.leads, rights::read);
    EXPECT_EQ(world.judge("broad_grant").size(), 1U);
    KnownPermissions shut = world;
    shut.facts.grants.erase(shut.facts.grants.begin() + 1);
    EXPECT_TRUE(shut.judge("broad_grant").empty());
    KnownPermissions closed = world;
    closed.facts.grants.erase(closed.facts.grants.begin());
    EXPECT_TRUE(closed.judge("broad_grant").empty());
}

TEST(BroadGrant, CleanOfCirclesOfRolesNamesWithWildcardsAndThoseWhoAreGone) {
    KnownPermissions world;
    const auto one = world.role("a%_\"*'"), other = world.role("b"), gone = world.account("unknown (OID=7)");
    world.facts.principals[gone].exists = false;
    world.join(one, other);
    world.join(other, one);
    world.grant(gone, world.contacts, rights::read);
    world.grant(gone, world.leads, rights::read);
    EXPECT_TRUE(world.judge("broad_grant").empty());
    world.grant(one, world.contacts, rights::read);
    world.grant(other, world.leads, rights::read);
    EXPECT_EQ(world.judge("broad_grant").size(), 2U) << "each has what the other has";
}

}  // namespace
}  // namespace crmaudit::testing
