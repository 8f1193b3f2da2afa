#include <gtest/gtest.h>

#include "tests/support/small_crm.h"

namespace crmaudit::testing {
namespace {

TEST(MailedAfterObjection, HitWhenAMailIsLaterThanTheObjection) {
    SmallCrm crm;
    crm.profile.entities.pop_back();
    crm.map(Role::marketing_granted_at);
    crm.sql(
        "INSERT INTO person(id, optout, optout_at) VALUES ('after', 1, '2026-03-01 12:00:00'),"
        " ('before', 1, '2026-03-01 12:00:00'), ('same', 1, '2026-03-01 12:00:00'), ('undated', 1, NULL),"
        " ('agreed', 0, '2026-03-01 12:00:00');"
        "UPDATE person SET marketing_granted_at = '2026-04-01' WHERE id = 'agreed';"
        "INSERT INTO mail(person_id, kind, sent) VALUES ('after', 'news', '2026-01-01'),"
        " ('after', 'news', '2026-03-01 12:00:01'), ('before', 'news', '2026-03-01 11:59:59'),"
        " ('same', 'news', '2026-03-01 12:00:00'), ('undated', 'news', '2026-05-01'), ('agreed', 'news', '2026-05-01'),"
        " ('before', 'open', '2026-05-01'), ('before', 'news', '2027-05-01');");
    EXPECT_EQ(summary(crm.audit("mailed_after_objection")), "found 1/4 person no_date=1");
}

TEST(MailedAfterObjection, CleanWithoutLaterMail) {
    SmallCrm crm;
    crm.profile.entities.pop_back();
    crm.sql("INSERT INTO person(id, optout, optout_at) VALUES ('p', 1, '2026-03-01');");
    EXPECT_EQ(summary(crm.audit("mailed_after_objection")), "clean");
}

TEST(MailedAfterObjection, MappingMissingIsNotChecked) {
    SmallCrm crm;
    crm.profile.entities.pop_back();
    crm.unmap(Role::marketing_objected);
    EXPECT_EQ(summary(crm.audit("mailed_after_objection")), "not_checked [person not_mapped: marketing_objected]");
}

TEST(MailedAfterObjection, NotApplicableWhereTheCrmKeepsNoDateOfObjection) {
    SmallCrm crm;
    crm.profile.entities.pop_back();
    crm.declare_absent(Role::marketing_objected);
    EXPECT_EQ(summary(crm.audit("mailed_after_objection")), "not_applicable");
}

}  // namespace
}  // namespace crmaudit::testing
