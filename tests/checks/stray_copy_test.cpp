#include <gtest/gtest.h>

#include "tests/support/small_crm.h"

namespace crmaudit::testing {
namespace {

TEST(StrayCopy, HitForCopiesThatHoldPersonalData) {
    SmallCrm crm;
    crm.sql(
        "CREATE TABLE person_bak_2019 (id TEXT, name TEXT); CREATE TABLE tmp_person (name TEXT);"
        "CREATE TABLE KundenKopie (name TEXT); CREATE TABLE tmp_settings (k TEXT);"
        "INSERT INTO person_bak_2019 VALUES ('a', 'n'), ('b', 'n'); INSERT INTO KundenKopie VALUES ('n');");
    EXPECT_EQ(summary(crm.audit("stray_copy")), "found 2/2 person_bak_2019 1/1 KundenKopie");
}

TEST(StrayCopy, CleanForEmptyCopiesAndNamesThatOnlyContainTheLetters) {
    SmallCrm crm;
    crm.sql(
        "CREATE TABLE tmp_person (name TEXT); CREATE TABLE goldfish (name TEXT); CREATE TABLE bakery (name TEXT);"
        "INSERT INTO goldfish VALUES ('n'); INSERT INTO bakery VALUES ('n');");
    EXPECT_EQ(summary(crm.audit("stray_copy")), "clean");
}

TEST(StrayCopy, MappingMissingMakesNoDifference) {
    SmallCrm crm;
    crm.has_profile = false;
    crm.sql("CREATE TABLE person_bak (name TEXT); INSERT INTO person_bak VALUES ('n');");
    EXPECT_EQ(summary(crm.audit("stray_copy")), "found 1/1 person_bak");
}

}  // namespace
}  // namespace crmaudit::testing
