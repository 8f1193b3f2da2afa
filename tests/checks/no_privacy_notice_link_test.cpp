#include <gtest/gtest.h>

#include "tests/support/message_crm.h"

namespace crmaudit::testing {
namespace {

class NoticeCrm : public SmallCrm {
public:
    NoticeCrm() { add_messages(*this); }
    AuditResult audit_links() {
        return audit("no_privacy_notice_link",
                     {{"terms", "datenschutz"}, {"privacy_address", "https://www.example.org/p"}});
    }
};

TEST(NoPrivacyNoticeLink, HitsBulkAndFirstMessagesAndTemplatesWithoutOne) {
    NoticeCrm crm;
    crm.sql(R"(INSERT INTO letter (id, way, bulk, first, body) VALUES
        (1, 'out', 1, 0, '<p>Angebote</p>'),
        (2, 'out', 0, 1, '<p>Guten Tag, Sie kennen uns noch nicht</p>'),
        (3, 'out', 0, 1, '<p>Guten Tag</p><a href="https://example.org/p">Hinweise</a>'),
        (4, 'out', 1, 0, '<p>Angebote und Datenschutz</p>'),
        (5, 'out', 0, 0, '<p>Antwort</p>'),
        (6, 'in', 1, 1, '<p>Anfrage</p>');
        INSERT INTO draft VALUES (1, 'Hallo'))");
    EXPECT_EQ(summary(crm.audit_links()),
              "found 2/4 letter.body templates=0 stored=5 1/1 draft.body templates=1 stored=1");
}

TEST(NoPrivacyNoticeLink, CleanWithATermOrTheAddress) {
    NoticeCrm crm;
    crm.sql(R"(INSERT INTO letter (id, way, bulk, body) VALUES
        (1, 'out', 1, 'DATENSCHUTZ: www.example.org/x'), (2, 'out', 1, 'mehr unter http://example.org/p'))");
    EXPECT_EQ(summary(crm.audit_links()), "clean");
}

TEST(NoPrivacyNoticeLink, MappingMissing) {
    NoticeCrm crm;
    crm.unmap(Role::first_contact);
    EXPECT_EQ(summary(crm.audit_links()), "not_checked [letter not_mapped: first_contact]");
}

TEST(NoPrivacyNoticeLink, NotApplicableWithoutMessages) {
    SmallCrm crm;
    crm.profile.absent.push_back({EntityKind::message, "mails are not kept"});
    EXPECT_EQ(summary(crm.audit("no_privacy_notice_link", {{"terms", "datenschutz"}})), "not_applicable");
}

TEST(NoPrivacyNoticeLink, NotApplicableWhereNothingIsAsked) {
    NoticeCrm crm;
    crm.profile.entities.pop_back();
    for (const Role role : {Role::bulk, Role::first_contact}) crm.declare_absent(role);
    crm.sql("INSERT INTO letter (id, way, body) VALUES (1, 'out', 'Ein Brief')");
    EXPECT_EQ(summary(crm.audit_links()), "not_applicable");
}

}  // namespace
}  // namespace crmaudit::testing
