#include <gtest/gtest.h>

#include "tests/support/small_crm.h"

namespace crmaudit::testing {
namespace {

TEST(OrphanedPersonalRows, HitForRowsWithoutTheirPerson) {
    SmallCrm crm;
    crm.add(EntityKind::message, "letter", {Role::owner, Role::personal});
    crm.sql(
        "INSERT INTO letter(owner, personal) VALUES (0, 'erika@example.org'), (0, NULL), (0, ' '),"
        " (1, 'max@example.org'), (NULL, 'paula@example.org');");
    EXPECT_EQ(summary(crm.audit("orphaned_personal_rows")), "found 2/5 letter");
}

TEST(OrphanedPersonalRows, HitForEveryRowWithoutAPersonWhereNoColumnIsNamed) {
    SmallCrm crm;
    crm.add(EntityKind::message, "letter", {Role::owner});
    crm.sql("INSERT INTO letter(owner) VALUES (0), (1);");
    EXPECT_EQ(summary(crm.audit("orphaned_personal_rows")), "found 1/2 letter");
}

TEST(OrphanedPersonalRows, FollowsThePathToThePersonAcrossNulls) {
    SmallCrm crm;
    crm.add(EntityKind::message, "letter", {Role::personal});
    crm.sql(
        "ALTER TABLE letter ADD COLUMN person_id TEXT; INSERT INTO person(id) VALUES ('p');"
        "INSERT INTO letter(person_id, personal) VALUES ('p', 'a@example.org'), ('gone', 'b@example.org'),"
        " (NULL, 'c@example.org');");
    Entity& letter = crm.profile.entities.back();
    letter.paths = {
        {"person", {{{"", "letter"}, {{"id", "id", false}}, {}}, {{"", "person"}, {{"id", "person_id", false}}, {}}}}};
    letter.attributes.push_back(
        {"owner", ValueType::flag, Role::owner, Related{"person", Aggregate::any, {}, {}}, false});
    EXPECT_EQ(summary(crm.audit("orphaned_personal_rows")), "found 2/3 letter");
}

TEST(OrphanedPersonalRows, CleanWhenEveryRowHasItsPerson) {
    SmallCrm crm;
    crm.add(EntityKind::message, "letter", {Role::owner, Role::personal});
    crm.sql("INSERT INTO letter(owner, personal) VALUES (1, 'max@example.org');");
    EXPECT_EQ(summary(crm.audit("orphaned_personal_rows")), "clean");
}

TEST(OrphanedPersonalRows, MappingMissingIsNotChecked) {
    SmallCrm crm;
    EXPECT_EQ(summary(crm.audit("orphaned_personal_rows")), "not_checked [ not_mapped: owner]");
}

TEST(OrphanedPersonalRows, NotApplicableWhereTheProfileSaysThatNoRowBelongsToAPerson) {
    SmallCrm crm;
    crm.add(EntityKind::message, "letter", {});
    crm.declare_absent(Role::owner);
    EXPECT_EQ(summary(crm.audit("orphaned_personal_rows")), "not_applicable");
}

}  // namespace
}  // namespace crmaudit::testing
