#include <gtest/gtest.h>

#include "tests/support/small_crm.h"

namespace crmaudit::testing {
namespace {

const std::map<std::string, std::string, std::less<>> two_years{{"after", "P2Y"}};

TEST(StaleConsent, HitWhenNothingHappenedSince) {
    SmallCrm crm;
    crm.profile.entities.pop_back();
    crm.map(Role::marketing_granted_at);
    crm.sql(
        "INSERT INTO person(id, consent, optout, marketing_granted_at) VALUES ('old', 1, 0, '2024-06-14 23:59:59'),"
        " ('edge', 1, 0, '2024-06-15'), ('used', 1, 0, '2020-01-01'), ('mailed long ago', 0, 0, '2020-01-01'),"
        " ('withdrawn', 1, 1, '2020-01-01'), ('undated', 1, 0, NULL);"
        "INSERT INTO mail(person_id, kind, sent) VALUES ('used', 'news', '2024-06-15'),"
        " ('mailed long ago', 'news', '2024-06-14'), ('old', 'reply', '2026-01-01');");
    EXPECT_EQ(summary(crm.audit("stale_consent", two_years)), "found 2/5 person");
}

TEST(StaleConsent, CleanWhenRenewed) {
    SmallCrm crm;
    crm.profile.entities.pop_back();
    crm.map(Role::marketing_granted_at);
    crm.map(Role::marketing_granted_at, "informed");
    crm.sql("INSERT INTO person(id, marketing_granted_at, informed) VALUES ('renewed', '2020-01-01', '2026-01-01');");
    EXPECT_EQ(summary(crm.audit("stale_consent", two_years)), "clean");
}

TEST(StaleConsent, MappingMissingIsNotChecked) {
    SmallCrm crm;
    crm.profile.entities.pop_back();
    EXPECT_EQ(summary(crm.audit("stale_consent", two_years)), "not_checked [person not_mapped: marketing_granted_at]");
}

TEST(StaleConsent, NotApplicableWhereConsentHasNoDate) {
    SmallCrm crm;
    crm.profile.entities.pop_back();
    crm.declare_absent(Role::marketing_granted_at);
    EXPECT_EQ(summary(crm.audit("stale_consent", two_years)), "not_applicable");
}

}  // namespace
}  // namespace crmaudit::testing
