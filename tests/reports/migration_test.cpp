// What moves to another CRM and what stays: decided from a result, told on the page and in CSV.
#include "reports/migration.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "reports/formats/formats.h"
#include "reports/result_xml.h"
#include "tests/support/sample_result.h"

namespace crmaudit::reports {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;

ColumnClassification classified(const std::string& table, const std::string& name, Category category,
                                double confidence = 0.9) {
    ColumnClassification column;
    column.table = {"crm", table};
    column.column = name;
    column.type = "text";
    column.category = column.by_name = category;
    column.confidence = confidence;
    column.counts = ColumnCounts{100, 80, std::nullopt};
    return column;
}

Finding finding(const std::string& rule, const std::string& table, const std::string& column, std::int64_t affected) {
    Finding made;
    made.rule = made.check = rule;
    made.object.table = {"crm", table};
    made.object.column = column;
    made.affected = affected;
    made.total = 100;
    made.fingerprint = std::string(64, '1');
    return made;
}

Rule rule(const std::string& id, const std::string& after = "", PurgeAction purge = PurgeAction::none) {
    Rule made;
    made.id = made.check = id;
    made.texts.title = {{"en", "Title of " + id}, {"de", "Titel von " + id}};
    if (!after.empty()) made.parameters["after"] = after;
    made.purge = purge;
    return made;
}

/// contacts with calls of their own, a copy, a table without personal data, and one finding of each kind.
AuditResult result() {
    AuditResult made = test::clean_result();
    made.run.migration = true;
    made.run.label = "crm";
    made.tables.clear();
    Entity contact;
    contact.name = "contact";
    contact.kind = EntityKind::person;
    contact.table = {"crm", "contacts"};
    contact.key = {"id"};
    contact.paths = {{"calls", {{{"crm", "calls"}, {{"contact_id", "id", false}}, {}}}, PathPurge::rows},
                     {"firm", {{{"crm", "accounts"}, {{"contact_id", "id", false}}, {}}}, PathPurge::keep}};
    Entity log;
    log.name = "login";
    log.kind = EntityKind::log;
    log.table = {"crm", "logins"};
    made.entities = {contact, log};
    made.rules = {rule("stale_person", "P3Y", PurgeAction::person),
                  rule("unconverted_lead", "P1Y", PurgeAction::person),
                  rule("expired_log", "P1Y"),
                  rule("unnecessary_field"),
                  rule("special_category_field"),
                  rule("stray_copy")};
    made.rules.push_back(rule("old_calls", "P6M"));
    made.rules.back().check = "retention_expired";
    made.rules.back().parameters["kind"] = "log";
    made.outcomes.clear();
    for (const Rule& each : made.rules) {
        made.outcomes.push_back({each.id, each.check, OutcomeStatus::clean, {}, "", false, ""});
    }
    made.findings = {
        finding("stale_person", "contacts", "", 30), finding("unnecessary_field", "contacts", "birthdate", 80),
        finding("special_category_field", "contacts", "church", 4), finding("stray_copy", "contacts_bak", "", 100),
        finding("unnecessary_field", "contacts", "photo", 5)};
    made.findings[0].object.entity = "contact";
    made.findings[4].state = FindingState::waived;
    made.purposes = {{"employment", {Category::income}, {{"en", "Work"}, {"de", "Arbeit"}}}};
    made.seen = {{{"crm", "accounts"}, {"name"}},
                 {{"crm", "calls"}, {"contact_id", "about"}},
                 {{"crm", "contacts"}, {"id", "email", "birthdate", "church", "photo", "fax", "cf_1", "salary"}},
                 {{"crm", "contacts_bak"}, {"email", "x"}},
                 {{"crm", "crmaudit_work_1"}, {"k1"}},
                 {{"crm", "logins"}, {"ip"}},
                 {{"crm", "secrets"}, {}}};
    made.inventory = {classified("calls", "about", Category::free_text),
                      classified("contacts", "email", Category::email),
                      classified("contacts", "birthdate", Category::birth_date),
                      classified("contacts", "church", Category::religion),
                      classified("contacts", "photo", Category::photo),
                      classified("contacts", "fax", Category::phone),
                      classified("contacts", "cf_1", Category::person_name, 0.5),
                      classified("contacts", "salary", Category::income),
                      classified("contacts_bak", "email", Category::email),
                      classified("logins", "ip", Category::ip_address)};
    made.inventory[5].counts->filled = 0;
    return made;
}

std::string decided(const Migration& plan, const std::string& table, const std::string& column) {
    for (const ColumnMove& each : plan.columns) {
        if (each.table.name != table || each.column != column) continue;
        const Verdict& verdict = each.verdict;
        return std::string{to_string(verdict.move)} + " " + (verdict.rule.empty() ? verdict.reason : verdict.rule);
    }
    return "none";
}

TEST(Migration, DecidesAboutEveryColumnWithAReason) {
    const Migration plan = plan_migration(result());
    EXPECT_EQ(decided(plan, "contacts", "id"), "move nothing_personal");
    EXPECT_EQ(decided(plan, "contacts", "email"), "move no_objection");
    EXPECT_EQ(decided(plan, "contacts", "birthdate"), "leave unnecessary_field");
    EXPECT_EQ(decided(plan, "contacts", "church"), "decide special_category_field");
    EXPECT_EQ(decided(plan, "contacts", "photo"), "move unnecessary_field") << "accepted by a waiver";
    EXPECT_EQ(decided(plan, "contacts", "fax"), "leave empty");
    EXPECT_EQ(decided(plan, "contacts", "cf_1"), "decide doubtful");
    EXPECT_EQ(decided(plan, "contacts", "salary"), "move purpose");
    EXPECT_EQ(decided(plan, "calls", "about"), "decide free_text");
    EXPECT_EQ(decided(plan, "contacts_bak", "email"), "leave stray_copy");
    EXPECT_EQ(decided(plan, "contacts_bak", "x"), "leave stray_copy");
    EXPECT_EQ(decided(plan, "crmaudit_work_1", "k1"), "none");
}

TEST(Migration, LetsNothingPersonalMoveUnlessItsNeedWasAsked) {
    AuditResult made = result();
    made.outcomes[3].status = OutcomeStatus::not_checked;
    EXPECT_EQ(decided(plan_migration(made), "contacts", "email"), "decide need_unknown");
    EXPECT_EQ(decided(plan_migration(made), "contacts", "id"), "move nothing_personal");
    made = result();
    made.outcomes[3].gaps = {{"contact", "not_mapped: name"}};
    EXPECT_EQ(decided(plan_migration(made), "contacts", "email"), "decide need_unknown");
    made = result();
    made.outcomes.clear();
    EXPECT_EQ(decided(plan_migration(made), "contacts", "email"), "decide need_unknown");
}

TEST(Migration, NamesTheRulesThatLimitHowLongRowsAreKept) {
    std::vector<std::string> kept;
    for (const ColumnMove& each : plan_migration(result()).columns) {
        for (const KeptFor& limit : each.kept_for) {
            kept.push_back(each.table.name + "." + each.column + " " + limit.rule + " " + limit.period);
        }
    }
    EXPECT_THAT(kept, ::testing::IsSupersetOf({"contacts.email stale_person P3Y", "calls.about stale_person P3Y",
                                               "logins.ip expired_log P1Y", "logins.ip old_calls P6M"}));
    EXPECT_THAT(kept, Not(::testing::Contains(HasSubstr("accounts"))));
    EXPECT_THAT(kept, Not(::testing::Contains(HasSubstr("unconverted_lead"))));
}

TEST(Migration, CountsRecordsThatRulesSayHaveToGo) {
    const Migration plan = plan_migration(result());
    ASSERT_EQ(plan.records.size(), 1U);
    EXPECT_EQ(plan.records[0].rule, "stale_person");
    EXPECT_EQ(plan.records[0].affected, 30);
    EXPECT_EQ(plan.records[0].total, 100);
    AuditResult waived = result();
    waived.findings[0].state = FindingState::waived;
    EXPECT_TRUE(plan_migration(waived).records.empty());
}

TEST(Migration, DecidesAboutTablesAsAWhole) {
    AuditResult made = result();
    made.source.left_out = {"crm.crmaudit_work_1", "crm.sessions"};
    std::vector<std::string> tables;
    for (const TableMove& each : plan_migration(made).tables) {
        tables.push_back(to_string(each.table) + " " + std::string{to_string(each.verdict.move)} + " " +
                         each.verdict.reason);
    }
    EXPECT_THAT(tables,
                ElementsAre("crm.accounts move columns", "crm.calls move columns", "crm.contacts move columns",
                            "crm.contacts_bak leave rule", "crm.crmaudit_work_1 leave own_table",
                            "crm.logins move columns", "crm.secrets decide not_read", "crm.sessions decide left_out"));
}

TEST(Migration, IsAListOfColumnsForTools) {
    const std::string csv = write_migration_csv(result(), "en");
    EXPECT_THAT(csv, ::testing::StartsWith(
                         "schema,table,column,type,category,entity,purpose,period,decision,reason,explanation,rows,"
                         "filled\r\n"));
    EXPECT_THAT(csv, HasSubstr("crm,contacts,birthdate,text,birth_date,contact,,stale_person=P3Y,leave,"
                               "unnecessary_field,Title of unnecessary_field,100,80\r\n"));
    EXPECT_THAT(csv, HasSubstr("crm,contacts,salary,text,income,contact,employment,stale_person=P3Y,move,purpose,"
                               "a declared purpose justifies it,100,80\r\n"));
    EXPECT_THAT(csv, HasSubstr("crm,accounts,name,,,,,,move,nothing_personal,"));
    EXPECT_THAT(write_migration_csv(result(), "de"), HasSubstr("Titel von unnecessary_field"));
}

TEST(Migration, KeepsItsShapeWithHostileNames) {
    AuditResult made = test::hostile_result();
    made.run.migration = true;
    const std::string csv = write_migration_csv(made, "de");
    EXPECT_THAT(csv, Not(HasSubstr("\r\n=")));
    EXPECT_THAT(csv, Not(HasSubstr(",=")));
    EXPECT_THAT(csv, HasSubstr("'=cmd|"));
    for (const char* language : {"en", "de"}) {
        const std::string page = write_html(made, language, "");
        EXPECT_THAT(page, HasSubstr("id=\"migration\""));
        EXPECT_THAT(page, Not(HasSubstr("<script")));
    }
}

TEST(Migration, IsASectionOfThePageInBothLanguages) {
    const std::string english = write_html(result(), "en", "");
    EXPECT_THAT(english, HasSubstr("<section id=\"migration\""));
    EXPECT_THAT(english, HasSubstr("Columns to leave behind"));
    EXPECT_THAT(english, HasSubstr("1 further table holds nothing personal"));
    const std::string german = write_html(result(), "de", "");
    EXPECT_THAT(german, HasSubstr("Für den Umzug in ein anderes CRM"));
    EXPECT_THAT(german, HasSubstr("Spalten, über die zu entscheiden ist"));
    EXPECT_THAT(german, HasSubstr("der Inhalt wurde nicht sicher erkannt"));
    AuditResult audit = result();
    audit.run.migration = false;
    EXPECT_THAT(write_html(audit, "en", ""), Not(HasSubstr("id=\"migration\"")));
}

TEST(Migration, IsReadBackFromXmlWithTheDeclaredPurposes) {
    const AuditResult made = result();
    const std::string xml = write_result_xml(made);
    const AuditResult read = read_result_xml("report.xml", xml);
    EXPECT_EQ(read, made);
    EXPECT_TRUE(read.run.migration);
    EXPECT_EQ(write_migration_csv(read, "en"), write_migration_csv(made, "en"));
    EXPECT_EQ(write_html(read, "de", checksum_of(xml)), write_html(made, "de", checksum_of(xml)));
}

}  // namespace
}  // namespace crmaudit::reports
