#include <gtest/gtest.h>

#include "tests/support/message_crm.h"

namespace crmaudit::testing {
namespace {

class OptOutCrm : public SmallCrm {
public:
    OptOutCrm() { add_messages(*this); }
    AuditResult audit_links() { return audit("no_opt_out_link", {{"terms", "abmelden\nopt out"}}); }
};

TEST(NoOptOutLink, HitsBulkMessagesAndTemplatesWithoutOne) {
    OptOutCrm crm;
    crm.sql(R"(INSERT INTO letter (id, way, bulk, body) VALUES
        (1, 'out', 1, '<p>Angebote, jederzeit abmelden</p>'),
        (2, 'out', 1, '<a href="https://www.example.org/">Angebote</a>'),
        (3, 'out', 1, '<a href="https://www.example.org/1">hier abmelden</a>'),
        (4, 'out', 0, '<p>Ein Brief an eine Person</p>'),
        (5, 'in', 1, '<p>Etwas, das ankam</p>'),
        (6, 'out', 1, '   ');
        INSERT INTO draft VALUES (1, 'Hallo {name}'), (2, 'Hallo {unsubscribe_text}'), (3, NULL))");
    EXPECT_EQ(summary(crm.audit_links()),
              "found 2/3 letter.body templates=0 stored=5 1/2 draft.body templates=1 stored=3");
}

TEST(NoOptOutLink, HitsOnlyTemplatesOfBulkMailWhereTheCrmTellsThem) {
    OptOutCrm crm;
    Entity& draft = crm.profile.entities.back();
    std::erase_if(draft.absent, [](const Absence& absence) { return absence.role == Role::bulk; });
    draft.attributes.push_back(
        {"many", ValueType::flag, Role::bulk, OwnCondition{{OneOf{column("id"), {"1"}}}}, false});
    crm.sql("INSERT INTO draft VALUES (1, 'Rundschreiben'), (2, 'Antwort')");
    EXPECT_EQ(summary(crm.audit_links()), "found 1/1 draft.body templates=1 stored=2");
}

TEST(NoOptOutLink, CleanWhereEveryMessageHasOne) {
    OptOutCrm crm;
    crm.sql(R"(INSERT INTO letter (id, way, bulk, body) VALUES
        (1, 'out', 1, '<a href="https://www.example.org/unsubscribe/1">x</a>'),
        (2, 'out', 1, '<a href="mailto:news@example.org?subject=Abmeldung">x</a>'))");
    EXPECT_EQ(summary(crm.audit_links()), "clean");
}

TEST(NoOptOutLink, MappingMissing) {
    OptOutCrm crm;
    crm.unmap(Role::bulk);
    EXPECT_EQ(summary(crm.audit_links()), "not_checked [letter not_mapped: bulk]");
}

TEST(NoOptOutLink, NotApplicableWithoutMessages) {
    SmallCrm crm;
    crm.profile.absent.push_back({EntityKind::message, "mails are not kept"});
    EXPECT_EQ(summary(crm.audit("no_opt_out_link", {{"terms", "abmelden"}})), "not_applicable");
}

TEST(NoOptOutLink, NotApplicableWhereNothingIsAsked) {
    OptOutCrm crm;
    crm.profile.entities.pop_back();
    for (const Role role : {Role::bulk, Role::first_contact}) crm.declare_absent(role);
    crm.sql("INSERT INTO letter (id, way, body) VALUES (1, 'out', 'Ein Brief')");
    EXPECT_EQ(summary(crm.audit_links()), "not_applicable");
}

}  // namespace
}  // namespace crmaudit::testing
