#include <gtest/gtest.h>

#include "tests/support/small_crm.h"

namespace crmaudit::testing {
namespace {

void prepare(SmallCrm& crm) {
    crm.profile.entities.pop_back();
    crm.map(Role::tracked_at);
    crm.map(Role::tracking_refused_at);
}

TEST(TrackingAfterWithdrawal, HitWhenAnOpenIsLaterThanEveryWithdrawal) {
    SmallCrm crm;
    prepare(crm);
    crm.sql(
        "INSERT INTO person(id, tracked_at, tracking_refused_at, optout_at) VALUES"
        " ('after tracking', '2026-05-01', '2026-04-01', NULL), ('after mail', '2026-05-01', NULL, '2026-04-01'),"
        " ('after both', '2026-05-01', '2026-03-01', '2026-04-01'), ('between', '2026-05-01', '2026-04-01', "
        "'2026-06-01'),"
        " ('same moment', '2026-05-01', '2026-05-01', NULL), ('before', '2026-01-01', '2026-05-01', NULL),"
        " ('no withdrawal', '2026-05-01', NULL, NULL), ('future', '2027-05-01', '2026-05-01', NULL);");
    EXPECT_EQ(summary(crm.audit("tracking_after_withdrawal")),
              "found 3/7 person after_tracking_withdrawal=2 after_mail_objection=2");
}

TEST(TrackingAfterWithdrawal, CleanWhenThePersonAgreedAnewMeanwhile) {
    SmallCrm crm;
    prepare(crm);
    crm.map(Role::tracking_granted_at);
    crm.sql(
        "INSERT INTO person(id, tracked_at, tracking_refused_at, tracking_granted_at) VALUES"
        " ('anew', '2026-05-01', '2026-03-01', '2026-04-01');");
    EXPECT_EQ(summary(crm.audit("tracking_after_withdrawal")), "clean");
    crm.sql("UPDATE person SET tracking_granted_at = '2026-06-01'");
    EXPECT_EQ(summary(crm.audit("tracking_after_withdrawal")),
              "found 1/1 person after_tracking_withdrawal=1 after_mail_objection=0");
}

TEST(TrackingAfterWithdrawal, MappingMissingIsNotChecked) {
    SmallCrm crm;
    prepare(crm);
    crm.unmap(Role::tracked_at);
    EXPECT_EQ(summary(crm.audit("tracking_after_withdrawal")), "not_checked [person not_mapped: tracked_at]");
}

TEST(TrackingAfterWithdrawal, NotApplicableWhereNoDateOfAWithdrawalIsKept) {
    SmallCrm crm;
    prepare(crm);
    crm.declare_absent(Role::tracking_refused_at);
    crm.declare_absent(Role::marketing_objected);
    EXPECT_EQ(outcome(crm.audit("tracking_after_withdrawal")).reason, "no_objection_dates");
    crm.declare_absent(Role::tracked_at);
    EXPECT_EQ(outcome(crm.audit("tracking_after_withdrawal")).reason, "no_tracking");
}

}  // namespace
}  // namespace crmaudit::testing
