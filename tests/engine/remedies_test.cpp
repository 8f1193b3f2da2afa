#include "auditor/engine/remedies.h"

#include <gmock/gmock.h>

#include <set>
#include <string>

#include "tests/checks/grant_test_support.h"

namespace crmaudit::engine {
namespace {

using crmaudit::testing::KnownPermissions;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using Words = std::vector<std::string>;
using Id = Permissions::Id;

constexpr const char* all_checks[] = {"broad_grant",     "default_privilege",     "export_privilege",
                                      "grant_option",    "indirect_access",       "public_grant",
                                      "write_privilege", "administrative_account"};

/// Nobody but the boss is declared, so that everything that others reach is a finding.
class FindRemedies : public ::testing::Test {
protected:
    FindRemedies() { policy.access = {{"boss", {}, "owns it", {all_access_rights.begin(), all_access_rights.end()}}}; }

    std::vector<Finding> judged(const Permissions& permissions) {
        KnownPermissions changed = world;
        changed.facts = permissions;
        const Catalog catalog = changed.known();
        std::vector<Finding> findings;
        for (const char* check : all_checks) {
            for (Finding& each : crmaudit::testing::judge(check, catalog, policy)) findings.push_back(std::move(each));
        }
        return findings;
    }

    Remedies find() {
        const Catalog catalog = world.known();
        const Classification classification = crmaudit::testing::permission_classification(catalog);
        const access::Evaluation evaluation{catalog, classification};
        return find_remedies(evaluation, judged(world.facts), catalog, classification,
                             [&](const access::Evaluation& changed) { return judged(changed.facts()); });
    }

    /// "SELECT contacts anna".
    static Words told(const Remedies& remedies) {
        Words lines;
        for (const Revocation& each : remedies.revocations) {
            std::string line{each.depends ? "depends " : ""};
            if (each.grant.option) line += "option ";
            for (const std::string& word : each.grant.privileges) line += word + ' ';
            lines.push_back(line + each.grant.name + ' ' +
                            (each.grant.holder.name.empty() ? "PUBLIC" : each.grant.holder.name));
        }
        return lines;
    }

    static Words losers(const Revocation& revocation) {
        Words names;
        for (const LostRight& each : revocation.lost)
            names.push_back(each.principal + ' ' + std::string{to_string(each.right)});
        return names;
    }

    KnownPermissions world;
    Policy policy;
};

TEST_F(FindRemedies, TakeWhatIsGrantedBeyondThePolicy) {
    const Id anna = world.account("anna");
    world.grant(anna, KnownPermissions::contacts, rights::read | rights::update);
    world.grant(anna, KnownPermissions::products, rights::read);
    const Remedies remedies = find();
    EXPECT_THAT(told(remedies), ElementsAre("SELECT UPDATE contacts anna"));
    EXPECT_THAT(remedies.revocations[0].rules, ElementsAre("broad_grant", "write_privilege"));
    EXPECT_THAT(losers(remedies.revocations[0]), ElementsAre("anna read", "anna change"));
    EXPECT_THAT(remedies.unmended, IsEmpty());
}

TEST_F(FindRemedies, WhatWasPassedOnGoesFirst) {
    const Id boss = world.account("boss"), anna = world.account("anna"), bert = world.account("bert");
    world.facts.relations[KnownPermissions::contacts].owner = boss;
    world.grant(anna, KnownPermissions::contacts, rights::read, rights::read);
    world.facts.grants.back().grantor = boss;
    world.grant(bert, KnownPermissions::contacts, rights::read);
    world.facts.grants.back().grantor = anna;
    // Bert may read: only what Anna gave him is in the way.
    policy.access.push_back({"bert", {}, "reads"});
    const Remedies remedies = find();
    EXPECT_THAT(told(remedies), ElementsAre("depends SELECT contacts bert", "SELECT contacts anna"));
    EXPECT_EQ(remedies.revocations[0].grant.grantor, "anna");
    EXPECT_THAT(remedies.revocations[1].grant.optional, ElementsAre("SELECT"));
    EXPECT_THAT(losers(remedies.revocations[0]), ElementsAre("bert read"));
}

TEST_F(FindRemedies, OnlyTheOptionGoesWhereTheRightIsDeclared) {
    const Id anna = world.account("anna");
    policy.access.push_back({"anna", {}, "reads"});
    world.grant(anna, KnownPermissions::contacts, rights::read, rights::read);
    const Remedies remedies = find();
    EXPECT_THAT(told(remedies), ElementsAre("option SELECT contacts anna"));
    EXPECT_THAT(remedies.revocations[0].lost, IsEmpty());
}

TEST_F(FindRemedies, ARoleThatIsDeclaredKeepsItsRightsAndLosesAMember) {
    const Id boss = world.role("boss"), anna = world.account("anna");
    world.grant(boss, KnownPermissions::contacts, rights::read);
    world.join(boss, anna);
    world.facts.memberships.back().grantor = boss;
    policy.access[0].categories = {Category::email};
    policy.access[0].rights = {AccessRight::read};
    // A member has what its role may: nothing is wrong.
    EXPECT_THAT(told(find()), IsEmpty());
    policy.access[0].principal = "nobody";
    // The role is told of, and loses the grant; with it Anna does.
    const Remedies remedies = find();
    EXPECT_THAT(told(remedies), ElementsAre("SELECT contacts boss"));
    EXPECT_THAT(losers(remedies.revocations[0]), ElementsAre("anna read", "boss read"));
}

TEST_F(FindRemedies, MembershipsGoWhereARoleOfTheProductBringsTheRight) {
    const Id all = world.role("pg_read_all_data"), anna = world.account("anna");
    world.facts.principals[all].is_predefined = true;
    world.facts.principals[all].everywhere = rights::read | rights::use;
    world.join(all, anna);
    world.facts.memberships.back().grantor = anna;
    const Remedies remedies = find();
    ASSERT_THAT(told(remedies), ElementsAre("INHERIT TRUE SET TRUE pg_read_all_data anna"));
    EXPECT_EQ(remedies.revocations[0].grant.on, GrantedOn::role);
    EXPECT_THAT(remedies.unmended, IsEmpty());
}

TEST_F(FindRemedies, ViewsAreClosedAndEverybodyLosesWhatEverybodyHad) {
    const Id boss = world.account("boss"), anna = world.account("anna");
    world.facts.relations[KnownPermissions::contacts].owner = boss;
    world.grant(boss, KnownPermissions::contacts, rights::on_rows);
    const Id view = world.view(boss);
    world.grant(anna, view, rights::read);
    world.grant(Permissions::everybody, KnownPermissions::leads, rights::read);
    const Remedies remedies = find();
    EXPECT_THAT(told(remedies), ::testing::UnorderedElementsAre("SELECT view anna", "SELECT leads PUBLIC"));
    EXPECT_THAT(remedies.unmended, IsEmpty());
}

TEST_F(FindRemedies, WhatNoStatementMendsIsNamed) {
    const Id root = world.account("root"), owner = world.account("owner");
    world.facts.principals[root].superuser = true;
    world.facts.relations[KnownPermissions::contacts].owner = owner;
    world.grant(owner, KnownPermissions::contacts, rights::on_rows);
    const Remedies remedies = find();
    EXPECT_THAT(remedies.revocations, IsEmpty());
    EXPECT_THAT(remedies.unmended,
                ElementsAre(Unmended{"administrative_account", "root", "administrative"},
                            Unmended{"broad_grant", "owner", "owner"}, Unmended{"write_privilege", "owner", "owner"}));
}

TEST_F(FindRemedies, ColumnsOfOneGrantGoTogether) {
    const Id anna = world.account("anna");
    world.facts.relations[KnownPermissions::contacts].columns = {"email", "phone"};
    for (const Id each : {0U, 1U}) {
        world.facts.grants.push_back(
            {anna, KnownPermissions::contacts, each, Permissions::Level::column, rights::read});
    }
    const Remedies remedies = find();
    ASSERT_THAT(told(remedies), ElementsAre("SELECT contacts anna"));
    EXPECT_THAT(remedies.revocations[0].grant.columns, ElementsAre("email", "phone"));
}

TEST_F(FindRemedies, WhatIsPassedOnOfOneColumnGoesBeforeAllColumns) {
    const Id anna = world.account("anna"), bert = world.account("bert");
    world.facts.relations[KnownPermissions::contacts].columns = {"email", "phone"};
    for (const Id each : {1U, 0U}) {
        world.facts.grants.push_back(
            {anna, KnownPermissions::contacts, each, Permissions::Level::column, rights::read, rights::read});
    }
    world.facts.grants.push_back({bert, KnownPermissions::contacts, 0U, Permissions::Level::column, rights::read});
    world.facts.grants.back().grantor = anna;
    // Anna may read: only the option is taken from her.
    policy.access.push_back({"anna", {}, "reads"});
    const Remedies remedies = find();
    ASSERT_THAT(told(remedies),
                ElementsAre("option SELECT contacts anna", "SELECT contacts bert", "option SELECT contacts anna"));
    EXPECT_THAT(remedies.revocations[0].grant.columns, ElementsAre("phone"));
    EXPECT_THAT(remedies.revocations[2].grant.columns, ElementsAre("email"));
}

TEST_F(FindRemedies, OfManyStatementsNoneIsSaidToTakeNothing) {
    constexpr int many = 210;
    for (int i = 0; i < many; ++i)
        world.grant(world.account(("a" + std::to_string(i)).c_str()), KnownPermissions::contacts, rights::read);
    const Remedies remedies = find();
    ASSERT_EQ(remedies.revocations.size(), many);
    std::size_t later = 0;
    std::set<std::string> have_lost;
    for (const Revocation& each : remedies.revocations) {
        EXPECT_EQ(each.lost.empty(), each.lost_later) << each.grant.holder.name;
        later += each.lost_later ? 1 : 0;
        for (const LostRight& lost : each.lost) have_lost.insert(lost.principal);
    }
    EXPECT_GT(later, 0U);
    EXPECT_FALSE(remedies.revocations.back().lost_later);
    EXPECT_EQ(have_lost.size(), many);
}

TEST_F(FindRemedies, AnotherWayThatStaysIsNoLoss) {
    const Id anna = world.account("anna");
    policy.access.push_back({"anna", {}, "reads"});
    world.grant(anna, KnownPermissions::contacts, rights::read);
    world.grant(Permissions::everybody, KnownPermissions::contacts, rights::read);
    const Remedies remedies = find();
    ASSERT_THAT(told(remedies), ElementsAre("SELECT contacts PUBLIC"));
    EXPECT_THAT(losers(remedies.revocations[0]), ElementsAre(" read"));
}

}  // namespace
}  // namespace crmaudit::engine
