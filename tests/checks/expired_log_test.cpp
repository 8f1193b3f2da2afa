#include <gtest/gtest.h>

#include "tests/support/small_crm.h"

namespace crmaudit::testing {
namespace {

const std::map<std::string, std::string, std::less<>> a_year{{"after", "P1Y"}};

TEST(ExpiredLog, HitForRowsOlderThanThePeriod) {
    SmallCrm crm;
    crm.add(EntityKind::log, "visit_log", {Role::created});
    crm.sql(
        "INSERT INTO visit_log(created, deleted) VALUES ('2025-06-14 23:59:59', 0), ('2025-06-15', 0), (NULL, 0),"
        " ('2099-01-01', 0), ('2001-01-01', 1);");
    const AuditResult result = crm.audit("expired_log", a_year);
    EXPECT_EQ(summary(result), "found 1/4 visit_log");
    EXPECT_FALSE(result.findings.at(0).persons);
}

TEST(ExpiredLog, LeavesOutWhatMustBeKept) {
    SmallCrm crm;
    crm.add(EntityKind::log, "visit_log", {Role::created, Role::hold, Role::retention_duty});
    crm.sql(
        "INSERT INTO visit_log(created, hold, retention_duty) VALUES ('2001-01-01', 0, 0), ('2001-01-01', 1, 0),"
        " ('2001-01-01', 0, 1), ('2026-01-01', 1, 1);");
    EXPECT_EQ(summary(crm.audit("expired_log", a_year)), "found 1/4 visit_log hold=1 retention_duty=1");
}

TEST(ExpiredLog, CleanWhenTheLogIsYoung) {
    SmallCrm crm;
    crm.add(EntityKind::log, "visit_log", {Role::created});
    crm.sql("INSERT INTO visit_log(created) VALUES ('2026-01-01');");
    EXPECT_EQ(summary(crm.audit("expired_log", a_year)), "clean");
}

TEST(ExpiredLog, MappingMissingIsNotChecked) {
    SmallCrm crm;
    EXPECT_EQ(summary(crm.audit("expired_log", a_year)), "not_checked [ not_mapped: log]");
    crm.add(EntityKind::log, "visit_log", {});
    crm.map(Role::personal, "", "visit_log");
    EXPECT_EQ(summary(crm.audit("expired_log", a_year)), "not_checked [visit_log not_mapped: created]");
}

TEST(ExpiredLog, NotApplicableWhereTheCrmKeepsNoLogs) {
    SmallCrm crm;
    crm.declare_absent(EntityKind::log);
    EXPECT_EQ(summary(crm.audit("expired_log", a_year)), "not_applicable");
}

}  // namespace
}  // namespace crmaudit::testing
