#include <gtest/gtest.h>

#include "tests/support/small_crm.h"

namespace crmaudit::testing {
namespace {

const std::map<std::string, std::string, std::less<>> one_month{{"within", "P1M"}};

TEST(NoticeOverdue, HitAtTheEarliestOfTheThreeDates) {
    SmallCrm crm;
    crm.profile.entities.pop_back();
    crm.sql(
        "INSERT INTO person(id, created, self, informed) VALUES"
        " ('self today', '2026-06-15', 1, NULL), ('bought today', '2026-06-15', 0, NULL),"
        " ('month over', '2026-05-14', 0, NULL), ('last day', '2026-05-15', 0, NULL),"
        " ('mailed', '2026-06-10', 0, NULL), ('informed', '2026-01-10', 0, '2026-02-09'),"
        " ('late', '2026-01-10', 0, '2026-02-11'), ('self late', '2026-01-10', 1, '2026-01-12'),"
        " ('self at once', '2026-01-10 10:00:00', 1, '2026-01-10 18:00:00'), ('unknown source', '2026-06-01', NULL, "
        "NULL);"
        "INSERT INTO mail(person_id, kind, sent) VALUES ('mailed', 'news', '2026-06-12');");
    EXPECT_EQ(summary(crm.audit("notice_overdue", one_month)), "found 5/10 person");
}

TEST(NoticeOverdue, CountsCalendarMonthsToTheEndOfFebruary) {
    SmallCrm crm;
    crm.profile.entities.pop_back();
    crm.sql(
        "INSERT INTO person(id, created, self, informed) VALUES ('in time', '2026-01-31', 0, '2026-02-28'),"
        " ('too late', '2026-01-31', 0, '2026-03-01');");
    EXPECT_EQ(summary(crm.audit("notice_overdue", one_month)), "found 1/2 person");
}

TEST(NoticeOverdue, CleanWhileNothingIsDue) {
    SmallCrm crm;
    crm.profile.entities.pop_back();
    crm.sql("INSERT INTO person(id, created, self) VALUES ('new', '2026-06-01', 0), ('dateless', NULL, 1);");
    EXPECT_EQ(summary(crm.audit("notice_overdue", one_month)), "clean");
}

TEST(NoticeOverdue, MappingMissingIsNotChecked) {
    SmallCrm crm;
    crm.profile.entities.pop_back();
    crm.unmap(Role::notice);
    EXPECT_EQ(summary(crm.audit("notice_overdue", one_month)), "not_checked [person not_mapped: notice]");
}

TEST(NoticeOverdue, NoPlaceForANoticeMeansNobodyCanProveIt) {
    SmallCrm crm;
    crm.profile.entities.pop_back();
    crm.declare_absent(Role::notice);
    crm.sql(
        "INSERT INTO person(id, created, informed) VALUES ('old', '2026-01-01', '2026-01-02'), ('new', '2026-06-14', "
        "NULL);");
    EXPECT_EQ(summary(crm.audit("notice_overdue", one_month)), "found 1/2 person");
}

}  // namespace
}  // namespace crmaudit::testing
