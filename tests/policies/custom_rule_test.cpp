// Rules that select rows by themselves: what they mean, and what is refused with its line.
#include <gtest/gtest.h>

#include "policies/load.h"
#include "tests/policies/files.h"

namespace crmaudit::policies {
namespace {

std::string policy_text(const std::string& rows, const std::string& check = "custom") {
    return R"(<policy name="own"><title lang="en">Own</title><title lang="de">Eigene</title>
  <rule id="own_rule" check=")" +
           check + R"(" severity="low"><basis law="House rules"/>
)" + rows +
           R"(
    <text lang="en"><title>t</title><what>w</what><why>y</why><remedy>r</remedy><false-positives>f</false-positives></text>
    <text lang="de"><title>T</title><what>W</what><why>Y</why><remedy>R</remedy><false-positives>F</false-positives></text>
  </rule></policy>)";
}

std::string refused(const std::string& text) {
    return refusal(text, [](const std::string& path) { load_policy(path, {"custom", "stale_person"}); });
}

std::string refused_rows(const std::string& rows) { return refused(policy_text(rows)); }

TEST(CustomRule, SelectsRowsOfATableByPathsAttributesAndConditions) {
    const TestFile file{policy_text(R"(<rows table="orders" key="id">
      <path name="customer"><join table="customers"><on column="id" previous="customer_id"/></join></path>
      <attribute name="has_customer" via="customer" aggregate="any"/>
      <where>
        <not><holds attribute="has_customer"/></not>
        <any><older-than column="placed" period="P6Y"/><like column="note" pattern="test*"/></any>
      </where></rows>)")};
    const Policy policy = load_policy(file.path(), {"custom"});
    const Selection& rows = *policy.find("own_rule")->rows;
    EXPECT_EQ(rows.entity.table, (TableName{"", "orders"}));
    EXPECT_EQ(rows.entity.key, std::vector<std::string>{"id"});
    ASSERT_NE(rows.entity.path("customer"), nullptr) << "a path may begin at any column";
    EXPECT_EQ(rows.entity.find("has_customer")->type, ValueType::flag);
    EXPECT_EQ(
        rows.where,
        (Condition{All{{negate(holds("has_customer")),
                        {Any{{{OlderThan{column("placed"), Period{72, 0}}}, {Like{column("note"), {"test*"}}}}}}}}}));
}

TEST(CustomRule, SelectsRowsOfAnEntityOfTheProfile) {
    const TestFile file{policy_text(
        R"(<rows entity="contact"><where><missing attribute="source"/><one-of column="do_not_call" value="1"/></where></rows>)")};
    const Policy policy = load_policy(file.path(), {"custom"});
    const Selection& rows = *policy.find("own_rule")->rows;
    EXPECT_EQ(rows.entity.name, "contact");
    EXPECT_TRUE(rows.entity.table.name.empty());
}

TEST(CustomRule, NeedsRowsAndNoOtherRuleHasThem) {
    EXPECT_EQ(refused_rows(""), "2: rule 'own_rule' needs <rows>, which it is about");
    EXPECT_EQ(refused(policy_text(R"(<rows table="t"><where><always/></where></rows>)", "stale_person")),
              "3: <rows> is for rules of the check 'custom'");
}

TEST(CustomRule, IsAboutAnEntityOrATable) {
    EXPECT_EQ(refused_rows(R"(<rows><where><always/></where></rows>)"),
              "3: rule 'own_rule': <rows> needs either entity=\"…\", of the profile, or table=\"…\"");
    EXPECT_EQ(refused_rows(R"(<rows entity="a" table="b"><where><always/></where></rows>)"),
              "3: rule 'own_rule': <rows> needs either entity=\"…\", of the profile, or table=\"…\"");
    EXPECT_EQ(refused_rows(R"(<rows entity="a" key="id"><where><always/></where></rows>)"),
              "3: rule 'own_rule': the profile knows the key of its entity: leave out key");
}

TEST(CustomRule, RefusesAttributesThatAreNotThere) {
    EXPECT_EQ(
        refused_rows(R"(<rows table="orders">
      <path name="lines"><join table="lines"><on column="order_id" previous="id"/></join></path>
      <attribute name="has_lines" via="lines" aggregate="any"/>
      <where><holds attribute="has_line"/></where></rows>)"),
        "6: rule 'own_rule': there is no attribute 'has_line'; did you mean 'has_lines'?; declare it with <attribute>, "
        "or write column=\"…\"");
    EXPECT_EQ(refused_rows(R"(<rows table="orders">
      <attribute name="has_lines" via="lines" aggregate="any"/>
      <where><holds attribute="has_lines"/></where></rows>)"),
              "4: rule 'own_rule': attribute 'has_lines': there is no path 'lines'");
    EXPECT_EQ(refused_rows(R"(<rows entity="contact"><where><holds attribute="of_the_profile"/></where></rows>)"),
              "nothing refused")
        << "the profile may have it";
}

TEST(CustomRule, RefusesFlagsDatesAndTextsThatAreUsedForEachOther) {
    const auto with = [](const std::string& where) {
        return refused_rows(R"(<rows table="orders">
      <path name="lines"><join table="lines"><on column="order_id" previous="id"/></join></path>
      <attribute name="some" via="lines" aggregate="any"/>
      <attribute name="last" via="lines" aggregate="latest" column="at"/>
      <attribute name="name" column="name"/>
      <where>)" + where + "</where></rows>");
    };
    EXPECT_EQ(
        with(R"(<one-of attribute="some" value="1"/>)"),
        "8: rule 'own_rule': attribute 'some' is a flag: write <holds>, and <not> around it where it must not hold");
    EXPECT_EQ(
        with(R"(<all><not><holds attribute="last"/></not></all>)"),
        "8: rule 'own_rule': attribute 'last' is a date: write before, since, older-than, later-than, implausible or "
        "missing");
    EXPECT_EQ(with(R"(<older-than attribute="name" period="P1Y"/>)"),
              "8: rule 'own_rule': attribute 'name' is a text: write one-of, list-has, like or missing");
    EXPECT_EQ(
        with(R"(<holds column="open"/>)"),
        "8: rule 'own_rule': <holds> is for attributes; write <one-of column=\"…\" value=\"1\"/> for a column that is "
        "a flag");
    EXPECT_EQ(with(R"(<one-of column="state"/>)"),
              "8: rule 'own_rule': one-of, list-has and like need at least one value, word or pattern");
    EXPECT_EQ(with(R"(<listed column="id" list="x"/>)"), "8: rule 'own_rule': <listed> is for results, not for rules");
    EXPECT_EQ(with(R"(<holds attribute="some"/><older-than attribute="last" period="P1Y"/>)"), "nothing refused");
}

TEST(CustomRule, RefusesPartsThatAreForProfiles) {
    EXPECT_EQ(refused_rows(R"(<rows table="t"><attribute name="a" role="created" column="a"/>
      <where><missing attribute="a"/></where></rows>)"),
              "3: rule 'own_rule': attribute 'a': roles are for profiles; a rule names its attributes in <where>");
    EXPECT_EQ(refused_rows(R"(<rows table="t"><attribute name="a" column="a" optional="true"/>
      <where><missing attribute="a"/></where></rows>)"),
              "3: rule 'own_rule': attribute 'a': optional is for profiles; a rule needs everything it names");
    EXPECT_EQ(refused_rows(R"(<rows table="t"><path name="p"><join table="u"><on column="a" previous="b"/>
      <where><missing attribute="x"/></where></join></path><where><always/></where></rows>)"),
              "3: rule 'own_rule': path 'p': conditions here are about columns: write column=\"…\"");
}

}  // namespace
}  // namespace crmaudit::policies
