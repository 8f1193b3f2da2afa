#include <gtest/gtest.h>

#include "tests/support/small_crm.h"

namespace crmaudit::testing {
namespace {

TEST(SpecialCategoryField, HitForAFilledReligion) {
    SmallCrm crm;
    crm.sql("INSERT INTO person(id, religion) VALUES ('a', 'x'), ('b', NULL), ('c', ' ');");
    EXPECT_EQ(summary(crm.audit("special_category_field")), "found 1/3 person.religion");
}

TEST(SpecialCategoryField, HitInATableThatExtendsPersonsCountsPersons) {
    SmallCrm crm;
    crm.profile.entities[0].paths.push_back({"custom", {{{"", "person_custom"}, {{"id_c", "id", false}}, {}}}});
    crm.sql(
        "CREATE TABLE person_custom (id_c TEXT PRIMARY KEY, religion TEXT);"
        "INSERT INTO person(id, deleted) VALUES ('a', 0), ('b', 0), ('c', 1);"
        "INSERT INTO person_custom VALUES ('a', 'x'), ('b', NULL), ('c', 'x'), ('nobody', 'x');");
    const AuditResult result = crm.audit("special_category_field");
    EXPECT_EQ(summary(result), "found 1/2 person_custom.religion");
    EXPECT_TRUE(result.findings.at(0).persons);
    EXPECT_EQ(result.persons.at(0).affected, 1);
}

TEST(SpecialCategoryField, CleanWhenEmpty) {
    SmallCrm crm;
    crm.sql("INSERT INTO person(id, religion) VALUES ('a', NULL);");
    EXPECT_EQ(summary(crm.audit("special_category_field")), "clean");
}

TEST(SpecialCategoryField, MappingMissingStillCountsRowsOfTheTable) {
    SmallCrm crm;
    crm.sql("INSERT INTO person(id, religion) VALUES ('a', 'x');");
    crm.has_profile = false;
    EXPECT_EQ(summary(crm.audit("special_category_field")), "found 1/1 person.religion");
}

}  // namespace
}  // namespace crmaudit::testing
