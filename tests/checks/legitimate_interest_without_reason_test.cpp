#include <gtest/gtest.h>

#include "tests/support/small_crm.h"

namespace crmaudit::testing {
namespace {

TEST(LegitimateInterestWithoutReason, HitWhenNobodyWroteDownWhich) {
    SmallCrm crm;
    crm.profile.entities.pop_back();
    crm.map(Role::legitimate_interest);
    crm.map(Role::interest_reason);
    crm.sql(
        "INSERT INTO person(id, legitimate_interest, interest_reason) VALUES ('silent', 1, NULL), ('blank', 1, '  '),"
        " ('said', 1, 'asked for an offer at a fair'), ('other basis', 0, NULL);");
    EXPECT_EQ(summary(crm.audit("legitimate_interest_without_reason")), "found 2/3 person");
}

TEST(LegitimateInterestWithoutReason, NoPlaceForAReasonIsNotAMissingMapping) {
    SmallCrm crm;
    crm.profile.entities.pop_back();
    crm.map(Role::legitimate_interest);
    crm.declare_absent(Role::interest_reason);
    crm.sql("INSERT INTO person(id, legitimate_interest) VALUES ('p', 1), ('q', 0);");
    const AuditResult result = crm.audit("legitimate_interest_without_reason");
    EXPECT_EQ(summary(result), "found 1/1 person");
    EXPECT_EQ(result.findings.at(0).facts.back(), "no_place_for_reason");
}

TEST(LegitimateInterestWithoutReason, CleanWhenEachHasAReason) {
    SmallCrm crm;
    crm.profile.entities.pop_back();
    crm.map(Role::legitimate_interest);
    crm.map(Role::interest_reason);
    crm.sql("INSERT INTO person(id, legitimate_interest, interest_reason) VALUES ('p', 1, 'running enquiry');");
    EXPECT_EQ(summary(crm.audit("legitimate_interest_without_reason")), "clean");
}

TEST(LegitimateInterestWithoutReason, MappingMissingIsNotChecked) {
    SmallCrm crm;
    crm.profile.entities.pop_back();
    crm.map(Role::legitimate_interest);
    EXPECT_EQ(summary(crm.audit("legitimate_interest_without_reason")),
              "not_checked [person not_mapped: interest_reason]");
}

TEST(LegitimateInterestWithoutReason, NotApplicableWhereNoBasisIsKept) {
    SmallCrm crm;
    crm.profile.entities.pop_back();
    crm.declare_absent(Role::legitimate_interest);
    EXPECT_EQ(summary(crm.audit("legitimate_interest_without_reason")), "not_applicable");
}

}  // namespace
}  // namespace crmaudit::testing
