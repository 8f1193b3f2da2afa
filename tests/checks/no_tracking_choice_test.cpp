#include <gtest/gtest.h>

#include "tests/support/small_crm.h"

namespace crmaudit::testing {
namespace {

TEST(NoTrackingChoice, HitForEveryTrackedPersonWhereNobodyCanRefuse) {
    SmallCrm crm;
    crm.profile.entities.pop_back();
    crm.sql(
        "INSERT INTO person(id, tracking_ok) VALUES ('agreed', 1), ('silent', 0), ('untracked', 0);"
        "INSERT INTO mail(person_id, kind, sent) VALUES ('agreed', 'open', '2026-05-01'),"
        " ('silent', 'open', '2026-05-01'), ('untracked', 'news', '2026-05-01');");
    const AuditResult result = crm.audit("no_tracking_choice");
    EXPECT_EQ(summary(result), "found 2/3 person");
    EXPECT_EQ(result.findings.at(0).facts, std::vector<std::string>{"no_place_for_refusal"});
}

TEST(NoTrackingChoice, CleanWhereThereIsAPlaceForBoth) {
    SmallCrm crm;
    crm.profile.entities.pop_back();
    crm.profile.entities.front().absent.clear();
    crm.map(Role::tracking_refused_at);
    crm.sql(
        "INSERT INTO person(id) VALUES ('p');"
        "INSERT INTO mail(person_id, kind, sent) VALUES ('p', 'open', '2026-05-01');");
    EXPECT_EQ(summary(crm.audit("no_tracking_choice")), "clean");
}

TEST(NoTrackingChoice, MappingMissingIsNotChecked) {
    SmallCrm crm;
    crm.profile.entities.pop_back();
    crm.unmap(Role::tracking_granted);
    EXPECT_EQ(summary(crm.audit("no_tracking_choice")), "not_checked [person not_mapped: tracking_granted]");
}

TEST(NoTrackingChoice, NotApplicableWhereNothingIsTracked) {
    SmallCrm crm;
    crm.profile.entities.pop_back();
    crm.declare_absent(Role::tracked);
    EXPECT_EQ(summary(crm.audit("no_tracking_choice")), "not_applicable");
}

}  // namespace
}  // namespace crmaudit::testing
