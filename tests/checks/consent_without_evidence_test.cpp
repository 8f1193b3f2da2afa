#include <gtest/gtest.h>

#include "tests/support/small_crm.h"

namespace crmaudit::testing {
namespace {

TEST(ConsentWithoutEvidence, HitForConsentWithoutADate) {
    SmallCrm crm;
    crm.profile.entities.pop_back();
    crm.sql(
        "INSERT INTO person(id, consent, consent_at, optout) VALUES ('proven', 1, '2025-01-01', 0),"
        " ('bare', 1, NULL, 0), ('zero', 1, '0000-00-00', 0), ('future', 1, '2030-01-01', 0), ('refused', 1, NULL, 1),"
        " ('none', 0, NULL, 0);");
    EXPECT_EQ(summary(crm.audit("consent_without_evidence")), "found 3/4 person");
}

TEST(ConsentWithoutEvidence, CleanWhenEveryConsentIsDated) {
    SmallCrm crm;
    crm.profile.entities.pop_back();
    crm.sql("INSERT INTO person(id, consent, consent_at) VALUES ('proven', 1, '2025-01-01'), ('none', 0, NULL);");
    EXPECT_EQ(summary(crm.audit("consent_without_evidence")), "clean");
}

TEST(ConsentWithoutEvidence, MappingMissingIsNotChecked) {
    SmallCrm crm;
    crm.profile.entities.pop_back();
    crm.unmap(Role::marketing_evidence);
    EXPECT_EQ(summary(crm.audit("consent_without_evidence")), "not_checked [person not_mapped: marketing_evidence]");
}

TEST(ConsentWithoutEvidence, NoPlaceForEvidenceMeansNobodyCanProveIt) {
    SmallCrm crm;
    crm.profile.entities.pop_back();
    crm.declare_absent(Role::marketing_evidence);
    crm.sql("INSERT INTO person(id, consent, consent_at) VALUES ('a', 1, '2025-01-01');");
    EXPECT_EQ(summary(crm.audit("consent_without_evidence")), "found 1/1 person");
}

}  // namespace
}  // namespace crmaudit::testing
