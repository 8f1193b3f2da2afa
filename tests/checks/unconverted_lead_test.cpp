#include <gtest/gtest.h>

#include "tests/support/small_crm.h"

namespace crmaudit::testing {
namespace {

TEST(UnconvertedLead, HitForLeadsWithoutConversionOrContact) {
    SmallCrm crm;
    crm.sql(
        "INSERT INTO lead(name, created, converted, contacted) VALUES ('a', '2024-01-01', 0, NULL),"
        " ('b', '2024-01-01', 1, NULL), ('c', '2024-01-01', 0, '2026-01-01'), ('d', '2026-01-01', 0, NULL),"
        " ('e', NULL, 0, NULL), ('f', '2025-06-15', 0, NULL), ('g', '2025-06-14', NULL, '2025-06-14');");
    EXPECT_EQ(summary(crm.audit("unconverted_lead", {{"after", "P1Y"}})), "found 2/7 lead");
}

TEST(UnconvertedLead, CleanWithoutOldLeads) {
    SmallCrm crm;
    crm.sql("INSERT INTO lead(name, created, converted) VALUES ('a', '2026-01-01', 0);");
    EXPECT_EQ(summary(crm.audit("unconverted_lead", {{"after", "P1Y"}})), "clean");
}

TEST(UnconvertedLead, MappingMissingIsNotChecked) {
    SmallCrm crm;
    crm.unmap(Role::converted);
    EXPECT_EQ(summary(crm.audit("unconverted_lead", {{"after", "P1Y"}})), "not_checked [lead not_mapped: converted]");
}

TEST(UnconvertedLead, NotApplicableInACrmWithoutLeads) {
    SmallCrm crm;
    crm.profile.entities.pop_back();
    EXPECT_EQ(summary(crm.audit("unconverted_lead", {{"after", "P1Y"}})), "not_applicable");
}

TEST(UnconvertedLead, MappingMissingWhereADraftHasNotRecognisedLeads) {
    SmallCrm crm;
    std::erase_if(crm.profile.entities, [](const Entity& each) { return each.kind == EntityKind::lead; });
    EXPECT_EQ(outcome(crm.audit("unconverted_lead", {{"after", "P1Y"}})).status, OutcomeStatus::not_applicable);
    crm.profile.discovered = true;
    EXPECT_EQ(outcome(crm.audit("unconverted_lead", {{"after", "P1Y"}})).status, OutcomeStatus::not_checked);
}

TEST(UnconvertedLead, LeavesOutWhatMustBeKept) {
    SmallCrm crm;
    crm.map(Role::hold, "", "lead");
    crm.map(Role::retention_duty, "", "lead");
    crm.sql(
        "INSERT INTO lead(created, converted, hold, retention_duty) VALUES ('2001-01-01', 0, 0, 0),"
        " ('2001-01-01', 0, 1, 0), ('2001-01-01', 0, 0, 1), ('2001-01-01', 1, 1, 1);");
    EXPECT_EQ(summary(crm.audit("unconverted_lead", {{"after", "P1Y"}})), "found 1/4 lead hold=1 retention_duty=1");
}

}  // namespace
}  // namespace crmaudit::testing
