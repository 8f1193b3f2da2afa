#include <gtest/gtest.h>

#include "tests/support/small_crm.h"

namespace crmaudit::testing {
namespace {

const std::map<std::string, std::string, std::less<>> birthdays{{"categories", "birth_date age"}};

TEST(UnnecessaryField, HitForFilledBirthdaysOfLivePersons) {
    SmallCrm crm;
    crm.sql(
        "INSERT INTO person(id, birthday, deleted) VALUES ('a', '1980-01-01', 0), ('b', NULL, 0), ('c', '', 0),"
        " ('d', '0000-00-00', 0), ('e', '1990-01-01', 1), ('f', '1901-01-01', 0);");
    EXPECT_EQ(summary(crm.audit("unnecessary_field", birthdays)), "found 2/5 person.birthday");
}

TEST(UnnecessaryField, CleanWhenADeclaredPurposeNeedsIt) {
    SmallCrm crm;
    crm.sql("INSERT INTO person(id, birthday) VALUES ('a', '1980-01-01');");
    crm.purposes = {{"age_verification", {Category::birth_date}, {}}};
    EXPECT_EQ(summary(crm.audit("unnecessary_field", birthdays)), "found 1/1 person.birthday");
    crm.declared_purposes = {"age_verification"};
    EXPECT_EQ(summary(crm.audit("unnecessary_field", birthdays)), "clean");
}

TEST(UnnecessaryField, CleanWhenNobodyFilledIt) {
    SmallCrm crm;
    crm.sql("INSERT INTO person(id, birthday) VALUES ('a', NULL);");
    EXPECT_EQ(summary(crm.audit("unnecessary_field", birthdays)), "clean");
}

/// What a column that may not be empty holds after a purge.
TEST(UnnecessaryField, CleanWhereNothingButWhatStandsForNothingIsLeft) {
    SmallCrm crm;
    crm.sql(
        "CREATE TABLE card (id INTEGER PRIMARY KEY, age INTEGER NOT NULL, birthday TEXT NOT NULL, size INTEGER);"
        "INSERT INTO card VALUES (1, 0, 'crmaudit-erased-1', 0), (2, 40, '1980-01-01', 0);");
    crm.classified("card", "age").category = Category::age;
    crm.classified("card", "birthday").category = Category::birth_date;
    crm.classified("card", "size").category = Category::age;
    EXPECT_EQ(summary(crm.audit("unnecessary_field", birthdays)), "found 2/2 card.size 1/2 card.age 1/2 card.birthday");
}

TEST(UnnecessaryField, MappingMissingStillCountsRowsOfTheTable) {
    SmallCrm crm;
    crm.sql("INSERT INTO person(id, birthday, deleted) VALUES ('a', '1980-01-01', 1);");
    crm.has_profile = false;
    const AuditResult result = crm.audit("unnecessary_field", birthdays);
    EXPECT_EQ(summary(result), "found 1/1 person.birthday");
    EXPECT_FALSE(result.findings.at(0).persons) << "without a profile nobody knows what a row stands for";
}

}  // namespace
}  // namespace crmaudit::testing
