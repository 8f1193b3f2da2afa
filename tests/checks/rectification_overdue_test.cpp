#include <gtest/gtest.h>

#include "tests/support/small_crm.h"

namespace crmaudit::testing {
namespace {

const std::map<std::string, std::string, std::less<>> a_month{{"within", "P1M"}};
const std::vector<Role> roles{Role::request_rectification, Role::received, Role::answered};

TEST(RectificationOverdue, HitAfterACalendarMonth) {
    SmallCrm crm;
    crm.add(EntityKind::request, "request", roles);
    crm.sql(
        "INSERT INTO request(request_rectification, received, answered) VALUES (1, '2026-05-14', 0), (1, '2026-05-15', "
        "0),"
        " (1, '2026-01-01', 1), (0, '2026-01-01', 0), (1, NULL, 0);");
    EXPECT_EQ(summary(crm.audit("rectification_overdue", a_month)), "found 1/4 request");
}

TEST(RectificationOverdue, CleanOnTheVeryDayTheMonthEnds) {
    SmallCrm crm;
    crm.add(EntityKind::request, "request", roles);
    crm.sql("INSERT INTO request(request_rectification, received) VALUES (1, '2026-05-15 00:00:00');");
    EXPECT_EQ(summary(crm.audit("rectification_overdue", a_month)), "clean");
}

TEST(RectificationOverdue, MappingMissingIsNotChecked) {
    SmallCrm crm;
    EXPECT_EQ(summary(crm.audit("rectification_overdue", a_month)), "not_checked [ not_mapped: request]");
    crm.add(EntityKind::request, "request", roles);
    crm.unmap(Role::received);
    EXPECT_EQ(summary(crm.audit("rectification_overdue", a_month)), "not_checked [request not_mapped: received]");
}

TEST(RectificationOverdue, NotApplicableWhereTheCrmKeepsNoRequests) {
    SmallCrm crm;
    crm.declare_absent(EntityKind::request);
    EXPECT_EQ(summary(crm.audit("rectification_overdue", a_month)), "not_applicable");
}

}  // namespace
}  // namespace crmaudit::testing
