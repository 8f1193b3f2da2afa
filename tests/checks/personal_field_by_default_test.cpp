#include <gtest/gtest.h>

#include "tests/support/small_crm.h"

namespace crmaudit::testing {
namespace {

const std::map<std::string, std::string, std::less<>> parameters{
    {"categories", "birth_date religion"},
    {"yes", "1 t true yes granted"},
    {"protective", "do_not_* *opt_out* *optout* *unsubscribed*"}};

/// A table of guests, who are persons, with these columns; the last one, "mail_…", is a consent.
void guests(SmallCrm& crm, const std::string& columns, const std::string& consent = "", Topic topic = Topic::person) {
    crm.sql("CREATE TABLE guest (id INTEGER PRIMARY KEY, " + columns + ");");
    crm.topics = {{{"", "guest"}, topic, "its name"}};
    if (!consent.empty()) crm.classified("guest", consent).category = Category::consent;
}

TEST(PersonalFieldByDefault, HitForABirthdayThatMustBeFilled) {
    SmallCrm crm;
    guests(crm, "birthday DATE NOT NULL, religion TEXT");
    const AuditResult result = crm.audit("personal_field_by_default", parameters);
    EXPECT_EQ(summary(result), "found 1/0 guest.birthday");
    EXPECT_EQ(result.findings.at(0).facts, (std::vector<std::string>{"mandatory"}));
    EXPECT_EQ(result.findings.at(0).category, Category::birth_date);
    EXPECT_FALSE(result.findings.at(0).rows);
}

TEST(PersonalFieldByDefault, HitForConsentThatIsGivenByDefault) {
    for (const char* value : {"1", "'1'", "TRUE", "'t'", "'Granted'", "('yes')"}) {
        SmallCrm crm;
        guests(crm, std::string{"mail_consent TEXT DEFAULT "} + value, "mail_consent");
        const AuditResult result = crm.audit("personal_field_by_default", parameters);
        EXPECT_EQ(summary(result), "found 1/0 guest.mail_consent") << value;
        if (result.findings.empty()) continue;
        EXPECT_EQ(result.findings.at(0).facts, (std::vector<std::string>{"yes_by_default"})) << "never the default";
    }
}

TEST(PersonalFieldByDefault, HitInTablesThatKeepConsentsApart) {
    SmallCrm crm;
    guests(crm, "agreed INTEGER DEFAULT 1", "agreed", Topic::consent);
    EXPECT_EQ(summary(crm.audit("personal_field_by_default", parameters)), "found 1/0 guest.agreed");
}

TEST(PersonalFieldByDefault, HitForDefaultsAsServersWriteThem) {
    SmallCrm crm;
    Catalog catalog;
    Table& table = catalog.tables.emplace_back();
    table.name.name = "guest";
    crm.topics = {{{"", "guest"}, Topic::person, "its name"}};
    for (const char* value : {"'1'::smallint", "b'1'", "((1))", "'granted'::character varying"}) {
        const std::string name = "consent_" + std::to_string(table.columns.size());
        table.columns.push_back({name, "text", ColumnKind::text, true, value, ""});
        crm.classified("guest", name).category = Category::consent;
    }
    crm.altered_catalog = &catalog;
    crm.has_profile = false;
    EXPECT_EQ(crm.audit("personal_field_by_default", parameters).findings.size(), 4U);
}

TEST(PersonalFieldByDefault, CleanForAFieldThatIsOptionalHasADefaultOrIsNeeded) {
    SmallCrm crm;
    guests(crm, "birthday DATE, religion TEXT NOT NULL DEFAULT ''");
    EXPECT_EQ(summary(crm.audit("personal_field_by_default", parameters)), "clean");
    crm.sql("CREATE TABLE child (birthday DATE NOT NULL);");
    crm.topics.push_back({{"", "child"}, Topic::person, "its name"});
    crm.purposes = {{"age_verification", {Category::birth_date}, {}}};
    crm.declared_purposes = {"age_verification"};
    EXPECT_EQ(summary(crm.audit("personal_field_by_default", parameters)), "clean");
    crm.declared_purposes.clear();
    EXPECT_EQ(summary(crm.audit("personal_field_by_default", parameters)), "found 1/0 child.birthday");
}

TEST(PersonalFieldByDefault, CleanForDefaultsThatProtect) {
    for (const char* column : {"do_not_email", "doNotCall", "emailoptout", "mail_opt_out"}) {
        SmallCrm crm;
        guests(crm, std::string{column} + " INTEGER DEFAULT 1", column);
        EXPECT_EQ(summary(crm.audit("personal_field_by_default", parameters)), "clean") << column;
    }
}

TEST(PersonalFieldByDefault, CleanForDefaultsThatGiveNoConsent) {
    for (const char* value : {"0", "'0'", "FALSE", "''", "'unknown'", "NULL"}) {
        SmallCrm crm;
        guests(crm, std::string{"mail_consent TEXT DEFAULT "} + value, "mail_consent");
        EXPECT_EQ(summary(crm.audit("personal_field_by_default", parameters)), "clean") << value;
    }
}

TEST(PersonalFieldByDefault, CleanForWhatTheProfileCallsAnObjection) {
    SmallCrm crm;
    crm.sql("ALTER TABLE person ADD COLUMN silent INTEGER DEFAULT 1;");
    crm.classified("person", "silent").category = Category::consent;
    EXPECT_EQ(summary(crm.audit("personal_field_by_default", parameters)), "found 1/0 person.silent");
    crm.profile.entities.front().attributes.push_back(
        {"silent", ValueType::flag, Role::marketing_refused, OwnColumn{column("silent")}, false});
    EXPECT_EQ(summary(crm.audit("personal_field_by_default", parameters)), "clean");
}

TEST(PersonalFieldByDefault, CleanForTablesThatAreAboutSomethingElse) {
    SmallCrm crm;
    guests(crm, "birthday DATE NOT NULL", "", Topic::company);
    EXPECT_EQ(summary(crm.audit("personal_field_by_default", parameters)), "clean");
}

TEST(PersonalFieldByDefault, MappingMissingIsMadeUpForByTheTableItself) {
    SmallCrm crm;
    crm.has_profile = false;
    guests(crm, "birthday DATE NOT NULL", "", Topic::unknown);
    EXPECT_EQ(summary(crm.audit("personal_field_by_default", parameters)), "clean") << "nobody has this birthday";
    crm.sql("ALTER TABLE guest ADD COLUMN name TEXT;");
    EXPECT_EQ(summary(crm.audit("personal_field_by_default", parameters)), "found 1/0 guest.birthday");
}

}  // namespace
}  // namespace crmaudit::testing
