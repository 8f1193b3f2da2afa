#include <gtest/gtest.h>

#include "tests/support/small_crm.h"

namespace crmaudit::testing {
namespace {

TEST(SoftOptInWithoutEvidence, HitUnlessAllConditionsAreShown) {
    SmallCrm crm;
    crm.profile.entities.pop_back();
    for (const Role role : {Role::customer, Role::similar_goods, Role::objection_notice}) crm.map(role);
    crm.sql(
        "INSERT INTO person(id, customer, similar_goods, objection_notice, consent, optout) VALUES"
        " ('shown', 1, 1, 1, 0, 0), ('half', 1, 1, 0, 0, 0), ('nothing', 1, NULL, NULL, 0, 0), ('agreed', 1, 0, 0, 1, "
        "0),"
        " ('refused', 1, 0, 0, 0, 1), ('stranger', 0, 0, 0, 0, 0), ('unmailed', 1, 0, 0, 0, 0);"
        "INSERT INTO mail(person_id, kind, sent) SELECT id, 'news', '2026-05-01' FROM person WHERE id <> 'unmailed';");
    EXPECT_EQ(summary(crm.audit("soft_opt_in_without_evidence")), "found 2/3 person");
}

TEST(SoftOptInWithoutEvidence, NoPlaceForTheEvidenceMakesItMissing) {
    SmallCrm crm;
    crm.profile.entities.pop_back();
    crm.map(Role::customer);
    crm.declare_absent(Role::similar_goods);
    crm.declare_absent(Role::objection_notice);
    crm.sql(
        "INSERT INTO person(id, customer) VALUES ('p', 1);"
        "INSERT INTO mail(person_id, kind, sent) VALUES ('p', 'news', '2026-05-01');");
    EXPECT_EQ(summary(crm.audit("soft_opt_in_without_evidence")), "found 1/1 person");
}

TEST(SoftOptInWithoutEvidence, CleanWhenNoCustomerIsMailed) {
    SmallCrm crm;
    crm.profile.entities.pop_back();
    for (const Role role : {Role::customer, Role::similar_goods, Role::objection_notice}) crm.map(role);
    crm.sql("INSERT INTO person(id, customer) VALUES ('p', 1);");
    EXPECT_EQ(summary(crm.audit("soft_opt_in_without_evidence")), "clean");
}

TEST(SoftOptInWithoutEvidence, MappingMissingIsNotChecked) {
    SmallCrm crm;
    crm.profile.entities.pop_back();
    crm.map(Role::similar_goods);
    crm.map(Role::objection_notice);
    EXPECT_EQ(summary(crm.audit("soft_opt_in_without_evidence")), "not_checked [person not_mapped: customer]");
}

TEST(SoftOptInWithoutEvidence, NotApplicableWhereNothingIsSold) {
    SmallCrm crm;
    crm.profile.entities.pop_back();
    crm.declare_absent(Role::customer);
    EXPECT_EQ(summary(crm.audit("soft_opt_in_without_evidence")), "not_applicable");
}

}  // namespace
}  // namespace crmaudit::testing
