#include <gtest/gtest.h>

#include "tests/support/small_crm.h"

namespace crmaudit::testing {
namespace {

const std::vector<Role> every_detail{Role::event_time,  Role::event_count,  Role::event_address,
                                     Role::event_place, Role::event_client, Role::event_forwarded};

TEST(TrackingDetailKept, HitForEachKindOfDetail) {
    SmallCrm crm;
    crm.add(EntityKind::tracking_event, "opening", every_detail);
    crm.sql(
        "INSERT INTO opening(event_time, event_count, event_address, event_place, event_client, event_forwarded, "
        "deleted)"
        " VALUES ('2026-05-01', 1, '192.0.2.1', 'Musterstadt', 'Mail 1.0', 1, 0), ('2026-05-02', 2, ' ', NULL, '', 0, "
        "0),"
        " (NULL, 0, NULL, NULL, NULL, NULL, 0), ('2026-05-01', 9, '192.0.2.9', 'x', 'x', 1, 1);");
    EXPECT_EQ(summary(crm.audit("tracking_detail_kept")),
              "found 2/3 opening.event_count 2/3 opening.event_time 1/3 opening.event_address 1/3 opening.event_client"
              " 1/3 opening.event_forwarded 1/3 opening.event_place");
}

TEST(TrackingDetailKept, HitForDetailsInTheRowsOfPersons) {
    SmallCrm crm;
    crm.profile.entities.pop_back();
    crm.declare_absent(EntityKind::tracking_event);
    crm.map(Role::event_address);
    crm.sql("INSERT INTO person(id, event_address) VALUES ('p', '192.0.2.1'), ('q', NULL);");
    const AuditResult result = crm.audit("tracking_detail_kept");
    EXPECT_EQ(summary(result), "found 1/2 person.event_address");
    EXPECT_EQ(result.findings.at(0).facts, std::vector<std::string>{"event_address"});
    EXPECT_TRUE(result.findings.at(0).persons);
}

TEST(TrackingDetailKept, CleanWhenNothingIsKept) {
    SmallCrm crm;
    crm.add(EntityKind::tracking_event, "opening", every_detail);
    crm.sql("INSERT INTO opening(event_count) VALUES (0);");
    EXPECT_EQ(summary(crm.audit("tracking_detail_kept")), "clean");
}

TEST(TrackingDetailKept, MappingMissingIsNotChecked) {
    SmallCrm crm;
    EXPECT_EQ(summary(crm.audit("tracking_detail_kept")), "not_checked [ not_mapped: tracking_event]");
    crm.add(EntityKind::tracking_event, "opening", {Role::event_time});
    EXPECT_EQ(outcome(crm.audit("tracking_detail_kept")).gaps.size(), 5U);
}

TEST(TrackingDetailKept, NotApplicableWhereTheCrmKeepsNoEvents) {
    SmallCrm crm;
    crm.declare_absent(EntityKind::tracking_event);
    EXPECT_EQ(summary(crm.audit("tracking_detail_kept")), "not_applicable");
}

}  // namespace
}  // namespace crmaudit::testing
