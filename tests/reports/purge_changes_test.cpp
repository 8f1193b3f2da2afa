// Which columns a purge sets, to what, and when it refuses to: decided without a database.
#include "reports/purge/changes.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "reports/purge/plan.h"

namespace crmaudit::reports::purge {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

TouchedColumn column_of(const std::string& name, ColumnKind kind, bool nullable, bool unique = false) {
    return {name, "whatever", nullable, kind, unique};
}

/// A person with a column `born` that nobody needs, found by a rule that empties it.
class PurgeChanges : public ::testing::Test {
protected:
    AuditResult result;

    PurgeChanges() {
        result.run.as_of = parse_date("2026-06-15").value();
        result.run.profile = "crm";
        Rule rule;
        rule.id = rule.check = "unnecessary_field";
        rule.purge = PurgeAction::minimise;
        result.rules = {rule};
        Entity person;
        person.name = "person";
        person.kind = EntityKind::person;
        person.table = {"", "person"};
        person.key = {"id"};
        person.attributes = {flag_of("held", Role::hold), flag_of("invoice", Role::retention_duty),
                             flag_of("deal", Role::relationship)};
        result.entities = {person};
        result.tables = {{{"", "person"},
                          {"id"},
                          {},
                          {},
                          {},
                          {column_of("id", ColumnKind::integer, false), column_of("born", ColumnKind::date, true)}}};
        ColumnClassification classified;
        classified.table = person.table;
        classified.column = "born";
        result.inventory = {classified};
        Finding finding;
        finding.rule = finding.check = rule.id;
        finding.object.table = person.table;
        finding.object.column = "born";
        finding.affected = 10;
        finding.rows = RowSet{"person", present(column("born"))};
        result.findings = {finding};
    }

    static Attribute flag_of(const std::string& name, Role role) {
        return {name, ValueType::flag, role, OwnCondition{{OneOf{column(name), {"1"}}}}, false};
    }

    Entity& person() { return result.entities[0]; }
    TouchedTable& table() { return result.tables[0]; }

    /// "born = NULL", or why nothing is set.
    std::string planned() const {
        const Plan plan = make_plan(result, {});
        std::string text;
        for (const Refusal& each : plan.refusals) text += each.reason;
        for (const Unscripted& each : plan.unscripted) text += each.reason;
        for (const Step& step : plan.steps) {
            for (const Change& change : step.changes) {
                for (const Setting& each : change.settings) {
                    text += change.table.name + "." + each.column + " = " +
                            (each.value ? "'" + *each.value + "'" : "NULL") + (each.with_key ? "key " : " ");
                }
            }
        }
        return text;
    }

    std::string with_column(ColumnKind kind, bool nullable, bool unique) {
        table().columns[1] = column_of("born", kind, nullable, unique);
        return planned();
    }

    std::vector<std::string> spared() const {
        std::vector<std::string> reasons;
        const Plan plan = make_plan(result, {});
        for (const Spared& each : plan.steps.at(0).spared) reasons.push_back(each.why);
        return reasons;
    }
};

TEST_F(PurgeChanges, SetsWhatMeansNothingInTheColumn) {
    EXPECT_EQ(planned(), "person.born = NULL ");
    EXPECT_EQ(with_column(ColumnKind::text, true, true), "person.born = NULL ");
    EXPECT_EQ(with_column(ColumnKind::text, false, false), "person.born = '' ");
    EXPECT_EQ(with_column(ColumnKind::integer, false, false), "person.born = '0' ");
    EXPECT_EQ(with_column(ColumnKind::text, false, true), "person.born = 'crmaudit-erased-'key ");
    result.source.dialect = "mssql";
    EXPECT_EQ(with_column(ColumnKind::text, true, true), "person.born = 'crmaudit-erased-'key ");
}

TEST_F(PurgeChanges, RefusesColumnsInWhichNothingMeansNothing) {
    EXPECT_EQ(with_column(ColumnKind::date, false, false), "no_neutral_value");
    EXPECT_EQ(with_column(ColumnKind::boolean, false, false), "no_neutral_value");
    EXPECT_EQ(with_column(ColumnKind::integer, false, true), "unique_column");
}

TEST_F(PurgeChanges, RefusesKeys) {
    table().primary_key = {"id", "born"};
    person().key = {"id", "born"};
    EXPECT_EQ(planned(), "key_column");
    table().primary_key = {"id"};
    person().key = {"id"};
    table().referenced_by = {{"", "child"}};
    table().referenced_by_keys = {{"", {"x"}, {"", "person"}, {"born"}, "NO ACTION"}};
    EXPECT_EQ(planned(), "key_column");
    table().referenced_by.clear();
    table().referenced_by_keys.clear();
    table().foreign_keys = {{"", {"born"}, {"", "day"}, {"id"}, "NO ACTION"}};
    EXPECT_EQ(planned(), "person.born = NULL ");
    EXPECT_EQ(with_column(ColumnKind::integer, false, false), "foreign_key_column");
}

TEST_F(PurgeChanges, RefusesColumnsThatDecideOrLeadSomewhere) {
    person().attributes.push_back({"seen", ValueType::date, Role::activity, OwnColumn{column("born")}, false});
    EXPECT_EQ(planned(), "evidence_column");
    person().attributes.back().role = Role::birth_date;
    EXPECT_EQ(planned(), "person.born = NULL ");
    person().paths = {{"days", {{{"", "day"}, {{"id", "born", false}}, {}}}}};
    EXPECT_EQ(planned(), "evidence_column");
}

TEST_F(PurgeChanges, RefusesWhereHoldsAreNotKnown) {
    result.run.profile.clear();
    EXPECT_EQ(planned(), "no_profile");
    result.run.profile = "crm";
    Entity plain;
    plain.name = "table:other";
    plain.table = {"", "person"};
    plain.key = {"id"};
    result.entities.push_back(plain);
    result.findings[0].rows->entity = plain.name;
    EXPECT_EQ(planned(), "exemption_unlinked");
}

TEST_F(PurgeChanges, IsStoppedByAHoldAndADutyButByNoRelationship) {
    EXPECT_THAT(spared(), ElementsAre("hold", "retention_duty", "done"));
    result.rules[0].purge = PurgeAction::restrict;
    table().columns.push_back(column_of("no_mail", ColumnKind::boolean, false));
    person().restriction = {{"", "no_mail", "1"}};
    EXPECT_THAT(spared(), ElementsAre("hold", "done"));
}

TEST_F(PurgeChanges, MarksWhatTheProfileSays) {
    result.rules[0].purge = PurgeAction::restrict;
    EXPECT_EQ(planned(), "no_restriction");
    table().columns.push_back(column_of("no_mail", ColumnKind::boolean, false));
    person().restriction = {{"", "no_mail", "1"}};
    EXPECT_EQ(planned(), "person.no_mail = '1' ");
    person().restriction = {{"", "id", "1"}};
    EXPECT_EQ(planned(), "key_column");
    person().restriction = {{"", "no_mail", std::nullopt}};
    EXPECT_EQ(planned(), "no_neutral_value");
}

TEST_F(PurgeChanges, MarksRowsThatAPathLeadsTo) {
    result.rules[0].purge = PurgeAction::restrict;
    result.tables.push_back({{"", "link"}, {"id"}, {}, {}, {}, {column_of("id", ColumnKind::integer, false)}});
    result.tables.push_back(
        {{"", "address"},
         {"id"},
         {},
         {},
         {},
         {column_of("id", ColumnKind::integer, false), column_of("opt_out", ColumnKind::boolean, false)}});
    person().paths = {
        {"addresses",
         {{{"", "link"}, {{"person_id", "id", false}}, {}}, {{"", "address"}, {{"id", "address_id", false}}, {}}}}};
    person().restriction = {{"addresses", "opt_out", "1"}};
    EXPECT_EQ(planned(), "address.opt_out = '1' ");
    const Step step = make_plan(result, {}).steps.at(0);
    EXPECT_THAT(step.reads, ElementsAre(TableName{"", "link"}, TableName{"", "address"}));
    EXPECT_THAT(step.deletes, IsEmpty());
}

TEST_F(PurgeChanges, EmptiesWhatTheRulesRolesLookAtInTheirRowsOnly) {
    const Condition left = all({{OneOf{column("kind"), {"a"}}}, present(column("born", ColumnKind::date))});
    person().attributes.push_back({"kept", ValueType::flag, Role::leftover, OwnCondition{left}, false});
    result.rules[0].emptied = {Role::leftover};
    result.findings[0].object.column.clear();
    EXPECT_EQ(planned(), "person.born = NULL ");
    EXPECT_EQ(make_plan(result, {}).steps.at(0).changes.at(0).where, left);
}

TEST_F(PurgeChanges, LeavesADetailThatThePolicyDoesNotName) {
    person().attributes.push_back({"ip", ValueType::text, Role::event_address, OwnColumn{column("born")}, false});
    result.rules[0].emptied = {Role::event_place};
    EXPECT_EQ(planned(), "not_emptied");
    result.rules[0].emptied = {Role::event_address};
    EXPECT_EQ(planned(), "person.born = NULL ");
}

TEST_F(PurgeChanges, EmptiesRowsOfOnePersonAlone) {
    result.tables.push_back({{"", "note"},
                             {"id"},
                             {},
                             {},
                             {},
                             {column_of("id", ColumnKind::integer, false), column_of("text", ColumnKind::text, true)}});
    person().paths = {{"notes", {{{"", "note"}, {{"person_id", "id", false}}, {}}}}};
    person().attributes.push_back({"noted", ValueType::flag, Role::leftover,
                                   Related{"notes", Aggregate::any, column("text", ColumnKind::text), {}}, false});
    result.rules[0].emptied = {Role::leftover};
    result.findings[0].object.column.clear();
    EXPECT_EQ(planned(), "note.text = NULL ");
    person().paths[0].joins.push_back({{"", "person"}, {{"id", "x", false}}, {}});
    EXPECT_EQ(planned(), "shared_rows");
}

}  // namespace
}  // namespace crmaudit::reports::purge
