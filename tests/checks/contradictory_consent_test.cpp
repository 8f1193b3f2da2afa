#include <gtest/gtest.h>

#include "tests/support/small_crm.h"

namespace crmaudit::testing {
namespace {

TEST(ContradictoryConsent, HitWhenBothAreSaid) {
    SmallCrm crm;
    crm.profile.entities.pop_back();
    crm.sql(
        "INSERT INTO person(id, consent, optout, deleted) VALUES ('both', 1, 1, 0), ('agreed', 1, 0, 0),"
        " ('refused', 0, 1, 0), ('neither', NULL, NULL, 0), ('gone', 1, 1, 1);");
    EXPECT_EQ(summary(crm.audit("contradictory_consent")), "found 1/4 person");
}

TEST(ContradictoryConsent, CleanWhenAnObjectionFollowedTheConsent) {
    SmallCrm crm;
    crm.profile.entities.pop_back();
    crm.map(Role::marketing_granted_at);
    crm.sql(
        "INSERT INTO person(id, consent, optout, optout_at, marketing_granted_at)"
        " VALUES ('later', 0, 1, '2026-02-01', '2026-01-01');");
    EXPECT_EQ(summary(crm.audit("contradictory_consent")), "clean");
}

TEST(ContradictoryConsent, MappingMissingIsNotChecked) {
    SmallCrm crm;
    crm.profile.entities.pop_back();
    crm.unmap(Role::marketing_refused);
    crm.unmap(Role::marketing_objected);
    EXPECT_EQ(summary(crm.audit("contradictory_consent")), "not_checked [person not_mapped: marketing_refused]");
}

TEST(ContradictoryConsent, NotApplicableWhereTheCrmKnowsOnlyObjections) {
    SmallCrm crm;
    crm.profile.entities.pop_back();
    crm.declare_absent(Role::marketing_granted);
    EXPECT_EQ(summary(crm.audit("contradictory_consent")), "not_applicable");
}

}  // namespace
}  // namespace crmaudit::testing
