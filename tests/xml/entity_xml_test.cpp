// Entities and conditions survive being written and read, and what is written is valid.
#include "auditor/xml/entity_xml.h"

#include <gtest/gtest.h>

#include <sstream>
#include <string>
#include <vector>

#include "auditor/data/embedded.h"

namespace crmaudit::xml {
namespace {

/// The shared types with a root element each.
std::string schema() {
    std::string text{data::embedded("policies/entity.xsd").value()};
    const std::string roots = R"(<xs:element name="entity" type="entity"/><xs:element name="where" type="where"/>)";
    return text.insert(text.rfind("</xs:schema>"), roots);
}

Document parsed(const pugi::xml_document& tree) {
    std::ostringstream text;
    tree.save(text, "  ");
    return {"test.xml", text.str(), schema()};
}

Condition reread(const Condition& condition) {
    pugi::xml_document tree;
    write_condition(tree.append_child("where"), condition);
    const Document document = parsed(tree);
    for (const pugi::xml_node child : document.root().children()) {
        if (child.type() == pugi::node_element) return read_condition(document, child);
    }
    return {};
}

Condition read(const std::string& text) {
    const Document document{"test.xml", "<where>" + text + "</where>", schema()};
    return read_condition(document, document.root().first_child());
}

std::string refusal(const std::string& text) {
    try {
        read(text);
    } catch (const DocumentError& error) {
        return error.what();
    }
    return "nothing refused";
}

Date day(int year, unsigned month, unsigned day_of_month) {
    return Date{std::chrono::year{year}, std::chrono::month{month}, std::chrono::day{day_of_month}};
}

class EveryCondition : public testing::TestWithParam<Condition> {};

TEST_P(EveryCondition, ReadsBackEqual) { EXPECT_EQ(reread(GetParam()), GetParam()); }

const Operand name = column("name", ColumnKind::text);
const Operand born = attribute("born");

INSTANTIATE_TEST_SUITE_P(
    Nodes, EveryCondition,
    testing::Values(
        Condition{}, Condition{Missing{name, {}}}, Condition{Missing{born, {"other", " ", "", "n/a"}}},
        Condition{OneOf{name, {}}}, Condition{OneOf{name, {"1"}}}, Condition{OneOf{name, {"a b", "<&\"'>", "ä\n\tö"}}},
        Condition{ListHas{name, {"consent", "with drawn"}}}, Condition{Holds{attribute("open deal")}},
        Condition{Before{born, day(2023, 6, 15)}},
        Condition{Before{column("at", ColumnKind::timestamp), day(1900, 1, 1)}},
        Condition{LaterThan{born, attribute("made"), Period{1, 0}}},
        Condition{LaterThan{column("a", ColumnKind::date), column("b", ColumnKind::timestamp), Period{0, 30}}},
        Condition{LaterThan{born, column("b"), Period{}}}, Condition{LaterThan{born, column("b"), Period{14, 3}}},
        Condition{All{}}, Condition{Any{}}, Condition{Not{{Condition{}}}},
        Condition{All{{Condition{Any{{Condition{Holds{born}}, Condition{Not{{Condition{Missing{name, {"x"}}}}}}}}},
                       Condition{}}}}));

TEST(ConditionXml, ReadsASingleValueAsAnAttribute) {
    EXPECT_EQ(read(R"(<one-of column="deleted" value="1"/>)"), (Condition{OneOf{column("deleted"), {"1"}}}));
    EXPECT_EQ(read(R"(<list-has column="basis" word="consent"/>)"), (Condition{ListHas{column("basis"), {"consent"}}}));
}

TEST(ConditionXml, TakesAMissingOffsetAsNone) {
    EXPECT_EQ(read(R"(<later-than column="a" reference-column="b"/>)"),
              (Condition{LaterThan{column("a"), column("b"), Period{}}}));
}

TEST(ConditionXml, WantsEitherAColumnOrAnAttribute) {
    EXPECT_EQ(refusal("\n<missing/>"), "test.xml:2: <missing> needs either column=\"…\" or attribute=\"…\"");
    EXPECT_EQ(refusal(R"(<missing column="a" attribute="b"/>)"),
              "test.xml:1: <missing> needs either column=\"…\" or attribute=\"…\"");
}

TEST(ConditionXml, RefusesDaysThatDoNotExist) {
    EXPECT_EQ(refusal(R"(<before column="a" date="2026-02-29"/>)"), "test.xml:1: 2026-02-29 is no day of the calendar");
}

TEST(ConditionXml, RefusesWhatIsNoCondition) {
    EXPECT_NE(refusal("<sometimes/>").find("test.xml:1:"), std::string::npos);
    EXPECT_NE(refusal("<not/>").find("test.xml:1:"), std::string::npos);
}

TEST(ConditionXml, ReplacesWhatXmlForbids) {
    EXPECT_EQ(reread({OneOf{column("a\x01z"), {"\xFF"}}}),
              (Condition{OneOf{column("a\xEF\xBF\xBDz"), {"\xEF\xBF\xBD"}}}));
}

Entity written_and_read(const Entity& entity) {
    pugi::xml_document tree;
    write_entity(tree, entity);
    const Document document = parsed(tree);
    return read_entity(document, document.root());
}

Entity person() {
    Entity entity;
    entity.name = "contact";
    entity.kind = EntityKind::person;
    entity.table = {"crm", "con tacts"};
    entity.key = {"id", "tenant"};
    entity.live = {OneOf{column("deleted", ColumnKind::boolean), {"0"}}};
    entity.paths = {{"calls",
                     {{{"crm", "calls_contacts"}, {{"contact", "id", true}, {"tenant", "tenant", false}}, {}},
                      {{"", "calls"}, {{"id", "call", false}}, {Not{{{OneOf{column("deleted"), {"1"}}}}}}}}}};
    entity.attributes = {
        {"created", ValueType::date, Role::created, OwnColumn{column("made", ColumnKind::timestamp)}, false},
        {"withdrawn", ValueType::date, std::nullopt, OwnColumn{column("at"), {Missing{column("basis"), {}}}}, true},
        {"always", ValueType::flag, Role::relationship, OwnCondition{}, false},
        {"open", ValueType::flag, Role::relationship, OwnCondition{{OneOf{column("stage"), {"New", "In Process"}}}},
         false},
        {"last call", ValueType::date, Role::activity,
         Related{"calls", Aggregate::latest, column("at", ColumnKind::date), {OneOf{column("status"), {"Held"}}}},
         true},
        {"calls", ValueType::number, std::nullopt, Related{"calls", Aggregate::count, {}, {}}, false},
    };
    entity.absent = {{Role::notice, "no <place> & \"none\""}};
    entity.unbound = {{Role::tracked, "not_in_catalog: log"}};
    entity.restriction = {{"calls", "sta\"tus", "<no>"}, {"", "made", std::nullopt}, {"", "basis", ""}};
    return entity;
}

TEST(EntityXml, ReadsBackEqual) { EXPECT_EQ(written_and_read(person()), person()); }

TEST(EntityXml, ReadsBackAnEntityOfAnyNames) {
    Entity entity;
    entity.name = "weird \"name\"";
    entity.table = {"", "🦉 < & > ' \" a:b\nc\td"};
    entity.key = {"my id", "größe"};
    entity.attributes = {{"{x}", ValueType::text, std::nullopt, OwnColumn{column("]]>")}, false}};
    EXPECT_EQ(written_and_read(entity), entity);
}

TEST(EntityXml, ReadsBackAnEntityWithoutAnything) {
    Entity entity;
    entity.name = "log";
    entity.table = {"", "log"};
    EXPECT_EQ(written_and_read(entity), entity);
}

Entity read_entity_text(const std::string& inside) {
    const Document document{
        "test.xml", "<entity name=\"p\" kind=\"person\" table=\"t\" key=\"id\">\n" + inside + "</entity>", schema()};
    return read_entity(document, document.root());
}

TEST(EntityXml, KnowsTheTypeFromRoleAndForm) {
    const Entity entity = read_entity_text(
        R"(<path name="p"><join table="j"><on column="a" previous="id"/></join></path>
           <attribute name="a" role="created" column="x"/>
           <attribute name="b" role="source" column="x"/>
           <attribute name="c" column="x"/>
           <attribute name="d"><where><always/></where></attribute>
           <attribute name="e" via="p" aggregate="any"/>
           <attribute name="f" via="p" aggregate="count"/>
           <attribute name="g" via="p" aggregate="earliest" column="x"/>)");
    std::vector<ValueType> types;
    for (const Attribute& attribute : entity.attributes) types.push_back(attribute.type);
    using enum ValueType;
    EXPECT_EQ(types, (std::vector{date, text, text, flag, flag, number, date}));
}

TEST(EntityXml, LetsConditionsSideBySideAllHold) {
    const Entity entity =
        read_entity_text(R"(<live><one-of column="a" value="1"/><one-of column="b" value="2"/></live>)");
    EXPECT_EQ(entity.live, (Condition{All{{{OneOf{column("a"), {"1"}}}, {OneOf{column("b"), {"2"}}}}}}));
}

std::string refused_attribute(const std::string& attributes) {
    try {
        read_entity_text("<attribute name=\"a\" " + attributes + "/>");
    } catch (const DocumentError& error) {
        return error.what();
    }
    return "nothing refused";
}

TEST(EntityXml, SaysWhatAnAttributeLacks) {
    EXPECT_EQ(refused_attribute(""), "test.xml:2: an attribute is a column, a <where> or via a path");
    EXPECT_EQ(refused_attribute("aggregate=\"any\""), "test.xml:2: aggregate needs via=\"…\", the name of a path");
    EXPECT_EQ(refused_attribute("via=\"p\" aggregate=\"latest\""),
              "test.xml:2: latest, earliest and first need the column they take");
    EXPECT_EQ(refused_attribute("via=\"p\" aggregate=\"first\""),
              "test.xml:2: latest, earliest and first need the column they take");
    EXPECT_EQ(refused_attribute("via=\"p\" aggregate=\"count\" column=\"x\""),
              "test.xml:2: count looks at rows: leave out column, use <where>");
    EXPECT_EQ(refused_attribute("via=\"p\""), "test.xml:2: '' is no aggregate");
}

}  // namespace
}  // namespace crmaudit::xml
