// Rows that are nobody by themselves: which of them go, and what is left because it tells of somebody.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "reports/purge/plan.h"

namespace crmaudit::reports::purge {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

TouchedTable table(const std::string& name) {
    return {{"", name}, {"id"}, {}, {}, {}, {{"id", "integer", false}, {"state", "text", true}}};
}

/// Rows of a log that a rule wants gone, and a person.
class PurgeRows : public ::testing::Test {
protected:
    AuditResult result;

    PurgeRows() {
        result.run.as_of = parse_date("2026-06-15").value();
        result.run.profile = "crm";
        Rule rule;
        rule.id = rule.check = "expired_log";
        rule.purge = PurgeAction::rows;
        result.rules = {rule};
        Entity person;
        person.name = "person";
        person.kind = EntityKind::person;
        person.table = {"", "person"};
        person.key = {"id"};
        Entity log = person;
        log.name = "log";
        log.kind = EntityKind::log;
        log.table = {"", "log"};
        result.entities = {person, log};
        result.tables = {table("person"), table("log")};
        Finding finding;
        finding.rule = finding.check = rule.id;
        finding.object.table = log.table;
        finding.affected = 10;
        finding.rows = RowSet{"log", {Before{column("made"), result.run.as_of}}};
        result.findings = {finding};
    }

    Entity& person() { return result.entities[0]; }
    Entity& log() { return result.entities[1]; }

    std::string refused() const {
        const Plan plan = make_plan(result, {});
        return plan.refusals.empty() ? "" : plan.refusals.front().reason;
    }

    std::vector<std::string> spared() const {
        std::vector<std::string> reasons;
        const Plan plan = make_plan(result, {});
        for (const Spared& each : plan.steps.at(0).spared) reasons.push_back(each.why);
        return reasons;
    }

    void tell(Role role, Condition where = {}) {
        person().paths = {{"logs", {{{"", "log"}, {{"person_id", "id", false}}, {}}}}};
        person().attributes = {
            {"told", ValueType::flag, role, Related{"logs", Aggregate::any, {}, std::move(where)}, false}};
    }
};

TEST_F(PurgeRows, GoByThemselves) {
    const Plan plan = make_plan(result, {});
    ASSERT_EQ(plan.steps.size(), 1U);
    EXPECT_EQ(plan.steps[0].action, PurgeAction::rows);
    EXPECT_THAT(plan.steps[0].deletes, ElementsAre(TableName{"", "log"}));
    EXPECT_THAT(plan.steps[0].spared, IsEmpty());
}

TEST_F(PurgeRows, StayWhereTheyArePersons) {
    result.findings[0].rows->entity = "person";
    EXPECT_EQ(refused(), "persons_there");
    result.findings[0].rows->entity = "log";
    log().table = person().table;
    EXPECT_EQ(refused(), "persons_there");
}

TEST_F(PurgeRows, StayWhereAHoldCouldNotBeSeen) {
    const Attribute held{"held", ValueType::flag, Role::hold, OwnCondition{{OneOf{column("state"), {"1"}}}}, false};
    person().attributes = {held};
    EXPECT_EQ(refused(), "exemption_unlinked");
    log().attributes = {held};
    EXPECT_EQ(refused(), "");
    EXPECT_THAT(spared(), ElementsAre("hold"));
}

TEST_F(PurgeRows, StayWhereTheyTellOfAConsentOrAContact) {
    tell(Role::marketing_objected, {OneOf{column("state"), {"out"}}});
    EXPECT_THAT(spared(), ElementsAre("evidence"));
    tell(Role::activity, {OneOf{column("state"), {"call"}}});
    EXPECT_THAT(spared(), ElementsAre("evidence"));
    tell(Role::marketing_sent, {OneOf{column("state"), {"sent"}}});
    EXPECT_THAT(spared(), IsEmpty());
    tell(Role::marketing_granted);
    EXPECT_EQ(refused(), "evidence");
}

TEST_F(PurgeRows, StayWhereTheyAreRecordsOfConsents) {
    log().kind = EntityKind::consent_record;
    EXPECT_EQ(refused(), "evidence");
}

TEST_F(PurgeRows, StayWhereTheCrmRemembersObjectionsByThem) {
    result.suppression = {{log().table, "address", {{"", "state", "out"}}}};
    EXPECT_THAT(spared(), ElementsAre("objection"));
}

TEST_F(PurgeRows, GoAfterPersonsAndBeforeAnythingIsChanged) {
    Rule minimise = result.rules[0];
    minimise.id = minimise.check = "a_minimise";
    minimise.purge = PurgeAction::minimise;
    Rule person_rule = minimise;
    person_rule.id = "z_person";
    person_rule.check = "soft_deleted_not_erased";
    person_rule.purge = PurgeAction::person;
    result.rules.insert(result.rules.begin(), {minimise, person_rule});
    Finding column_finding = result.findings[0];
    column_finding.rule = minimise.id;
    column_finding.object.column = "state";
    Finding person_finding = result.findings[0];
    person_finding.rule = person_rule.id;
    person_finding.check = person_rule.check;
    person_finding.rows->entity = "person";
    ColumnClassification classified;
    classified.table = log().table;
    classified.column = "state";
    result.inventory = {classified};
    result.findings.insert(result.findings.begin(), column_finding);
    result.findings.push_back(person_finding);
    std::vector<std::string> order;
    for (const Step& each : make_plan(result, {}).steps) order.push_back(each.rule);
    EXPECT_THAT(order, ElementsAre("expired_log", "z_person", "a_minimise"));
}

TEST_F(PurgeRows, AreTakenForWhatNoScriptCanDoWhereTheRuleHasNone) {
    result.rules[0].purge = PurgeAction::none;
    result.findings[0].check = "public_grant";
    result.findings.push_back(result.findings[0]);
    const Plan plan = make_plan(result, {});
    ASSERT_EQ(plan.unscripted.size(), 1U);
    EXPECT_EQ(plan.unscripted[0].reason, "permission");
    EXPECT_EQ(plan.unscripted[0].affected, 20);
}

}  // namespace
}  // namespace crmaudit::reports::purge
