#include <gtest/gtest.h>

#include "tests/support/small_crm.h"

namespace crmaudit::testing {
namespace {

const std::map<std::string, std::string, std::less<>> letters{
    {"after", "P6Y"}, {"kind", "message"}, {"start", "created"}};

TEST(RetentionExpired, HitWhenThePeriodSinceTheStartIsOver) {
    SmallCrm crm;
    crm.add(EntityKind::message, "letter", {Role::created});
    crm.sql(
        "INSERT INTO letter(created, deleted) VALUES ('2020-06-14 23:59:59', 0), ('2020-06-15', 0), (NULL, 0),"
        " ('2001-01-01', 1);");
    EXPECT_EQ(summary(crm.audit("retention_expired", letters)), "found 1/3 letter no_date=1");
}

TEST(RetentionExpired, LeavesOutWhatMustBeKept) {
    SmallCrm crm;
    crm.add(EntityKind::message, "letter", {Role::created, Role::hold, Role::retention_duty});
    crm.sql(
        "INSERT INTO letter(created, hold, retention_duty) VALUES ('2001-01-01', 0, 0), ('2001-01-01', 1, 0),"
        " ('2001-01-01', 1, 1), ('2001-01-01', 0, 1);");
    EXPECT_EQ(summary(crm.audit("retention_expired", letters)), "found 1/4 letter no_date=0 hold=2 retention_duty=1");
}

TEST(RetentionExpired, CleanOnTheLastDay) {
    SmallCrm crm;
    crm.add(EntityKind::message, "letter", {Role::created});
    crm.sql("INSERT INTO letter(created) VALUES ('2020-06-15');");
    EXPECT_EQ(summary(crm.audit("retention_expired", letters)), "clean");
}

TEST(RetentionExpired, MappingMissingIsNotChecked) {
    SmallCrm crm;
    EXPECT_EQ(summary(crm.audit("retention_expired", letters)), "not_checked [ not_mapped: message]");
    crm.add(EntityKind::message, "letter", {});
    crm.map(Role::personal, "", "letter");
    EXPECT_EQ(summary(crm.audit("retention_expired", letters)), "not_checked [letter not_mapped: created]");
}

TEST(RetentionExpired, NotApplicableWhereTheCrmKeepsNoSuchThing) {
    SmallCrm crm;
    crm.declare_absent(EntityKind::message);
    EXPECT_EQ(summary(crm.audit("retention_expired", letters)), "not_applicable");
}

TEST(RetentionExpired, FailsWithItsReasonWhenAParameterIsWrong) {
    SmallCrm crm;
    EXPECT_NE(outcome(crm.audit("retention_expired", {{"after", "P6Y"}, {"kind", "letters"}})).reason.find("kind"),
              std::string::npos);
    EXPECT_NE(outcome(crm.audit("retention_expired", {{"after", "P6Y"}, {"kind", "message"}, {"start", "email"}}))
                  .reason.find("start"),
              std::string::npos);
}

}  // namespace
}  // namespace crmaudit::testing
