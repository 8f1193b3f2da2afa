// Schemas that tempt: what must not be mapped, and that it is said.
#include <gtest/gtest.h>

#include "tests/discover/discovered.h"

namespace crmaudit::testing {
namespace {

TEST(DiscoverTraps, FollowsNoKeyWhoseTableIsToldByValues) {
    const auto crm = catalog()
                         .schema("x")
                         .table("targets")
                         .column("id", "integer")
                         .key("id")
                         .column("last_name", "varchar(40)")
                         .column("email", "varchar(90)")
                         .table("calls")
                         .column("id", "integer")
                         .key("id")
                         .column("target_type", "varchar(20)")
                         .column("target_id", "integer")
                         .column("call_date", "timestamp");
    const Draft draft = discovered(crm);
    ASSERT_EQ(entities(draft), Places{"targets"});
    EXPECT_TRUE(entity(draft, "targets")->paths.empty());
    EXPECT_TRUE(notes(draft, "", {"calls.target_id", "target_type"}));
}

TEST(DiscoverTraps, TakesNoFlagThatOnlySpeaksOfDeletionForOne) {
    const auto crm = catalog()
                         .schema("x")
                         .table("contacts")
                         .column("id", "integer")
                         .key("id")
                         .column("last_name", "varchar(40)")
                         .column("email", "varchar(90)")
                         .column("can_be_deleted", "boolean")
                         .column("deleted", "char(1)");
    const Draft draft = discovered(crm);
    EXPECT_EQ(entity(draft, "contacts")->live, Condition{}) << "rows that are left aside here are judged by no rule";
    EXPECT_TRUE(entity(draft, "contacts")->in_role(Role::deleted).empty());
    EXPECT_TRUE(notes(draft, "contacts", {"deleted", "which value is not known"}));
}

TEST(DiscoverTraps, MapsNothingThatTheAccountMayNotRead) {
    const auto crm = catalog()
                         .schema("x")
                         .table("contacts")
                         .column("id", "integer")
                         .key("id")
                         .column("last_name", "varchar(40)")
                         .column("email", "varchar(90)")
                         .table("calls")
                         .column("id", "integer")
                         .key("id")
                         .column("contact_id", "integer")
                         .column("call_date", "timestamp")
                         .unreadable();
    const Draft draft = discovered(crm);
    EXPECT_TRUE(entity(draft, "contacts")->paths.empty());
    EXPECT_TRUE(notes(draft, "", {"calls", "may not read"}));
}

TEST(DiscoverTraps, LeavesCopiesAndTablesWithoutAKeyOut) {
    const auto crm = catalog()
                         .schema("x")
                         .table("contacts_bak")
                         .column("id", "integer")
                         .key("id")
                         .column("last_name", "varchar(40)")
                         .column("email", "varchar(90)")
                         .table("customers")
                         .column("number", "integer")
                         .column("last_name", "varchar(40)")
                         .column("email", "varchar(90)");
    const Draft draft = discovered(crm);
    EXPECT_TRUE(draft.profile.entities.empty());
    EXPECT_TRUE(notes(draft, "", {"contacts_bak", "copy"}));
    EXPECT_TRUE(notes(draft, "", {"customers", "without a key"}));
}

}  // namespace
}  // namespace crmaudit::testing
