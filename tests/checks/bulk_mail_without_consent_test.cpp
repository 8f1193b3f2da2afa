#include <gtest/gtest.h>

#include "tests/support/small_crm.h"

namespace crmaudit::testing {
namespace {

TEST(BulkMailWithoutConsent, HitForMassMailAlone) {
    SmallCrm crm;
    crm.profile.entities.pop_back();
    crm.map(Role::marketing_listed);
    crm.map(Role::individual_sent);
    crm.sql(
        "INSERT INTO person(id, consent, optout, marketing_listed, individual_sent) VALUES ('agreed', 1, 0, 0, NULL),"
        " ('refused', 1, 1, 0, NULL), ('silent', 0, 0, 0, NULL), ('listed', 0, 0, 1, NULL),"
        " ('written to', 0, 0, 0, '2026-05-01');"
        "INSERT INTO mail(person_id, kind, sent) SELECT id, 'news', '2026-05-01' FROM person"
        " WHERE id IN ('agreed', 'refused', 'silent');");
    EXPECT_EQ(summary(crm.audit("bulk_mail_without_consent")), "found 2/3 person refused=1 unknown=1");
}

TEST(BulkMailWithoutConsent, CleanWhenEveryRecipientAgreed) {
    SmallCrm crm;
    crm.profile.entities.pop_back();
    crm.sql(
        "INSERT INTO person(id, consent) VALUES ('agreed', 1), ('unmailed', 0);"
        "INSERT INTO mail(person_id, kind, sent) VALUES ('agreed', 'news', '2026-05-01'),"
        " ('unmailed', 'news', '2027-01-01');");
    EXPECT_EQ(summary(crm.audit("bulk_mail_without_consent")), "clean");
}

TEST(BulkMailWithoutConsent, MappingMissingIsNotChecked) {
    SmallCrm crm;
    crm.profile.entities.pop_back();
    crm.unmap(Role::marketing_sent);
    EXPECT_EQ(summary(crm.audit("bulk_mail_without_consent")), "not_checked [person not_mapped: marketing_sent]");
}

TEST(BulkMailWithoutConsent, NotApplicableWhereTheCrmSendsNoSuchMail) {
    SmallCrm crm;
    crm.profile.entities.pop_back();
    crm.declare_absent(Role::marketing_sent);
    EXPECT_EQ(summary(crm.audit("bulk_mail_without_consent")), "not_applicable");
}

}  // namespace
}  // namespace crmaudit::testing
