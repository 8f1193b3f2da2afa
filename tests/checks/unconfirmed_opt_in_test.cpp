#include <gtest/gtest.h>

#include "tests/support/small_crm.h"

namespace crmaudit::testing {
namespace {

TEST(UnconfirmedOptIn, HitWhileNobodyHasConfirmed) {
    SmallCrm crm;
    crm.profile.entities.pop_back();
    crm.map(Role::marketing_pending);
    crm.sql(
        "INSERT INTO person(id, marketing_pending, consent, optout) VALUES ('waiting', 1, 0, 0), ('agreed', 1, 1, 0),"
        " ('refused', 1, 0, 1), ('never asked', 0, 0, 0);");
    EXPECT_EQ(summary(crm.audit("unconfirmed_opt_in")), "found 1/4 person");
}

TEST(UnconfirmedOptIn, CleanOnceConfirmed) {
    SmallCrm crm;
    crm.profile.entities.pop_back();
    crm.map(Role::marketing_pending);
    crm.map(Role::marketing_granted_at);
    crm.sql("INSERT INTO person(id, marketing_pending, marketing_granted_at) VALUES ('agreed', 1, '2026-01-01');");
    EXPECT_EQ(summary(crm.audit("unconfirmed_opt_in")), "clean");
}

TEST(UnconfirmedOptIn, MappingMissingIsNotChecked) {
    SmallCrm crm;
    crm.profile.entities.pop_back();
    EXPECT_EQ(summary(crm.audit("unconfirmed_opt_in")), "not_checked [person not_mapped: marketing_pending]");
}

TEST(UnconfirmedOptIn, NotApplicableWhereConsentIsNotConfirmed) {
    SmallCrm crm;
    crm.profile.entities.pop_back();
    crm.declare_absent(Role::marketing_pending);
    EXPECT_EQ(summary(crm.audit("unconfirmed_opt_in")), "not_applicable");
}

}  // namespace
}  // namespace crmaudit::testing
