#include <gtest/gtest.h>

#include "tests/support/small_crm.h"

namespace crmaudit::testing {
namespace {

TEST(MissingLegalBasis, HitForEmptyFieldsAndPlaceholders) {
    SmallCrm crm;
    crm.profile.entities.pop_back();
    crm.map(Role::legal_basis);
    crm.sql(
        "INSERT INTO person(id, legal_basis) VALUES ('none', NULL), ('blank', ' '), ('unknown', 'Unknown'),"
        " ('contract', 'contract');");
    EXPECT_EQ(summary(crm.audit("missing_legal_basis")), "found 2/4 person");
    EXPECT_EQ(summary(crm.audit("missing_legal_basis", {{"placeholders", "unknown\nn/a"}})), "found 3/4 person");
}

TEST(MissingLegalBasis, CleanWhenEachHasOne) {
    SmallCrm crm;
    crm.profile.entities.pop_back();
    crm.map(Role::legal_basis);
    crm.sql("INSERT INTO person(id, legal_basis) VALUES ('p', 'contract');");
    EXPECT_EQ(summary(crm.audit("missing_legal_basis")), "clean");
}

TEST(MissingLegalBasis, MappingMissingIsNotChecked) {
    SmallCrm crm;
    crm.profile.entities.pop_back();
    EXPECT_EQ(summary(crm.audit("missing_legal_basis")), "not_checked [person not_mapped: legal_basis]");
}

TEST(MissingLegalBasis, NotApplicableWhereNoBasisIsKept) {
    SmallCrm crm;
    crm.profile.entities.pop_back();
    crm.declare_absent(Role::legal_basis);
    EXPECT_EQ(summary(crm.audit("missing_legal_basis")), "not_applicable");
}

}  // namespace
}  // namespace crmaudit::testing
