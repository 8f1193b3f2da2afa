#include <gtest/gtest.h>

#include "tests/support/small_crm.h"

namespace crmaudit::testing {
namespace {

TEST(ErasedPersonLeftovers, HitWhenAPlaceWasNotEmptied) {
    SmallCrm crm;
    crm.profile.entities.pop_back();
    crm.map(Role::erased);
    crm.map(Role::leftover);
    crm.sql(
        "INSERT INTO person(id, name, erased, leftover, deleted) VALUES ('left', 'ERASED', 1, 1, 0),"
        " ('left and hidden', 'ERASED', 1, 1, 1), ('gone', 'ERASED', 1, 0, 0), ('there', 'Erika', 0, 1, 0);");
    EXPECT_EQ(summary(crm.audit("erased_person_leftovers")), "found 2/3 person");
}

TEST(ErasedPersonLeftovers, HitByTheRowItselfWhereNoPlacesAreMapped) {
    SmallCrm crm;
    crm.profile.entities.pop_back();
    crm.map(Role::erased);
    crm.sql(
        "INSERT INTO person(id, email, erased) VALUES ('left', 'erika@example.org', 1), ('gone', NULL, 1),"
        " ('there', 'max@example.org', 0);");
    EXPECT_EQ(summary(crm.audit("erased_person_leftovers")), "found 1/2 person");
}

TEST(ErasedPersonLeftovers, CleanWhenNothingIsLeft) {
    SmallCrm crm;
    crm.profile.entities.pop_back();
    crm.map(Role::erased);
    crm.map(Role::leftover);
    crm.sql("INSERT INTO person(id, name, erased, leftover) VALUES ('gone', 'ERASED', 1, 0);");
    EXPECT_EQ(summary(crm.audit("erased_person_leftovers")), "clean");
}

TEST(ErasedPersonLeftovers, MappingMissingIsNotChecked) {
    SmallCrm crm;
    crm.profile.entities.pop_back();
    EXPECT_EQ(summary(crm.audit("erased_person_leftovers")), "not_checked [person not_mapped: erased]");
}

TEST(ErasedPersonLeftovers, NotApplicableWhereTheCrmLeavesNoTombstone) {
    SmallCrm crm;
    crm.profile.entities.pop_back();
    crm.declare_absent(Role::erased);
    EXPECT_EQ(summary(crm.audit("erased_person_leftovers")), "not_applicable");
}

}  // namespace
}  // namespace crmaudit::testing
