#include <gtest/gtest.h>

#include "tests/support/small_crm.h"

namespace crmaudit::testing {
namespace {

/// So many persons, the first of them with these values.
void fill(SmallCrm& crm, int persons, const std::string& first) {
    crm.counts_columns = true;
    crm.sql("WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < " + std::to_string(persons) +
            ") INSERT INTO person(id, name, email) SELECT i, 'n' || i, i || '@example.org' FROM n;" + first);
}

TEST(UnusedField, HitForFieldsThatHardlyAnybodyHas) {
    SmallCrm crm;
    fill(crm, 300, "UPDATE person SET religion = 'r' || id, birthday = '1980-01-0' || id WHERE id IN ('1', '2');");
    const AuditResult result = crm.audit("unused_field");
    EXPECT_EQ(summary(result), "found 2/300 person.birthday 2/300 person.religion");
    EXPECT_EQ(result.findings.at(0).facts, (std::vector<std::string>{"rarely_filled"}));
    EXPECT_TRUE(result.findings.at(0).persons);
    EXPECT_NE(result.findings.at(0).evidence_sql.find("birthday"), std::string::npos);
}

TEST(UnusedField, HitForFieldsThatAreTheSameThroughout) {
    SmallCrm crm;
    fill(crm, 120, "UPDATE person SET religion = 'none' WHERE id <= 50;");
    const AuditResult result = crm.audit("unused_field");
    ASSERT_EQ(summary(result).substr(0, 5), "found");
    EXPECT_EQ(result.findings.at(0).object.column, "religion");
    EXPECT_EQ(result.findings.at(0).facts, (std::vector<std::string>{"always_the_same"}));
}

TEST(UnusedField, HitByTheShareThatThePolicySays) {
    SmallCrm crm;
    fill(crm, 100, "UPDATE person SET religion = 'r' || id WHERE id IN ('1', '2', '3');");
    EXPECT_EQ(summary(crm.audit("unused_field", {{"share", "3"}})), "clean");
    EXPECT_EQ(summary(crm.audit("unused_field", {{"share", "4"}})), "found 3/100 person.religion");
}

TEST(UnusedField, CleanForSmallTablesAndFieldsThatNobodyEverFilled) {
    SmallCrm crm;
    fill(crm, 99, "UPDATE person SET religion = 'none';");
    EXPECT_EQ(summary(crm.audit("unused_field")), "clean");
    EXPECT_EQ(summary(crm.audit("unused_field", {{"rows", "99"}})), "found 99/99 person.religion")
        << "the birthday, which nobody has, is data of nobody";
}

TEST(UnusedField, MappingMissingCountsAreAGapForEachTable) {
    SmallCrm crm;
    EXPECT_EQ(summary(crm.audit("unused_field")), "not_checked [lead not_counted] [person not_counted]");
}

TEST(UnusedField, MappingMissingStillCountsRowsOfTheTable) {
    SmallCrm crm;
    crm.has_profile = false;
    fill(crm, 100, "UPDATE person SET religion = 'none';");
    const AuditResult result = crm.audit("unused_field");
    EXPECT_EQ(summary(result), "found 100/100 person.religion");
    EXPECT_FALSE(result.findings.at(0).persons);
}

}  // namespace
}  // namespace crmaudit::testing
