// Who goes, who stays and what gets no script, decided without a database.
#include "reports/purge/plan.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace crmaudit::reports::purge {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

Path path(const std::string& name, const std::vector<std::string>& tables, PathPurge purge) {
    Path made{name, {}, purge};
    for (const std::string& table : tables) made.joins.push_back({{"", table}, {{"person", "id", false}}, {}});
    return made;
}

TouchedTable table(const std::string& name) { return {{"", name}, {"id"}, {}, {}, {}, {{"id", "integer", false}}}; }

/// A stale person with a relationship mapped, and tables visit and file that point at nothing by foreign keys.
AuditResult result() {
    AuditResult made;
    made.run.as_of = parse_date("2026-06-15").value();
    Rule rule;
    rule.id = rule.check = "stale_person";
    rule.purge = PurgeAction::person;
    made.rules = {rule};
    Entity person;
    person.name = "person";
    person.kind = EntityKind::person;
    person.table = {"", "person"};
    person.key = {"id"};
    person.attributes = {
        {"deal", ValueType::flag, Role::relationship, OwnCondition{{OneOf{column("deal"), {"1"}}}}, false}};
    made.entities = {person};
    made.tables = {table("person"), table("visit"), table("file")};
    Finding finding;
    finding.rule = finding.check = "stale_person";
    finding.object.table = {"", "person"};
    finding.affected = 100;
    finding.rows = RowSet{"person", {Before{column("made"), made.run.as_of}}};
    made.findings = {finding};
    return made;
}

void refer(AuditResult& made, const std::string& from, const std::string& to, const std::string& on_delete) {
    const ForeignKey key{"", {"person"}, {"", to}, {"id"}, on_delete};
    for (TouchedTable& each : made.tables) {
        if (each.name.name == from) each.foreign_keys.push_back(key);
        if (each.name.name != to) continue;
        each.referenced_by.push_back({"", from});
        each.referenced_by_keys.push_back(key);
    }
}

/// "steps" of the plan, or why there is none.
std::string planned(const AuditResult& made, const Limits& limits = {}) {
    const Plan plan = make_plan(made, limits);
    if (plan.refusals.size() == 1 && plan.steps.empty()) return plan.refusals.front().reason;
    return std::to_string(plan.steps.size()) + " steps";
}

std::vector<std::string> removed(const AuditResult& made) {
    std::vector<std::string> tables;
    const Plan plan = make_plan(made, {});
    for (const Removal& each : plan.steps.at(0).reach.removals) tables.push_back(each.table.name);
    return tables;
}

TEST(PurgePlan, BelievesSomeMoreThanWereAuditedAndNoMore) {
    const Plan plan = make_plan(result(), {.tolerance = 7});
    ASSERT_EQ(plan.steps.size(), 1U);
    EXPECT_EQ(plan.steps[0].audited, 100);
    EXPECT_EQ(plan.steps[0].most, 107);
}

TEST(PurgePlan, IsAboutOpenFindingsOfRulesThatDeletePersons) {
    AuditResult made = result();
    made.findings[0].state = FindingState::waived;
    EXPECT_EQ(planned(made), "0 steps");
    made = result();
    made.rules[0].purge = PurgeAction::none;
    EXPECT_EQ(planned(made), "0 steps");
    EXPECT_EQ(planned(result()), "1 steps");
}

TEST(PurgePlan, RefusesWhatNobodyHasChecked) {
    AuditResult made = result();
    made.run.profile_discovered = true;
    EXPECT_EQ(planned(made), "draft_profile");
}

TEST(PurgePlan, RefusesWithoutAMappedRelationshipUnlessTold) {
    AuditResult made = result();
    made.entities[0].attributes.clear();
    EXPECT_EQ(planned(made), "no_relationship");
    EXPECT_EQ(planned(made, {.accept_no_relationship = true}), "1 steps");
}

TEST(PurgePlan, RefusesATableWhoseKeyTellsNobodyApart) {
    AuditResult made = result();
    made.tables[0].primary_key = {"id", "part"};
    EXPECT_EQ(planned(made), "no_key");
    made.tables[0].primary_key.clear();
    EXPECT_EQ(planned(made), "no_key");
}

TEST(PurgePlan, RefusesWhereAPersonCouldBeDoneInPart) {
    AuditResult made = result();
    made.source.inconsistent_tables = {"person"};
    EXPECT_EQ(planned(made), "no_transactions");
    made.source.inconsistent_tables = {"visit"};
    EXPECT_EQ(planned(made), "1 steps");
    made.entities[0].paths = {path("visits", {"visit"}, PathPurge::rows)};
    EXPECT_EQ(planned(made), "no_transactions");
}

TEST(PurgePlan, RefusesExemptionsThatCannotBeAsked) {
    AuditResult made = result();
    made.entities[0].unbound = {{Role::hold, "no column held"}};
    EXPECT_EQ(planned(made), "exemption_unknown");
    made = result();
    made.entities[0].attributes.push_back(
        {"listed", ValueType::flag, Role::hold, OwnCondition{{Listed{column("id"), "person"}}}, false});
    EXPECT_EQ(planned(made), "hold_file");
}

TEST(PurgePlan, RefusesResultsThatDoNotTellTheStructure) {
    AuditResult made = result();
    made.tables[0].columns.clear();
    EXPECT_EQ(planned(made), "structure_unknown");
    made = result();
    made.tables[0].is_table = false;
    EXPECT_EQ(planned(made), "no_table");
}

TEST(PurgePlan, TakesNothingAlongThatTheProfileDoesNotName) {
    AuditResult made = result();
    made.entities[0].paths = {path("visits", {"visit"}, PathPurge::keep)};
    EXPECT_THAT(removed(made), IsEmpty());
    made.entities[0].paths[0].purge = PathPurge::rows;
    EXPECT_THAT(removed(made), ElementsAre("visit"));
    made.entities[0].paths = {path("files", {"visit", "file"}, PathPurge::links)};
    EXPECT_THAT(removed(made), ElementsAre("visit"));
}

TEST(PurgePlan, PutsRowsBeforeWhatTheyPointAt) {
    AuditResult made = result();
    made.entities[0].paths = {path("visits", {"visit"}, PathPurge::rows), path("files", {"file"}, PathPurge::rows)};
    EXPECT_THAT(removed(made), ElementsAre("visit", "file"));
    refer(made, "file", "visit", "NO ACTION");
    EXPECT_THAT(removed(made), ElementsAre("file", "visit"));
    refer(made, "visit", "file", "NO ACTION");
    EXPECT_EQ(planned(made), "cycle");
}

/// Whether somebody else has a part in the file is asked once, so nobody may get one until it is gone.
TEST(PurgePlan, LocksTheLinksThatDecideWhetherASharedRowGoes) {
    AuditResult made = result();
    made.entities[0].paths = {path("files", {"visit", "file"}, PathPurge::rows)};
    made.entities[0].paths[0].joins[1].on = {{"id", "file", false}};
    const Step step = make_plan(made, {}).steps.at(0);
    EXPECT_THAT(step.reads, ElementsAre(TableName{"", "visit"}));
}

TEST(PurgePlan, RefusesToTakeOtherPersonsAlong) {
    AuditResult made = result();
    made.entities[0].paths = {path("partners", {"person"}, PathPurge::rows)};
    EXPECT_EQ(planned(made), "other_persons");
    made = result();
    Entity lead = made.entities[0];
    lead.name = "lead";
    lead.table = {"", "file"};
    made.entities.push_back(lead);
    refer(made, "visit", "person", "CASCADE");
    refer(made, "file", "visit", "CASCADE");
    EXPECT_EQ(planned(made), "other_persons");
}

TEST(PurgePlan, SparesWhomAForeignKeyHoldsOnToAndCountsCascades) {
    AuditResult made = result();
    refer(made, "visit", "person", "NO ACTION");
    Step step = make_plan(made, {}).steps.at(0);
    ASSERT_EQ(step.reach.blockers.size(), 1U);
    EXPECT_EQ(step.spared.back().why, "referenced");
    made.entities[0].paths = {path("visits", {"visit"}, PathPurge::rows)};
    EXPECT_THAT(make_plan(made, {}).steps.at(0).reach.blockers, IsEmpty());

    made = result();
    refer(made, "visit", "person", "CASCADE");
    refer(made, "file", "visit", "CASCADE");
    step = make_plan(made, {}).steps.at(0);
    EXPECT_EQ(step.reach.cascades.size(), 2U);
    EXPECT_THAT(step.deletes, ElementsAre(TableName{"", "person"}, TableName{"", "visit"}, TableName{"", "file"}));
}

TEST(PurgePlan, TreatsARuleThatIsHiddenAsTheWorstItCanBe) {
    AuditResult made = result();
    refer(made, "visit", "person", "");
    EXPECT_EQ(make_plan(made, {}).steps.at(0).reach.blockers.size(), 1U);
    refer(made, "file", "visit", "");
    made.entities[0].paths = {path("visits", {"visit"}, PathPurge::rows)};
    const Reach reach = make_plan(made, {}).steps.at(0).reach;
    ASSERT_EQ(reach.blockers.size(), 1U);
    EXPECT_EQ(reach.blockers[0].table.name, "file");
    EXPECT_THAT(reach.cascades, IsEmpty());
}

TEST(PurgePlan, TakesPartsAlongWithARowThatOthersMayHold) {
    AuditResult made = result();
    made.tables.push_back(table("page"));
    Path pages{"pages", {}, PathPurge::rows};
    pages.joins = {{{"", "visit"}, {{"person", "id", false}}, {}},
                   {{"", "file"}, {{"id", "file", false}}, {}},
                   {{"", "page"}, {{"file", "id", false}}, {}}};
    made.entities[0].paths = {pages};
    const std::vector<Removal> removals = make_plan(made, {}).steps.at(0).reach.removals;
    ASSERT_EQ(removals.size(), 3U);
    EXPECT_THAT(removals[0].unless, IsEmpty());
    EXPECT_EQ(removals[1].unless.size(), 1U);
    EXPECT_FALSE(removals[1].with_previous);
    EXPECT_THAT(removals[2].unless, IsEmpty());
    EXPECT_TRUE(removals[2].with_previous);
}

/// Persons have an account, which a path leads to from the person's own row.
AuditResult with_accounts() {
    AuditResult made = result();
    made.tables.push_back(table("account"));
    made.entities[0].paths = {
        {"account",
         {{{"", "person"}, {{"id", "id", false}}, {}}, {{"", "account"}, {{"id", "account_id", false}}, {}}},
         PathPurge::rows}};
    return made;
}

TEST(PurgePlan, BeginsAtAnyColumnOfThePersonsOwnRow) {
    const Plan plan = make_plan(with_accounts(), {});
    ASSERT_EQ(plan.steps.size(), 1U);
    ASSERT_EQ(plan.steps[0].reach.removals.size(), 1U);
    const Removal& account = plan.steps[0].reach.removals[0];
    EXPECT_EQ(account.table.name, "account");
    EXPECT_EQ(account.joins, 2U);
    // Others may have the same account.
    ASSERT_EQ(account.unless.size(), 1U);
    EXPECT_EQ(account.unless[0].way[0].table.name, "person");
    EXPECT_EQ(account.unless[0].way[0].on, (std::vector<JoinColumn>{{"account_id", "id", false}}));
}

TEST(PurgePlan, KeepsRowsForOwnersWhoAreNoPersonsOfTheCrm) {
    AuditResult made = with_accounts();
    Entity account;
    account.name = "account";
    account.table = {"", "account"};
    account.key = {"id"};
    account.paths = {{"staff", {{{"", "staff"}, {{"account_id", "id", false}}, {}}}, PathPurge::keep}};
    account.attributes = {{"staff", ValueType::flag, Role::owner, Related{"staff", Aggregate::any, {}, {}}, false}};
    made.entities.push_back(account);
    made.tables.push_back(table("staff"));
    const Plan plan = make_plan(made, {});
    ASSERT_EQ(plan.steps.size(), 1U);
    const std::vector<OtherHolder>& unless = plan.steps[0].reach.removals.at(0).unless;
    ASSERT_EQ(unless.size(), 2U);
    EXPECT_EQ(unless[1].way, account.paths[0].joins);
    EXPECT_THAT(plan.steps[0].reads, ::testing::Contains(TableName{"", "staff"}));
}

TEST(PurgePlan, CountsRowsOnceThatSeveralPathsBeginWith) {
    AuditResult made = result();
    made.entities[0].paths = {path("files", {"visit", "file"}, PathPurge::rows),
                              path("visits", {"visit"}, PathPurge::links)};
    EXPECT_THAT(removed(made), ElementsAre("visit", "file"));
    EXPECT_THAT(make_plan(made, {}).steps.at(0).reach.removals[0].unless, IsEmpty());
}

TEST(PurgePlan, DeletesRowsWithoutAKeyByWhatJoinsThem) {
    AuditResult made = result();
    made.tables[1].primary_key.clear();
    made.entities[0].paths = {path("visits", {"visit"}, PathPurge::links)};
    EXPECT_THAT(make_plan(made, {}).steps.at(0).reach.removals.at(0).key, ElementsAre("person"));
    made.entities[0].paths[0].joins[0].where = {OneOf{column("kind"), {"x"}}};
    EXPECT_EQ(planned(made), "no_key");
}

TEST(PurgePlan, NamesTheCycleOrOpensItWhereAKeyMayBeEmpty) {
    AuditResult made = result();
    made.tables.push_back(table("page"));
    made.entities[0].paths = {path("visits", {"visit"}, PathPurge::links), path("files", {"file"}, PathPurge::links),
                              path("pages", {"page"}, PathPurge::links)};
    refer(made, "file", "visit", "NO ACTION");
    refer(made, "visit", "file", "NO ACTION");
    refer(made, "page", "file", "NO ACTION");
    Plan plan = make_plan(made, {});
    ASSERT_EQ(plan.refusals.size(), 1U);
    EXPECT_EQ(plan.refusals[0].reason, "cycle");
    EXPECT_EQ(plan.refusals[0].detail, "file, visit");
    made.tables[1].columns.push_back({"person", "integer", true});
    plan = make_plan(made, {});
    ASSERT_EQ(plan.steps.size(), 1U);
    EXPECT_THAT(removed(made), ElementsAre("page", "file", "visit"));
    ASSERT_EQ(plan.steps[0].reach.unlinks.size(), 1U);
    EXPECT_EQ(plan.steps[0].reach.unlinks[0].table.name, "visit");
    EXPECT_THAT(plan.steps[0].reach.unlinks[0].columns, ElementsAre("person"));
}

TEST(PurgePlan, LetsPersonsGoTogetherThatPointAtEachOther) {
    AuditResult made = result();
    refer(made, "person", "person", "NO ACTION");
    Reach reach = make_plan(made, {}).steps.at(0).reach;
    EXPECT_EQ(reach.blockers.size(), 1U);  // the key may not be empty: one after the other
    EXPECT_TRUE(reach.blockers[0].same_table);
    made.tables[0].columns.push_back({"person", "integer", true});
    reach = make_plan(made, {}).steps.at(0).reach;
    EXPECT_THAT(reach.blockers, IsEmpty());
    EXPECT_EQ(reach.ties.size(), 1U);
    ASSERT_EQ(reach.unlinks.size(), 1U);
    EXPECT_EQ(reach.unlinks[0].table.name, "person");
}

/// Where ways part and meet again in every step, there are more of them than atoms.
TEST(PurgePlan, FollowsFewWaysToTheSameTable) {
    AuditResult made = result();
    std::string before = "person";
    for (int step = 0; step < 60; ++step) {
        for (const char* side : {"left", "right", "end"}) {
            made.tables.push_back(table(side + std::to_string(step)));
        }
        const std::string number = std::to_string(step);
        refer(made, "left" + number, before, "CASCADE");
        refer(made, "right" + number, before, "CASCADE");
        refer(made, "end" + number, "left" + number, "CASCADE");
        refer(made, "end" + number, "right" + number, "CASCADE");
        before = "end" + number;
    }
    EXPECT_EQ(make_plan(made, {}).steps.at(0).reach.cascades.size(), 180U);
}

AuditResult with_objections() {
    AuditResult made = result();
    made.entities[0].paths = {path("boxes", {"visit"}, PathPurge::rows)};
    auto& attributes = made.entities[0].attributes;
    attributes.push_back(
        {"objected", ValueType::flag, Role::marketing_refused, OwnCondition{{OneOf{column("no"), {"1"}}}}, false});
    attributes.push_back({"agreed", ValueType::date, Role::marketing_granted_at, OwnColumn{column("yes_on")}, false});
    attributes.push_back({"mail", ValueType::text, Role::email,
                          Related{"boxes", Aggregate::first, column("mail"), {OneOf{column("bounced"), {"0"}}}},
                          false});
    return made;
}

TEST(PurgePlan, SparesWhoObjectedUnlessAKeyOrTheOperatorSaysOtherwise) {
    const AuditResult made = with_objections();
    Step step = make_plan(made, {}).steps.at(0);
    ASSERT_FALSE(step.spared.empty());
    EXPECT_EQ(step.spared.back().why, "objection");
    EXPECT_THAT(step.keepsakes.objections, IsEmpty());
    EXPECT_THAT(make_plan(made, {.accept_lost_objections = true}).steps.at(0).spared, ::testing::SizeIs(1));

    step = make_plan(made, {.suppression_key = "key"}).steps.at(0);
    EXPECT_EQ(step.spared.back().why, "objection_without_address");
    ASSERT_EQ(step.keepsakes.objections.size(), 1U);
    EXPECT_EQ(step.keepsakes.objections[0].kind, "marketing");
    // Nobody may change the addresses while they are read.
    EXPECT_THAT(step.reads, ElementsAre(TableName{"", "visit"}));
}

TEST(PurgePlan, RemembersAddressesThatNoMailCanBeSentTo) {
    const Step step = make_plan(with_objections(), {.suppression_key = "key"}).steps.at(0);
    ASSERT_EQ(step.keepsakes.addresses.size(), 1U);
    EXPECT_EQ(std::get<Related>(step.keepsakes.addresses[0].value).where, present(column("mail")));
}

TEST(PurgePlan, SparesWhoObjectedWhereNoAddressIsMapped) {
    AuditResult made = with_objections();
    made.entities[0].attributes.pop_back();
    const Step with_key = make_plan(made, {.suppression_key = "key"}).steps.at(0);
    const Step without = make_plan(made, {}).steps.at(0);
    EXPECT_EQ(with_key.spared.back().condition, without.spared.back().condition);
}

TEST(PurgePlan, KeepsEvidenceOnlyAsLongAsThePolicySays) {
    AuditResult made = with_objections();
    EXPECT_THAT(make_plan(made, {.suppression_key = "key"}).steps.at(0).keepsakes.evidence, IsEmpty());
    made.evidence_kept = Period{36, 0};
    EXPECT_THAT(make_plan(made, {}).steps.at(0).keepsakes.evidence, IsEmpty());
    const Step step = make_plan(made, {.suppression_key = "key"}).steps.at(0);
    ASSERT_EQ(step.keepsakes.evidence.size(), 1U);
    EXPECT_EQ(step.keepsakes.evidence[0].what, "consent");
}

}  // namespace
}  // namespace crmaudit::reports::purge
