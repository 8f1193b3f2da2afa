#include <gtest/gtest.h>

#include "tests/support/small_crm.h"

namespace crmaudit::testing {
namespace {

TEST(ImplausibleDate, HitForDatesThatCannotBe) {
    SmallCrm crm;
    crm.profile.entities.pop_back();
    crm.map(Role::birth_date, "birthday");
    crm.sql(
        "INSERT INTO person(id, created, birthday, deleted) VALUES ('fine', '2026-06-15 23:59:59', '1980-02-29', 0),"
        " ('future', '2026-06-16', '2026-06-16', 0), ('ancient', '1899-12-31', '1899-12-31', 0),"
        " ('none', NULL, NULL, 0), ('hidden', '2099-01-01', NULL, 1);");
    EXPECT_EQ(summary(crm.audit("implausible_date")), "found 2/3 person.birthday 2/3 person.created");
}

TEST(ImplausibleDate, CleanWhenAllDatesCanBe) {
    SmallCrm crm;
    crm.profile.entities.pop_back();
    crm.sql("INSERT INTO person(id, created) VALUES ('edge', '1900-01-01'), ('today', '2026-06-15');");
    EXPECT_EQ(summary(crm.audit("implausible_date")), "clean");
}

TEST(ImplausibleDate, MappingMissingIsNotChecked) {
    SmallCrm crm;
    crm.profile.entities.pop_back();
    crm.unmap(Role::created);
    crm.unmap(Role::notice);
    EXPECT_EQ(summary(crm.audit("implausible_date")), "not_checked [person not_mapped: created]");
}

}  // namespace
}  // namespace crmaudit::testing
