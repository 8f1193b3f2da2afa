#include <gtest/gtest.h>

#include "tests/support/small_crm.h"

namespace crmaudit::testing {
namespace {

TEST(DuplicatePerson, HitForTheSameNameWithTheSameAddress) {
    SmallCrm crm;
    crm.profile.entities.pop_back();
    crm.map(Role::name, "name");
    crm.sql(
        "INSERT INTO person(id, name, email, deleted) VALUES ('1', 'Erika', 'erika@example.org', 0),"
        " ('2', 'Erika', 'erika@example.org', 0), ('3', 'Erika', 'other@example.org', 0),"
        " ('4', 'Max', 'erika@example.org', 0), ('5', 'Paula', NULL, 0), ('6', 'Paula', NULL, 0),"
        " ('7', 'Max', 'erika@example.org', 1);");
    EXPECT_EQ(summary(crm.audit("duplicate_person")), "found 2/6 person");
}

TEST(DuplicatePerson, TellsPersonsApartByTheirBirthdayWhereNothingElseIsMapped) {
    SmallCrm crm;
    crm.profile.entities.pop_back();
    crm.map(Role::name, "name");
    crm.unmap(Role::email);
    crm.map(Role::birth_date, "birthday");
    crm.sql(
        "INSERT INTO person(id, name, birthday) VALUES ('1', 'Erika', '1980-01-01'), ('2', 'Erika', '1980-01-01'),"
        " ('3', 'Erika', '1980-01-01'), ('4', 'Erika', '1981-01-01');");
    EXPECT_EQ(summary(crm.audit("duplicate_person")), "found 3/4 person");
}

TEST(DuplicatePerson, CleanWhenEverybodyIsKeptOnce) {
    SmallCrm crm;
    crm.profile.entities.pop_back();
    crm.map(Role::name, "name");
    crm.sql("INSERT INTO person(id, name, email) VALUES ('1', 'Erika', 'erika@example.org');");
    EXPECT_EQ(summary(crm.audit("duplicate_person")), "clean");
}

TEST(DuplicatePerson, MappingMissingIsNotChecked) {
    SmallCrm crm;
    crm.profile.entities.pop_back();
    EXPECT_EQ(summary(crm.audit("duplicate_person")), "not_checked [person not_mapped: name]");
    crm.map(Role::name, "name");
    crm.unmap(Role::email);
    EXPECT_EQ(summary(crm.audit("duplicate_person")), "not_checked [person not_mapped: email]");
}

TEST(DuplicatePerson, NotApplicableWhereNoNamesAreKept) {
    SmallCrm crm;
    crm.profile.entities.pop_back();
    crm.declare_absent(Role::name);
    EXPECT_EQ(summary(crm.audit("duplicate_person")), "not_applicable");
}

}  // namespace
}  // namespace crmaudit::testing
