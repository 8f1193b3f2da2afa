#include <gtest/gtest.h>

#include "tests/support/small_crm.h"

namespace crmaudit::testing {
namespace {

using Parameters = std::map<std::string, std::string, std::less<>>;

const Parameters strict{{"administrators", "1"},
                        {"administrators_percent", "10"},
                        {"seeing_all", "1"},
                        {"seeing_all_percent", "25"},
                        {"visible_to_all_percent", "50"}};

/// Ten users: the first `administrators` administer, the next `seeing` see everybody, the next `part` their own only.
std::string users(int administrators, int seeing, int part) {
    std::string rows;
    for (int i = 0; i < 10; ++i) {
        const bool is_administrator = i < administrators;
        const bool sees_all = !is_administrator && i < administrators + seeing;
        const bool sees_part = !is_administrator && !sees_all && i < administrators + seeing + part;
        rows += (rows.empty() ? "" : ", ") + std::string{"("} + (is_administrator ? "1" : "0") + ", " +
                (sees_all ? "1" : "0") + ", " + (sees_part ? "1" : "0") + ")";
    }
    return "INSERT INTO staff(administrator, sees_all, sees_part) VALUES " + rows + ";";
}

TEST(CrmRoleTooBroad, HitForMoreThanThePolicyAllows) {
    SmallCrm crm;
    crm.add(EntityKind::user, "staff", {Role::administrator, Role::sees_all, Role::sees_part});
    crm.sql(users(2, 1, 7));
    // Administrators see everybody too.
    const AuditResult result = crm.audit("crm_role_too_broad", strict);
    EXPECT_EQ(summary(result), "found 3/10 staff 2/10 staff");
    ASSERT_EQ(result.findings.size(), 2U);
    EXPECT_EQ(result.findings[0].object.part, "crm_users_who_see_all");
    EXPECT_EQ(result.findings[1].object.part, "crm_administrators");
    EXPECT_EQ(result.findings[1].facts, (std::vector<std::string>{"allowed_number: 1", "allowed_percent: 10"}));
    EXPECT_FALSE(result.findings[0].persons);
    EXPECT_NE(result.findings[0].fingerprint, result.findings[1].fingerprint);
}

TEST(CrmRoleTooBroad, WhomNothingKeepsFromPersonsSeesThemAll) {
    SmallCrm crm;
    crm.add(EntityKind::user, "staff", {Role::administrator, Role::sees_all, Role::sees_part});
    crm.sql(users(1, 0, 6));
    EXPECT_EQ(summary(crm.audit("crm_role_too_broad", strict)), "found 4/10 staff");
    crm.unmap(Role::sees_part);
    EXPECT_EQ(summary(crm.audit("crm_role_too_broad", strict)), "clean");
}

TEST(CrmRoleTooBroad, CleanWithinTheNumberOrTheShare) {
    SmallCrm crm;
    crm.add(EntityKind::user, "staff", {Role::administrator, Role::sees_all, Role::sees_part});
    crm.sql(users(1, 0, 9));
    EXPECT_EQ(summary(crm.audit("crm_role_too_broad", strict)), "clean");
    crm.sql("UPDATE staff SET administrator = 1;");
    EXPECT_EQ(summary(crm.audit("crm_role_too_broad", {{"administrators", "10"}, {"seeing_all", "10"}})), "clean");
    EXPECT_EQ(
        summary(crm.audit("crm_role_too_broad", {{"administrators_percent", "100"}, {"seeing_all_percent", "100"}})),
        "clean");
    EXPECT_EQ(summary(crm.audit("crm_role_too_broad", strict)), "found 10/10 staff 10/10 staff");
}

TEST(CrmRoleTooBroad, OnlyWhoCanLogInCounts) {
    SmallCrm crm;
    crm.add(EntityKind::user, "staff", {Role::administrator, Role::sees_all, Role::sees_part, Role::can_log_in});
    crm.sql(users(10, 0, 0) + "UPDATE staff SET can_log_in = 0;");
    EXPECT_EQ(summary(crm.audit("crm_role_too_broad", strict)), "clean");
    crm.sql("UPDATE staff SET can_log_in = 1;");
    EXPECT_EQ(summary(crm.audit("crm_role_too_broad", strict)), "found 10/10 staff 10/10 staff");
}

TEST(CrmRoleTooBroad, HitForPersonsWhomEveryUserSees) {
    SmallCrm crm;
    crm.map(Role::visible_to_all);
    crm.add(EntityKind::user, "staff", {Role::administrator});
    crm.sql("INSERT INTO person(id, visible_to_all, deleted) VALUES (1, 1, 0), (2, 1, 0), (3, 0, 0);");
    EXPECT_EQ(summary(crm.audit("crm_role_too_broad", strict)), "found 2/3 person");
    crm.sql("INSERT INTO person(id, visible_to_all, deleted) VALUES (4, 0, 0);");
    EXPECT_EQ(summary(crm.audit("crm_role_too_broad", strict)), "clean");
}

TEST(CrmRoleTooBroad, MappingMissingIsNotChecked) {
    SmallCrm crm;
    EXPECT_EQ(summary(crm.audit("crm_role_too_broad", strict)), "not_checked [ not_mapped: user]");
    crm.add(EntityKind::user, "staff", {Role::administrator});
    EXPECT_EQ(summary(crm.audit("crm_role_too_broad", strict)), "not_checked [staff not_mapped: sees_all]");
}

TEST(CrmRoleTooBroad, NotApplicableWithoutUsers) {
    SmallCrm crm;
    crm.declare_absent(EntityKind::user);
    EXPECT_EQ(summary(crm.audit("crm_role_too_broad", strict)), "not_applicable");
}

}  // namespace
}  // namespace crmaudit::testing
