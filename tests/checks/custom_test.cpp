#include <gtest/gtest.h>

#include "auditor/data/schema.h"
#include "auditor/xml/entity_xml.h"
#include "tests/support/small_crm.h"

namespace crmaudit::testing {
namespace {

/// The rows of a rule, as a policy writes them.
Selection rows(const std::string& text) {
    const std::string policy =
        R"(<policy name="p"><title lang="en">t</title><rule id="custom"><basis law="l"/>)" + text + "</rule></policy>";
    const xml::Document document{"policy.xml", policy, data::schema("policies/policy.xsd")};
    return xml::read_selection(document, document.root().child("rule").child("rows"));
}

constexpr const char* old_without_deal = R"(
    <rows entity="person">
      <path name="deals"><join table="deal"><on column="person_id" previous="id"/></join></path>
      <attribute name="has_deal" via="deals" aggregate="any"/>
      <where><older-than column="created" period="P1Y"/><not><holds attribute="has_deal"/></not></where>
    </rows>)";

TEST(Custom, HitWhereRowsOfAMappedEntityMeetTheConditions) {
    SmallCrm crm;
    crm.rows = rows(old_without_deal);
    crm.sql(
        "INSERT INTO person(id, created, deleted) VALUES ('old', '2020-01-01', 0), ('busy', '2020-01-01', 0),"
        "  ('new', '2026-06-01', 0), ('gone', '2020-01-01', 1), ('dateless', NULL, 0);"
        "INSERT INTO deal(person_id, open) VALUES ('busy', 0), (NULL, 1);");
    const AuditResult result = crm.audit("custom");
    EXPECT_EQ(summary(result), "found 1/4 person");
    EXPECT_TRUE(result.findings.at(0).persons);
    EXPECT_FALSE(result.rules.at(0).rows.has_value()) << "the finding holds the rows, bound to the database";
}

TEST(Custom, HitOverAttributesOfTheProfile) {
    SmallCrm crm;
    crm.rows = rows(R"(<rows entity="person"><where>
        <missing attribute="source"/><holds attribute="open_deal"/>
        <any><since attribute="visited" date="2026-01-01"/><missing attribute="visited"/></any></where></rows>)");
    crm.sql(
        "INSERT INTO person(id, source) VALUES ('hit', ' '), ('known', 'fair'), ('idle', NULL), ('late', NULL);"
        "INSERT INTO deal(person_id, open) VALUES ('hit', 1), ('known', 1), ('idle', 0), ('late', 1);"
        "INSERT INTO visit(person_id, at) VALUES ('late', '2024-05-05');");
    EXPECT_EQ(summary(crm.audit("custom")), "found 1/4 person");
}

TEST(Custom, HitInATableThatNoProfileMaps) {
    SmallCrm crm;
    crm.has_profile = false;
    crm.rows = rows(R"(<rows table="deal">
        <path name="person"><join table="person"><on column="id" previous="person_id"/></join></path>
        <attribute name="has_person" via="person" aggregate="any"/>
        <where><not><holds attribute="has_person"/></not></where></rows>)");
    crm.sql(
        "INSERT INTO person(id) VALUES ('p'), (NULL);"
        "INSERT INTO deal(person_id, open) VALUES ('p', 1), ('erased', 1), (NULL, 1);");
    const AuditResult result = crm.audit("custom");
    EXPECT_EQ(summary(result), "found 2/3 deal") << "NULL belongs to nobody, whatever else is NULL";
    EXPECT_FALSE(result.findings.at(0).persons);
}

TEST(Custom, CleanWhereNoRowMeetsThem) {
    SmallCrm crm;
    crm.rows = rows(old_without_deal);
    crm.sql("INSERT INTO person(id, created) VALUES ('new', '2026-06-01');");
    EXPECT_EQ(summary(crm.audit("custom")), "clean");
}

TEST(Custom, MappingMissingNamesWhatTheDatabaseLacks) {
    SmallCrm crm;
    crm.sql("INSERT INTO person(id, created) VALUES ('old', '2020-01-01'); DROP TABLE deal;");
    crm.rows = rows(old_without_deal);
    EXPECT_EQ(summary(crm.audit("custom")), "not_checked [person not_in_catalog: deal]");
    crm.rows = rows(R"(<rows table="invoice"><where><always/></where></rows>)");
    EXPECT_EQ(summary(crm.audit("custom")), "not_checked [invoice not_in_catalog: invoice]");
    crm.rows = rows(R"(<rows table="person"><where><not><one-of column="vip" value="1"/></not></where></rows>)");
    EXPECT_EQ(summary(crm.audit("custom")), "not_checked [person not_in_catalog: person.vip]");
    crm.rows = rows(R"(<rows table="person" key="nr"><where><always/></where></rows>)");
    EXPECT_EQ(summary(crm.audit("custom")), "not_checked [person not_in_catalog: person.nr]");
}

TEST(Custom, MappingMissingNamesWhatTheProfileLacks) {
    SmallCrm crm;
    crm.sql("DROP TABLE visit;");
    crm.rows = rows(R"(<rows entity="customer"><where><always/></where></rows>)");
    EXPECT_EQ(summary(crm.audit("custom")), "not_checked [customer not_mapped: customer]");
    crm.rows = rows(R"(<rows entity="person"><where><not><missing attribute="shoe_size"/></not></where></rows>)");
    EXPECT_EQ(summary(crm.audit("custom")), "not_checked [person not_mapped: shoe_size]");
    crm.rows = rows(R"(<rows entity="person"><where><not><missing attribute="visited"/></not></where></rows>)");
    EXPECT_EQ(summary(crm.audit("custom")), "not_checked [person not_in_catalog: visit]");
    crm.has_profile = false;
    EXPECT_EQ(summary(crm.audit("custom")), "not_checked [person no_profile]");
}

TEST(Custom, FailsWhereAnAttributeOfTheProfileIsSomethingElse) {
    SmallCrm crm;
    crm.sql("INSERT INTO person(id) VALUES ('p');");
    crm.rows = rows(R"(<rows entity="person"><where><one-of attribute="open_deal" value="1"/></where></rows>)");
    const AuditResult result = crm.audit("custom");
    EXPECT_EQ(outcome(result).status, OutcomeStatus::failed);
    EXPECT_EQ(
        outcome(result).reason,
        "rule custom: attribute 'open_deal' is a flag: write <holds>, and <not> around it where it must not hold");
    crm.rows.reset();
    EXPECT_EQ(outcome(crm.audit("custom")).status, OutcomeStatus::failed);
}

TEST(Custom, OwnAttributesHideThoseOfTheProfile) {
    SmallCrm crm;
    crm.rows = rows(R"(<rows entity="person">
        <attribute name="open_deal" via="deal" aggregate="any"><where><one-of column="open" value="0"/></where></attribute>
        <where><holds attribute="open_deal"/></where></rows>)");
    crm.sql(
        "INSERT INTO person(id) VALUES ('won'), ('running');"
        "INSERT INTO deal(person_id, open) VALUES ('won', 0), ('running', 1);");
    EXPECT_EQ(summary(crm.audit("custom")), "found 1/2 person");
}

}  // namespace
}  // namespace crmaudit::testing
