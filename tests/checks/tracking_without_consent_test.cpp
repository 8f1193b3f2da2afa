#include <gtest/gtest.h>

#include "tests/support/small_crm.h"

namespace crmaudit::testing {
namespace {

constexpr const char* opened =
    "INSERT INTO person(id, tracking_ok) VALUES ('agreed', 1), ('silent', 0), ('untracked', 0);"
    "INSERT INTO mail(person_id, kind, sent) VALUES ('agreed', 'open', '2026-05-01'),"
    " ('silent', 'open', '2026-05-01'), ('silent', 'open', '2026-05-02'),"
    " ('untracked', 'news', '2026-05-01');";

TEST(TrackingWithoutConsent, HitForTrackedPersonsWhoDidNotAgree) {
    SmallCrm crm;
    crm.profile.entities.pop_back();
    crm.sql(opened);
    EXPECT_EQ(summary(crm.audit("tracking_without_consent")), "found 1/2 person refused=0 unknown=1");
}

TEST(TrackingWithoutConsent, NoPlaceForSuchAConsentIsNotAMissingMapping) {
    SmallCrm crm;
    crm.profile.entities.pop_back();
    crm.sql(opened);
    crm.declare_absent(Role::tracking_granted);
    const AuditResult result = crm.audit("tracking_without_consent");
    EXPECT_EQ(summary(result), "found 2/2 person refused=0 unknown=2");
    ASSERT_EQ(result.findings.size(), 1U);
    EXPECT_EQ(result.findings[0].facts.at(0), "no_place_for_consent");
}

TEST(TrackingWithoutConsent, ConsentToMarketingIsNoConsentToTracking) {
    SmallCrm crm;
    crm.profile.entities.pop_back();
    crm.sql(
        "INSERT INTO person(id, consent, tracking_ok) VALUES ('p', 1, 0);"
        "INSERT INTO mail(person_id, kind, sent) VALUES ('p', 'open', '2026-05-01');");
    EXPECT_EQ(summary(crm.audit("tracking_without_consent")), "found 1/1 person refused=0 unknown=1");
}

TEST(TrackingWithoutConsent, CleanWhenNobodyIsTracked) {
    SmallCrm crm;
    crm.profile.entities.pop_back();
    crm.sql("INSERT INTO person(id) VALUES ('p');");
    EXPECT_EQ(summary(crm.audit("tracking_without_consent")), "clean");
}

TEST(TrackingWithoutConsent, MappingMissingIsNotChecked) {
    SmallCrm crm;
    crm.profile.entities.pop_back();
    crm.unmap(Role::tracking_granted);
    EXPECT_EQ(summary(crm.audit("tracking_without_consent")), "not_checked [person not_mapped: tracking_granted]");
}

}  // namespace
}  // namespace crmaudit::testing
