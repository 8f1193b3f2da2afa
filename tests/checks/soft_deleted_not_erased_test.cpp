#include <gtest/gtest.h>

#include "tests/support/small_crm.h"

namespace crmaudit::testing {
namespace {

const std::map<std::string, std::string, std::less<>> thirty_days{{"after", "P30D"}};

TEST(SoftDeletedNotErased, HitForDeletedRowsThatStillHoldPersonalData) {
    SmallCrm crm;
    crm.profile.entities.pop_back();
    crm.sql(
        "INSERT INTO person(id, name, email, deleted, deleted_at) VALUES ('old', 'n', NULL, 1, '2026-01-01'),"
        " ('edge', 'n', NULL, 1, '2026-05-16'), ('due', NULL, 'e', 1, '2026-05-15'), ('undated', 'n', NULL, 1, NULL),"
        " ('erased', NULL, ' ', 1, '2026-01-01'), ('live', 'n', 'e', 0, '2020-01-01');");
    EXPECT_EQ(summary(crm.audit("soft_deleted_not_erased", thirty_days)), "found 3/5 person no_date=1");
}

TEST(SoftDeletedNotErased, CleanWhenDeletedRowsAreEmpty) {
    SmallCrm crm;
    crm.profile.entities.pop_back();
    crm.sql("INSERT INTO person(id, deleted, deleted_at) VALUES ('erased', 1, '2026-01-01');");
    EXPECT_EQ(summary(crm.audit("soft_deleted_not_erased", thirty_days)), "clean");
}

TEST(SoftDeletedNotErased, MappingMissingIsNotChecked) {
    SmallCrm crm;
    crm.profile.entities.pop_back();
    crm.unmap(Role::deleted);
    EXPECT_EQ(summary(crm.audit("soft_deleted_not_erased", thirty_days)), "not_checked [person not_mapped: deleted]");
}

TEST(SoftDeletedNotErased, NotApplicableWhereTheCrmDeletesForReal) {
    SmallCrm crm;
    crm.profile.entities.pop_back();
    crm.declare_absent(Role::deleted);
    EXPECT_EQ(summary(crm.audit("soft_deleted_not_erased", thirty_days)), "not_applicable");
}

}  // namespace
}  // namespace crmaudit::testing
