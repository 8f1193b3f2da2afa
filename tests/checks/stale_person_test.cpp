#include <gtest/gtest.h>

#include "tests/support/small_crm.h"

namespace crmaudit::testing {
namespace {

const std::map<std::string, std::string, std::less<>> three_years{{"after", "P3Y"}, {"missing_activity", "created"}};

TEST(StalePerson, HitWhenTheLatestOfAllSourcesIsTooOld) {
    SmallCrm crm;
    crm.sql(
        "INSERT INTO person(id, created) VALUES ('old', '2015-01-01'), ('both', '2015-01-01'), ('reply', '2015-01-01');"
        "INSERT INTO visit(person_id, at) VALUES ('old', '2020-01-01 10:00:00'), ('both', '2016-01-01'),"
        "  ('both', '2026-01-01'), ('reply', '2016-01-01');"
        "INSERT INTO mail(person_id, kind, sent) VALUES ('reply', 'reply', '2025-05-05 08:00:00');");
    EXPECT_EQ(summary(crm.audit("stale_person", three_years)), "found 1/3 person no_date=0");
}

TEST(StalePerson, CleanOnTheVeryDayThePeriodEnds) {
    SmallCrm crm;
    crm.sql(
        "INSERT INTO person(id, created) VALUES ('edge', '2015-01-01');"
        "INSERT INTO visit(person_id, at) VALUES ('edge', '2023-06-15 00:00:00');");
    EXPECT_EQ(summary(crm.audit("stale_person", three_years)), "clean");
    crm.sql("UPDATE visit SET at = '2023-06-14 23:59:59'");
    EXPECT_EQ(summary(crm.audit("stale_person", three_years)), "found 1/1 person no_date=0");
}

TEST(StalePerson, TellsTheYearsOfTheLatestContact) {
    SmallCrm crm;
    std::string persons;
    std::string visits;
    const auto add = [&](const std::string& id, const std::string& created, const std::vector<std::string>& contacts) {
        persons += (persons.empty() ? "('" : ", ('") + id + "', '" + created + "')";
        for (const std::string& at : contacts) visits += (visits.empty() ? "('" : ", ('") + id + "', '" + at + "')";
    };
    for (int i = 0; i < 6; ++i) {
        add("late" + std::to_string(i), "2014-01-01", {"2015-05-05", "2025-02-28"});
        add("early" + std::to_string(i), "2014-01-01", {"2019-12-31 23:59:59"});
        add("never" + std::to_string(i), "2016-02-29", {});
    }
    add("single", "2012-01-01", {"2018-01-01"});
    add("future", "2016-01-01", {"2031-01-01"});
    crm.sql("INSERT INTO person(id, created) VALUES " + persons + "; INSERT INTO visit(person_id, at) VALUES " +
            visits);
    const AuditResult result = crm.audit("stale_person", three_years);
    ASSERT_EQ(result.findings.size(), 1U);
    EXPECT_EQ(result.findings[0].ages,
              (std::vector<AgeBar>{{2016, 2016, 7, 7}, {2018, 2019, 7, 7}, {2025, 2025, 6, 0}}));
}

TEST(StalePerson, OpensNeverKeepAPersonFresh) {
    SmallCrm crm;
    crm.sql(
        "INSERT INTO person(id, created) VALUES ('p', '2015-01-01');"
        "INSERT INTO mail(person_id, kind, sent) VALUES ('p', 'open', '2026-06-01');");
    EXPECT_EQ(summary(crm.audit("stale_person", three_years)), "found 1/1 person no_date=0");
}

TEST(StalePerson, RunningRelationshipsAreNeverStale) {
    SmallCrm crm;
    crm.sql(
        "INSERT INTO person(id, created) VALUES ('p', '2015-01-01'), ('q', '2015-01-01');"
        "INSERT INTO deal(person_id, open) VALUES ('p', 0), ('p', 1), ('q', 0);");
    EXPECT_EQ(summary(crm.audit("stale_person", three_years)), "found 1/2 person no_date=0");
}

TEST(StalePerson, FutureAndAncientDatesDoNotCount) {
    SmallCrm crm;
    crm.sql(
        "INSERT INTO person(id, created) VALUES ('future', '2015-01-01'), ('ancient', '2026-06-01');"
        "INSERT INTO visit(person_id, at) VALUES ('future', '2099-01-01'), ('future', '2019-01-01'),"
        "  ('ancient', '1899-12-31');");
    EXPECT_EQ(summary(crm.audit("stale_person", three_years)), "found 1/2 person no_date=0");
}

TEST(StalePerson, PersonsWithoutAnyDateAreUnknownAndCountedApart) {
    SmallCrm crm;
    crm.sql("INSERT INTO person(id, created) VALUES ('dateless', NULL), ('garbage', 'soon'), ('old', '2001-01-01');");
    EXPECT_EQ(summary(crm.audit("stale_person", three_years)), "found 1/3 person no_date=2");
    EXPECT_EQ(summary(crm.audit("stale_person", {{"after", "P3Y"}})), "clean");
}

TEST(StalePerson, SoftDeletedRowsAreLeftOut) {
    SmallCrm crm;
    crm.sql("INSERT INTO person(id, created, deleted) VALUES ('gone', '2001-01-01', 1);");
    EXPECT_EQ(summary(crm.audit("stale_person", three_years)), "clean");
}

TEST(StalePerson, MappingMissingIsNotChecked) {
    SmallCrm crm;
    crm.unmap(Role::activity);
    EXPECT_EQ(summary(crm.audit("stale_person", three_years)),
              "not_checked [person not_mapped: activity] [lead not_mapped: activity]");
    crm.has_profile = false;
    EXPECT_EQ(summary(crm.audit("stale_person", three_years)), "not_checked [ no_profile]");
}

TEST(StalePerson, OneMissingSourceIsEnoughNotToJudge) {
    SmallCrm crm;
    crm.sql("INSERT INTO person(id, created) VALUES ('p', '2001-01-01'); DROP TABLE visit;");
    EXPECT_EQ(summary(crm.audit("stale_person", three_years)), "not_checked [person not_in_catalog: visit]");
}

TEST(StalePerson, SaysWhereNoRelationshipIsMapped) {
    SmallCrm crm;
    crm.sql("INSERT INTO person(id, created) VALUES ('p', '2001-01-01');");
    crm.unmap(Role::relationship);
    const AuditResult result = crm.audit("stale_person", three_years);
    ASSERT_EQ(result.findings.size(), 1U);
    EXPECT_EQ(result.findings[0].facts, std::vector<std::string>{"no_relationship_mapped"});
}

TEST(StalePerson, FailsWithItsReasonWhenThePeriodIsWrong) {
    SmallCrm crm;
    const AuditResult result = crm.audit("stale_person", {{"after", "3 years"}});
    EXPECT_EQ(outcome(result).status, OutcomeStatus::failed);
    EXPECT_NE(outcome(result).reason.find("ISO 8601"), std::string::npos);
}

TEST(StalePerson, OnlyWhatThePolicyNamesIsAContact) {
    SmallCrm crm;
    crm.profile.entities.pop_back();
    crm.map(Role::responded);
    crm.map(Role::clicked);
    crm.sql(
        "INSERT INTO person(id, created, responded, clicked) VALUES ('called', '2015-01-01', NULL, NULL),"
        " ('wrote', '2015-01-01', '2026-01-01', NULL), ('clicked', '2015-01-01', '2016-01-01', '2025-01-01');"
        "INSERT INTO visit(person_id, at) VALUES ('called', '2026-01-01');");
    auto from_the_person = three_years;
    from_the_person["activity"] = "responded clicked";
    EXPECT_EQ(summary(crm.audit("stale_person", from_the_person)), "found 1/3 person no_date=0");
    EXPECT_EQ(summary(crm.audit("stale_person", three_years)), "found 2/3 person no_date=0");
    crm.unmap(Role::clicked);
    EXPECT_EQ(summary(crm.audit("stale_person", from_the_person)), "not_checked [person not_mapped: clicked]");
}

TEST(StalePerson, AHoldExemptsThePersonAndADutyToKeepDocumentsDoesNot) {
    SmallCrm crm;
    crm.profile.entities.pop_back();
    crm.map(Role::hold);
    crm.map(Role::retention_duty);
    crm.sql(
        "INSERT INTO person(id, created, hold, retention_duty) VALUES ('free', '2001-01-01', 0, 0),"
        " ('held', '2001-01-01', 1, 1), ('invoiced', '2001-01-01', 0, 1), ('young', '2026-01-01', 1, 1);");
    EXPECT_EQ(summary(crm.audit("stale_person", three_years)), "found 2/4 person no_date=0 hold=1 retention_duty=1");
}

}  // namespace
}  // namespace crmaudit::testing
