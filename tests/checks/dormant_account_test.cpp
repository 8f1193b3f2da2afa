#include "tests/checks/grant_test_support.h"
#include "tests/support/small_crm.h"

namespace crmaudit::testing {
namespace {

using Names = std::vector<std::string>;

std::vector<Finding> judged(const KnownPermissions& world, checks::Plan* plan = nullptr) {
    return judge("dormant_account", world.known(), {}, plan, nullptr, *parse_date("2026-06-15"),
                 {{"unused_for", "P6M"}});
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
    expect_gap_or_not_applicable("dormant_account", {{"unused_for", "P6M"}});
    KnownPermissions world;
    world.facts.roles_add_to_own = true;
    checks::Plan plan;
    EXPECT_TRUE(judged(world, &plan).empty());
    EXPECT_EQ(plan.not_applicable, "no_last_login");
}

const std::map<std::string, std::string, std::less<>> half_a_year{{"unused_for", "P6M"}};

TEST(DormantUser, HitForWhoCanLogInAndHasNot) {
    SmallCrm crm;
    crm.add(EntityKind::user, "staff", {Role::last_login, Role::can_log_in, Role::created});
    crm.sql(
        "INSERT INTO staff(last_login, can_log_in, created) VALUES ('2025-12-14', 1, '2020-01-01'),"
        " ('2025-12-15', 1, '2020-01-01'), (NULL, 1, '2020-01-01'), (NULL, 1, NULL),"
        " ('2020-01-01', 0, '2020-01-01'), (NULL, 1, '2026-06-01');");
    const AuditResult result = crm.audit("dormant_account", half_a_year);
    EXPECT_EQ(summary(result), "found 3/5 staff never_logged_in=2");
    ASSERT_EQ(result.findings.size(), 1U);
    EXPECT_EQ(result.findings[0].facts, Names{"not_since: 2025-12-15"});
    EXPECT_FALSE(result.findings[0].oldest);  // one employee's day is nobody's business
    EXPECT_NE(result.findings[0].evidence_sql.find("staff"), std::string::npos);
}

TEST(DormantUser, CleanWhileEverybodyComesBack) {
    SmallCrm crm;
    crm.add(EntityKind::user, "staff", {Role::last_login});
    crm.sql("INSERT INTO staff(last_login) VALUES ('2026-01-01'), ('2026-06-15');");
    EXPECT_EQ(summary(crm.audit("dormant_account", half_a_year)), "clean");
}

TEST(DormantUser, MappingMissingIsNotChecked) {
    SmallCrm crm;
    EXPECT_EQ(summary(crm.audit("dormant_account", half_a_year)), "not_checked [ not_mapped: user]");
    crm.add(EntityKind::user, "staff", {Role::can_log_in});
    EXPECT_EQ(summary(crm.audit("dormant_account", half_a_year)), "not_checked [staff not_mapped: last_login]");
}

TEST(DormantUser, NotApplicableWhereNoLoginIsKept) {
    SmallCrm crm;
    crm.add(EntityKind::user, "staff", {Role::last_login, Role::can_log_in});
    crm.declare_absent(Role::last_login);
    EXPECT_EQ(summary(crm.audit("dormant_account", half_a_year)), "not_applicable");
}

}  // namespace
}  // namespace crmaudit::testing
