#include <gtest/gtest.h>

#include "tests/support/small_crm.h"

namespace crmaudit::testing {
namespace {

constexpr const char* people =
    "INSERT INTO person(id, consent, optout) VALUES ('granted', 1, 0), ('refused', 0, 1),"
    " ('both', 1, 1), ('silent', 0, 0), ('null', NULL, NULL), ('unmailed', 0, 1);"
    "INSERT INTO mail(person_id, kind, sent) SELECT id, 'news', '2026-05-01' FROM person"
    " WHERE id <> 'unmailed';";

TEST(MarketingWithoutConsent, HitKeepsRefusedAndUnknownApart) {
    SmallCrm crm;
    crm.unmap(Role::activity);
    crm.profile.entities.pop_back();
    crm.sql(people);
    EXPECT_EQ(summary(crm.audit("marketing_without_consent")), "found 4/5 person refused=2 unknown=2");
}

TEST(MarketingWithoutConsent, CountsWhoAgreedOverAllPersons) {
    SmallCrm crm;
    crm.profile.entities.pop_back();
    crm.sql(people);
    const AuditResult result = crm.audit("marketing_without_consent");
    ASSERT_EQ(result.consent.size(), 2U);
    EXPECT_EQ(result.consent[0],
              (ConsentCount{"person", "marketing", 1, 3, 2, {{"person.consent", 1}}, {{"person.optout", 3}}}));
    EXPECT_EQ(result.consent[1], (ConsentCount{"person", "tracking", 0, 0, 6}));
}

TEST(MarketingWithoutConsent, CleanWhenEveryMailedPersonAgreed) {
    SmallCrm crm;
    crm.profile.entities.pop_back();
    crm.sql(
        "INSERT INTO person(id, consent) VALUES ('granted', 1), ('unmailed', 0);"
        "INSERT INTO mail(person_id, kind, sent) VALUES ('granted', 'news', '2026-05-01');");
    EXPECT_EQ(summary(crm.audit("marketing_without_consent")), "clean");
}

TEST(MarketingWithoutConsent, MappingMissingIsNotChecked) {
    SmallCrm crm;
    crm.profile.entities.pop_back();
    crm.unmap(Role::marketing_granted);
    EXPECT_EQ(summary(crm.audit("marketing_without_consent")), "not_checked [person not_mapped: marketing_granted]");
}

TEST(MarketingWithoutConsent, NoPlaceForConsentMakesEveryMailedPersonUnknown) {
    SmallCrm crm;
    crm.profile.entities.pop_back();
    crm.sql(people);
    crm.declare_absent(Role::marketing_granted);
    EXPECT_EQ(summary(crm.audit("marketing_without_consent")), "found 5/5 person refused=2 unknown=3");
}

const std::map<std::string, std::string, std::less<>> individual_counts{{"individual", "counts"}};

void keep_business(SmallCrm& crm) {
    crm.profile.entities.pop_back();
    for (const Role role : {Role::individual_sent, Role::responded, Role::customer}) crm.map(role);
}

TEST(MarketingWithoutConsent, ColdMailToOnePersonCountsWhereThePolicySaysSo) {
    SmallCrm crm;
    keep_business(crm);
    crm.sql(
        "INSERT INTO person(id, individual_sent, responded, customer, consent) VALUES"
        " ('cold', '2026-05-01', NULL, 0, 0), ('answered', '2026-05-01', '2026-05-02', 0, 0),"
        " ('customer', '2026-05-01', NULL, 1, 0), ('in talks', '2026-05-01', NULL, 0, 0),"
        " ('agreed', '2026-05-01', NULL, 0, 1), ('never written to', NULL, NULL, 0, 0);"
        "INSERT INTO deal(person_id, open) VALUES ('in talks', 1);");
    EXPECT_EQ(summary(crm.audit("marketing_without_consent")), "clean");
    EXPECT_EQ(summary(crm.audit("marketing_without_consent", individual_counts)),
              "found 1/2 person refused=0 unknown=1");
}

TEST(MarketingWithoutConsent, ColdMailThatIsNotMappedIsAGapWhereItCounts) {
    SmallCrm crm;
    keep_business(crm);
    crm.unmap(Role::responded);
    crm.sql(
        "INSERT INTO person(id, individual_sent) VALUES ('p', '2026-05-01');"
        "INSERT INTO mail(person_id, kind, sent) VALUES ('p', 'news', '2026-05-01');");
    EXPECT_EQ(summary(crm.audit("marketing_without_consent", individual_counts)),
              "found [person not_mapped: responded] 1/1 person refused=0 unknown=1");
}

TEST(MarketingWithoutConsent, CustomersOfUnknownConsentStandApartWhereThePolicySaysSo) {
    SmallCrm crm;
    keep_business(crm);
    crm.sql(people);
    crm.sql("UPDATE person SET customer = 1 WHERE id IN ('silent', 'refused', 'granted');");
    EXPECT_EQ(summary(crm.audit("marketing_without_consent")), "found 4/5 person refused=2 unknown=2");
    EXPECT_EQ(summary(crm.audit("marketing_without_consent", {{"existing_customers", "apart"}})),
              "found 3/4 person refused=2 unknown=1");
}

}  // namespace
}  // namespace crmaudit::testing
