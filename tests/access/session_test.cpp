#include "auditor/access/session.h"

#include <gtest/gtest.h>

#include "tests/access/small_permissions.h"

namespace crmaudit::access {
namespace {

std::vector<Id> holders_of(const Session& session) {
    std::vector<Id> ids;
    for (const Holder& holder : session.holders) ids.push_back(holder.id);
    return ids;
}

TEST(Session, HoldsWhatIsInheritedThroughRolesAndPublicLast) {
    SmallPermissions small;
    const Id anna = small.add("anna"), sales = small.add("sales"), staff = small.add("staff"),
             admins = small.add("admins");
    small.join(sales, anna);
    small.join(staff, sales);
    small.join(admins, anna, false);
    const Index index{small.facts};
    EXPECT_EQ(holders_of(session_of(index, anna)), (std::vector<Id>{anna, sales, staff, Permissions::everybody}));
    EXPECT_EQ(settable_roles(index, anna), (std::vector<Id>{sales, staff, admins}));
    EXPECT_EQ(holders_of(session_as(index, anna, admins)), (std::vector<Id>{admins, Permissions::everybody}));
}

TEST(Session, FollowsACircleOfRolesOnce) {
    SmallPermissions small;
    const Id a = small.add("a"), b = small.add("b"), c = small.add("c");
    small.join(a, b);
    small.join(b, c);
    small.join(c, a);
    const Index index{small.facts};
    EXPECT_EQ(holders_of(session_of(index, a)), (std::vector<Id>{a, c, b, Permissions::everybody}));
    EXPECT_EQ(settable_roles(index, a), (std::vector<Id>{b, c}));
    EXPECT_EQ(telling_sessions(index, a).size(), 1U);
}

TEST(Session, LeavesOutMembershipsOfRolesThatDoNotExist) {
    SmallPermissions small;
    const Id anna = small.add("anna");
    small.join(4711, anna);
    small.join(Permissions::none, anna);
    const Index index{small.facts};
    EXPECT_EQ(holders_of(session_of(index, anna)), (std::vector<Id>{anna, Permissions::everybody}));
    EXPECT_TRUE(settable_roles(index, anna).empty());
}

TEST(Session, AddsARoleToOnesOwnRightsWhereTheProductDoes) {
    SmallPermissions small;
    small.facts.roles_add_to_own = true;
    const Id anna = small.add("anna"), sales = small.add("sales"), staff = small.add("staff");
    small.join(sales, anna, false);
    small.join(staff, anna, false);
    small.facts.principals[anna].default_role = staff;
    const Index index{small.facts};
    EXPECT_EQ(holders_of(session_of(index, anna)), (std::vector<Id>{anna, staff, Permissions::everybody}));
    EXPECT_EQ(holders_of(session_as(index, anna, sales)), (std::vector<Id>{anna, sales, Permissions::everybody}));
}

TEST(Session, GivesRolesOnThroughAnyMembershipWithTheOptionButNeverASuperuser) {
    SmallPermissions small;
    const Id anna = small.add("anna"), sales = small.add("sales"), staff = small.add("staff"), root = small.add("root");
    small.facts.principals[root].superuser = true;
    small.facts.memberships.push_back({sales, anna, false, true, false});
    small.facts.memberships.push_back({staff, sales, true, true, true});
    small.facts.memberships.push_back({root, anna, false, true, true});
    const Index index{small.facts};
    EXPECT_EQ(roles_to_pass_on(index, session_of(index, anna)), (std::vector<Id>{staff}));
    EXPECT_TRUE(roles_to_pass_on(index, session_of(index, staff)).empty());
}

}  // namespace
}  // namespace crmaudit::access
