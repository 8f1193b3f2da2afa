#include "auditor/engine/bind.h"

#include <gtest/gtest.h>

#include "auditor/engine/audit.h"

namespace crmaudit::engine {
namespace {

Table table(const char* name, std::vector<Column> columns) {
    Table made;
    made.name = {"crm", name};
    made.columns = std::move(columns);
    return made;
}

Column text(const char* name) { return {name, "text", ColumnKind::text, true, std::nullopt, ""}; }
Column integer(const char* name) { return {name, "int", ColumnKind::integer, true, std::nullopt, ""}; }

Catalog catalog() {
    Catalog made;
    made.default_schema = "crm";
    made.tables = {table("call", {integer("person_id"), text("state"), text("at")}),
                   table("person", {text("id"), text("created")})};
    return made;
}

Profile profile() {
    Entity person;
    person.name = "person";
    person.kind = EntityKind::person;
    person.table = {"", "person"};
    person.key = {"id"};
    person.paths = {{"calls", {{{"", "call"}, {{"person_id", "id", false}}, {OneOf{column("state"), {"held"}}}}}}};
    person.attributes = {
        {"created", ValueType::date, Role::created, OwnColumn{column("created")}, false},
        {"called", ValueType::date, Role::activity, Related{"calls", Aggregate::latest, column("at"), {}}, false}};
    Profile made;
    made.name = "p";
    made.signatures = {{"person", {"created"}}};
    made.entities = {person};
    return made;
}

TEST(Bind, FillsInSchemasAndKinds) {
    const auto entities = bind(profile(), catalog());
    ASSERT_EQ(entities.size(), 1U);
    const Entity& person = entities[0];
    EXPECT_EQ(person.table.schema, "crm");
    EXPECT_EQ(person.paths[0].joins[0].table.schema, "crm");
    EXPECT_TRUE(person.paths[0].joins[0].on[0].as_text) << "an integer meets a text";
    EXPECT_EQ(std::get<OwnColumn>(person.find("created")->value).column.kind, ColumnKind::text);
    EXPECT_TRUE(person.unbound.empty());
}

/// Exports of Salesforce or HubSpot, loaded into PostgreSQL without quotes, are all in lower case.
TEST(Bind, FindsNamesInOtherCapitalsAndSpellsThemAsTheCatalogDoes) {
    Profile written = profile();
    Entity& person = written.entities[0];
    person.table.name = "Person";
    person.key = {"ID"};
    person.live = {OneOf{column("Created"), {"x"}}};
    person.paths[0].joins[0].table.name = "CALL";
    person.paths[0].joins[0].on[0] = {"Person_Id", "Id", false};
    std::get<OwnColumn>(person.attributes[0].value).column.name = "CREATED";
    std::get<Related>(person.attributes[1].value).column.name = "At";
    Profile expected = profile();
    expected.entities[0].live = {OneOf{column("created"), {"x"}}};
    EXPECT_EQ(bind(written, catalog()), bind(expected, catalog()));
}

TEST(Bind, TakesNoNameThatMayMeanTwo) {
    Catalog twice = catalog();
    twice.tables.push_back(table("PERSON", {text("id"), text("created")}));
    EXPECT_EQ(bind(profile(), twice), bind(profile(), catalog())) << "one is spelled as the profile spells it";
    Profile written = profile();
    written.entities[0].table.name = "Person";
    const Entity person = bind(written, twice)[0];
    EXPECT_TRUE(person.attributes.empty());
    EXPECT_FALSE(person.unbound.empty());
}

TEST(Bind, JoinsColumnsOfTwoCollationsAsText) {
    Catalog mixed = catalog();
    mixed.tables[0].columns[0] = text("person_id");
    EXPECT_FALSE(bind(profile(), mixed)[0].paths[0].joins[0].on[0].as_text);
    mixed.tables[0].columns[0].collation = "utf8mb4_unicode_ci";
    EXPECT_TRUE(bind(profile(), mixed)[0].paths[0].joins[0].on[0].as_text);
}

TEST(Bind, NamesWhatTheCatalogLacks) {
    Profile wrong = profile();
    std::get<Related>(wrong.entities[0].attributes[1].value).column = column("when");
    auto entities = bind(wrong, catalog());
    ASSERT_EQ(entities[0].unbound.size(), 1U);
    EXPECT_EQ(entities[0].unbound[0], (Unbound{Role::activity, "not_in_catalog: call.when"}));
    EXPECT_EQ(entities[0].find("called"), nullptr);

    Catalog without = catalog();
    without.tables.erase(without.tables.begin());
    entities = bind(profile(), without);
    EXPECT_EQ(entities[0].unbound.at(0).reason, "not_in_catalog: call");
    EXPECT_TRUE(entities[0].paths.empty());

    without.tables.clear();
    entities = bind(profile(), without);
    EXPECT_EQ(entities[0].unbound.size(), 2U);
    EXPECT_TRUE(entities[0].attributes.empty());
}

TEST(Bind, LeavesNothingOfARestrictionThatCouldBeSetInPartOnly) {
    Profile written = profile();
    Entity& person = written.entities[0];
    person.restriction = {{"", "CREATED", "1"}, {"calls", "state", "no"}};
    EXPECT_EQ(bind(written, catalog())[0].restriction,
              (std::vector<Assignment>{{"", "created", "1"}, {"calls", "state", "no"}}));
    person.restriction[1].column = "blocked";
    EXPECT_TRUE(bind(written, catalog())[0].restriction.empty());
    // In a table that is not installed there is nothing to mark.
    person.paths[0].joins[0].table.name = "fax";
    EXPECT_EQ(bind(written, catalog())[0].restriction, (std::vector<Assignment>{{"", "created", "1"}}));
}

TEST(Bind, OptionalPlacesVanishWithoutAWord) {
    Profile optional = profile();
    optional.entities[0].attributes[1].optional = true;
    Catalog without = catalog();
    without.tables.erase(without.tables.begin());
    const auto entities = bind(optional, without);
    EXPECT_TRUE(entities[0].unbound.empty());
    EXPECT_EQ(entities[0].attributes.size(), 1U);
}

TEST(ChooseProfile, TakesTheOneWithMostSignaturesThatFit) {
    Profile general = profile();
    Profile particular = profile();
    particular.name = "q";
    particular.signatures.push_back({"call", {"state"}});
    Profile other = profile();
    other.name = "r";
    other.signatures = {{"person", {"created", "shoe_size"}}, {"call", {}}, {"mail", {}}};
    EXPECT_EQ(choose_profile({general, particular, other}, catalog())->name, "q");
    EXPECT_FALSE(choose_profile({other}, catalog()));
    Profile unsigned_one = profile();
    unsigned_one.signatures.clear();
    EXPECT_FALSE(choose_profile({unsigned_one}, catalog())) << "no signature fits nothing, not everything";
}

TEST(FilterTables, KeepsWhatIsIncludedAndNotExcluded) {
    EXPECT_EQ(filter_tables(catalog(), {}, {}).tables.size(), 2U);
    const Catalog calls = filter_tables(catalog(), {"crm.c*"}, {});
    EXPECT_EQ(calls.tables.size(), 1U);
    EXPECT_EQ(calls.left_out, std::vector<std::string>{"crm.person"}) << "what is left out stays visible";
    EXPECT_EQ(filter_tables(catalog(), {}, {"person"}).tables.at(0).name.name, "call");
    EXPECT_TRUE(filter_tables(catalog(), {"*"}, {"*"}).tables.empty());
}

Rule selecting(const std::string& id, const std::string& state) {
    Rule rule;
    rule.id = id;
    Selection rows;
    rows.entity.name = "person";
    rows.entity.paths = {{"calls", {{{"", "call"}, {{"person_id", "id", false}}, {}}}}};
    rows.entity.attributes = {{"some", ValueType::flag, std::nullopt,
                               Related{"calls", Aggregate::any, {}, {OneOf{column("state"), {state}}}}, false}};
    rows.where = all({holds("some"), present(attribute("created")), present(column("created"))});
    rule.rows = std::move(rows);
    return rule;
}

TEST(BindRows, KeepsTheNamesOfRulesOverOneEntityApart) {
    const Profile mapped = profile();
    const std::vector<Entity> bound = bind(mapped, catalog());
    const checks::BoundRows held = bind_rows(selecting("a", "held"), mapped, bound, catalog());
    const checks::BoundRows planned = bind_rows(selecting("b", "planned"), mapped, bound, catalog());
    EXPECT_EQ(held.gaps, std::vector<std::string>{});
    EXPECT_EQ(held.where,
              all({holds("a:some"), present(attribute("created")), present(column("created", ColumnKind::text))}));
    EXPECT_NE(planned.entity.find("b:some"), nullptr);
    EXPECT_EQ(planned.entity.find("a:some"), nullptr);
    EXPECT_EQ(std::get<Related>(held.entity.find("a:some")->value).path, "a:calls");
    EXPECT_EQ(std::get<Related>(held.entity.find("called")->value).path, "calls") << "the profile's own path stays";
    EXPECT_EQ(held.entity.name, "person");
    EXPECT_EQ(held.entity.live, bound.front().live);
}

TEST(BindRows, KnowsWhatARunAddedToTheEntity) {
    const Profile mapped = profile();
    std::vector<Entity> bound = bind(mapped, catalog());
    bound.front().attributes.push_back({"held back", ValueType::flag, Role::hold, OwnCondition{}, false});
    Rule rule = selecting("a", "held");
    rule.rows->where = holds("held back");
    EXPECT_EQ(bind_rows(rule, mapped, bound, catalog()).gaps, std::vector<std::string>{});
    EXPECT_EQ(bind_rows(rule, mapped, bind(mapped, catalog()), catalog()).gaps,
              std::vector<std::string>{"not_mapped: held back"});
}

TEST(BindRows, NamesEverythingThatIsLacking) {
    Rule rule = selecting("a", "held");
    rule.rows->entity.paths.front().joins.front().table.name = "meeting";
    const Profile mapped = profile();
    EXPECT_EQ(bind_rows(rule, mapped, bind(mapped, catalog()), catalog()).gaps,
              std::vector<std::string>{"not_in_catalog: meeting"});
    rule.rows->where = all({holds("some"), holds("unheard")});
    EXPECT_EQ(bind_rows(rule, mapped, bind(mapped, catalog()), catalog()).gaps,
              (std::vector<std::string>{"not_in_catalog: meeting", "not_mapped: unheard"}));
    EXPECT_EQ(bind_rows(rule, std::nullopt, {}, catalog()).gaps, std::vector<std::string>{"no_profile"});
}

}  // namespace
}  // namespace crmaudit::engine
