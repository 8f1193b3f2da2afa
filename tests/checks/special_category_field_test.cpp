#include <gtest/gtest.h>

#include "tests/support/small_crm.h"

namespace crmaudit::testing {
namespace {

TEST(SpecialCategoryField, HitForAFilledReligion) {
    SmallCrm crm;
    crm.sql("INSERT INTO person(id, religion) VALUES ('a', 'x'), ('b', NULL), ('c', ' ');");
    EXPECT_EQ(summary(crm.audit("special_category_field")), "found 1/3 person.religion");
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
