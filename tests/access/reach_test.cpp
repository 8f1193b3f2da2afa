#include "auditor/access/reach.h"

#include <gtest/gtest.h>

#include "auditor/access/future.h"
#include "auditor/access/row_security.h"
#include "tests/access/small_permissions.h"

namespace crmaudit::access {
namespace {

using Small = SmallPermissions;

TEST(EffectiveReach, NamesThePathOfEachGrant) {
    Small small;
    const Id anna = small.add("anna"), sales = small.add("sales"), boss = small.add("boss");
    small.facts.principals[boss].superuser = true;
    small.grant(anna, Small::letters, rights::read | rights::remove);
    small.grant_column(anna, Small::persons, Small::mail, rights::read | rights::update);
    small.grant(sales, Small::persons, rights::insert);
    small.join(sales, anna);
    EXPECT_EQ(small.effective(anna, Small::letters, Small::born), Path::direct_grant);
    EXPECT_EQ(small.effective(anna, Small::letters, 0, Right::remove), Path::direct_grant);
    EXPECT_EQ(small.effective(anna, Small::persons, Small::mail, Right::update), Path::column_grant);
    EXPECT_EQ(small.effective(anna, Small::persons, Small::born), Paths{});
    EXPECT_EQ(small.effective(anna, Small::persons, Small::born, Right::insert), Path::inherited_role);
    EXPECT_EQ(small.effective(small.owner, Small::persons, Small::born), Path::owner);
    EXPECT_EQ(small.effective(boss, Small::payroll, Small::born), Path::superuser);
}

TEST(EffectiveReach, NeedsTheSchemaInTheSameSession) {
    Small small;
    const Id anna = small.add("anna"), door = small.add("door"), data = small.add("data");
    small.facts.grants.push_back({door, 1, Permissions::none, Permissions::Level::schema, rights::use});
    small.grant(data, Small::payroll, rights::read);
    small.join(door, anna, false);
    small.join(data, anna, false);
    EXPECT_EQ(small.effective(anna, Small::payroll, Small::born), Paths{});
    small.join(door, data);
    EXPECT_EQ(small.effective(anna, Small::payroll, Small::born), Path::set_role);
}

TEST(EffectiveReach, LeavesOutGrantsOnWhatDoesNotExist) {
    Small small;
    const Id anna = small.add("anna");
    small.grant(anna, 99, rights::read);
    small.grant_column(anna, Small::persons, 99, rights::read);
    small.grant(Permissions::none, Small::persons, rights::read);
    const Index index{small.facts};
    EXPECT_TRUE(granted_reach(index, session_of(index, anna)).empty());
}

TEST(EffectiveReach, LooksBehindViewsByTheRightsOfWhomTheyAskFor) {
    Small small;
    const Id anna = small.add("anna"), weak = small.add("weak");
    small.grant(anna, small.add_view(small.owner, true, {Small::mail, Small::born}), rights::read);
    EXPECT_EQ(small.effective(anna, Small::persons, Small::born), Path::owner_view);
    EXPECT_EQ(small.effective(anna, Small::persons, Small::id), Paths{});
    const Id refused = small.add_view(weak, true, {Small::mail}, Small::letters);
    small.grant(anna, refused, rights::read);
    EXPECT_EQ(small.effective(anna, refused, 0), Paths{});
    EXPECT_EQ(small.effective(anna, Small::letters, Small::mail), Paths{});
    const Id invoker = small.add_view(weak, false, {Small::mail}, Small::payroll);
    small.grant(anna, invoker, rights::read);
    EXPECT_EQ(small.effective(anna, Small::payroll, Small::mail), Paths{});
    small.grant_column(anna, Small::payroll, Small::mail, rights::read);
    EXPECT_EQ(small.effective(anna, Small::payroll, Small::mail), Path::invoker_view);
}

TEST(EffectiveReach, NeedsAllColumnsOfAViewBelowForANewRowOfMariadb) {
    Small small;
    small.facts.views_as_mariadb = small.facts.roles_add_to_own = true;
    const Id anna = small.add("anna");
    const auto writable = [&](Id view) {
        small.facts.relations[view].columns = {"mail", "born"};
        small.facts.relations[view].writable = rights::on_rows;
        return view;
    };
    const Id inner = writable(small.add_view(small.owner, true, {Small::mail, Small::born}));
    const Id outer = writable(small.add_view(small.owner, false, {0, 1}, inner));
    small.grant(anna, outer, rights::insert | rights::update);
    small.grant_column(anna, inner, 0, rights::insert | rights::update);
    EXPECT_EQ(small.effective(anna, outer, 0, Right::insert), Paths{});
    EXPECT_NE(small.effective(anna, outer, 0, Right::update), Paths{});
    small.grant_column(anna, inner, 1, rights::read);
    EXPECT_EQ(small.effective(anna, outer, 0, Right::insert), Paths{});
    small.grant_column(anna, inner, 1, rights::insert);
    EXPECT_NE(small.effective(anna, outer, 0, Right::insert), Paths{});
}

TEST(EffectiveReach, EndsAtACircleOfViews) {
    Small small;
    const Id anna = small.add("anna");
    const Id view = small.add_view(small.owner, true, {0}, 3);  // itself
    small.grant(anna, view, rights::read);
    EXPECT_EQ(small.effective(anna, view, 0), Paths{});
}

TEST(EffectiveReach, LooksIntoFunctionsWithTheirOwnersRights) {
    Small small;
    const Id anna = small.add("anna");
    small.facts.functions.push_back({0, "mails()", small.owner, true, false, {{Small::persons, {Small::mail}}}});
    EXPECT_EQ(small.effective(anna, Small::persons, Small::mail), Paths{});
    small.facts.grants.push_back({anna, 0, Permissions::none, Permissions::Level::function, rights::execute});
    EXPECT_EQ(small.effective(anna, Small::persons, Small::mail), Path::owner_function);
    small.facts.functions[0].has_owner_rights = false;
    EXPECT_EQ(small.effective(anna, Small::persons, Small::mail), Paths{});
}

TEST(EffectiveReach, KnowsThatAFunctionFindsNoNameInASchemaThatItsOwnerMayNotUse) {
    Small small;
    const Id anna = small.add("anna"), maker = small.add("maker");
    small.grant(maker, Small::payroll, rights::on_rows);
    small.facts.functions.push_back({0, "pay()", maker, true, true, {{Small::payroll, {Small::mail}}}});
    small.facts.grants.push_back({anna, 0, Permissions::none, Permissions::Level::function, rights::execute});
    EXPECT_EQ(small.effective(anna, Small::payroll, Small::mail), Paths{}) << "its text is looked up when it runs";
    small.facts.functions[0].is_guessed = false;
    EXPECT_EQ(small.effective(anna, Small::payroll, Small::mail), Path::owner_function) << "its body was parsed before";
}

TEST(PassedOn, IsWhatCameWithTheOptionOrIsOwned) {
    Small small;
    const Id anna = small.add("anna");
    small.grant(anna, Small::persons, rights::read | rights::insert, rights::read);
    const Index index{small.facts};
    const Reach passed = passed_on_reach(index, session_of(index, anna));
    ASSERT_EQ(passed.size(), 1U);
    EXPECT_EQ(passed.front().paths(0, Right::read), Path::grant_option);
    EXPECT_EQ(passed.front().paths(0, Right::insert), Paths{});
    EXPECT_EQ(passed_on_reach(index, session_of(index, small.owner)).size(), 3U);
}

TEST(FutureTable, ComesWithTheDefaultsOfItsCreator) {
    Small small;
    const Id anna = small.add("anna"), bert = small.add("bert");
    small.facts.default_privileges.push_back({small.owner, Permissions::none, anna, rights::read});
    small.facts.default_privileges.push_back({small.owner, 1, bert, rights::read});
    small.facts.default_privileges.push_back({anna, Permissions::none, bert, rights::read});
    Small later;
    later.facts = with_new_table(small.facts, small.owner, 0, "later", {"mail"});
    EXPECT_EQ(later.effective(anna, 3, 0), Path::default_privilege);
    EXPECT_EQ(later.effective(bert, 3, 0), Paths{});
    EXPECT_EQ(later.effective(small.owner, 3, 0), Path::owner);
    small.facts.replaced_defaults.push_back(small.owner);
    later.facts = with_new_table(small.facts, small.owner, 0, "later", {"mail"});
    EXPECT_EQ(later.effective(small.owner, 3, 0), Paths{});
}

TEST(Rows, AreChosenByPoliciesForThoseWhomTheyNameOnly) {
    Small small;
    const Id anna = small.add("anna"), bert = small.add("bert"), auditor = small.add("auditor");
    small.facts.relations[0].row_security = true;
    small.facts.principals[auditor].bypasses_row_security = true;
    small.facts.policies.push_back({Small::persons, "some", true, rights::read, {anna}});
    const auto rows = [&](Id principal, Right right = Right::read) {
        const Index index{small.facts};
        return rows_within_reach(index, session_of(index, principal), Small::persons, right);
    };
    EXPECT_EQ(rows(anna), Rows::some);
    EXPECT_EQ(rows(anna, Right::update), Rows::none);
    EXPECT_EQ(rows(bert), Rows::none);
    EXPECT_EQ(rows(auditor), Rows::all);
    EXPECT_EQ(rows(small.owner), Rows::all);
    small.facts.relations[0].row_security_for_owner = true;
    EXPECT_EQ(rows(small.owner), Rows::none);
}

TEST(Paths, KnowTheOnlyOne) {
    Paths paths{Path::owner};
    EXPECT_EQ(paths.only(), Path::owner);
    paths |= Path::admin_option;
    EXPECT_EQ(paths.only(), std::nullopt);
    EXPECT_EQ(paths.list(), (std::vector<Path>{Path::owner, Path::admin_option}));
    EXPECT_EQ(to_string(Path::admin_option), "admin_option");
}

}  // namespace
}  // namespace crmaudit::access
