// Fields that are kept in rows: a table of values beside one of definitions.
#include <gtest/gtest.h>

#include "tests/support/small_crm.h"

namespace crmaudit::testing {
namespace {

const std::map<std::string, std::string, std::less<>> birthdays{{"categories", "birth_date"}};

/// custom_value(id, field, value), where the rows of field 7 hold birthdays.
void add_custom_values(SmallCrm& crm, const std::string& table = "custom_value") {
    crm.sql("CREATE TABLE " + table + " (id INTEGER PRIMARY KEY, field INTEGER, value TEXT); INSERT INTO " + table +
            "(field, value) VALUES (7, '1980-01-01'), (7, ''), (7, NULL), (7, '1990-01-01'), (8, 'blue'), (8, 'red');");
    ColumnClassification& field = crm.classified(table, "the birthday among the values");
    field.column = "value";
    field.category = Category::birth_date;
    field.field = LogicalField{"Geburtsdatum", "field", "7"};
}

TEST(Fields, OfValuesKeptInRowsCountOnlyTheirOwnRows) {
    SmallCrm crm;
    add_custom_values(crm);
    const AuditResult result = crm.audit("unnecessary_field", birthdays);
    ASSERT_EQ(summary(result), "found 2/4 custom_value.value [Geburtsdatum]");
    EXPECT_NE(result.findings.at(0).evidence_sql.find("7"), std::string::npos) << result.findings.at(0).evidence_sql;
}

TEST(Fields, OfOneTableAreFindingsOfTheirOwn) {
    SmallCrm crm;
    add_custom_values(crm);
    ColumnClassification& other = crm.classified("custom_value", "another one");
    other.column = "value";
    other.category = Category::birth_date;
    other.field = LogicalField{"Namenstag", "field", "8"};
    const AuditResult result = crm.audit("unnecessary_field", birthdays);
    ASSERT_EQ(result.findings.size(), 2U);
    EXPECT_NE(result.findings[0].fingerprint, result.findings[1].fingerprint);
}

TEST(Fields, MakeATableOneThatHoldsPersonalData) {
    SmallCrm crm;
    add_custom_values(crm, "custom_value_bak");
    const AuditResult result = crm.audit("stray_copy");
    EXPECT_EQ(summary(result), "found 6/6 custom_value_bak");
    EXPECT_EQ(result.findings.at(0).facts, (std::vector<std::string>{"value [Geburtsdatum]"}));
}

TEST(Fields, KeepADeletedRowPersonalByTheirOwnRowsAlone) {
    SmallCrm crm;
    crm.sql(
        "CREATE TABLE note (id TEXT PRIMARY KEY, field INTEGER, value TEXT, gone INTEGER, gone_at TIMESTAMP);"
        "INSERT INTO note VALUES ('a', 7, 'x', 1, '2026-01-01'), ('b', 8, 'x', 1, '2026-01-01');");
    ColumnClassification& field = crm.classified("note", "the birthday among the values");
    field.column = "value";
    field.category = Category::birth_date;
    field.field = LogicalField{"Geburtsdatum", "field", "7"};
    Entity& person = crm.profile.entities.front();
    person.table.name = "note";
    person.live = {OneOf{column("gone"), {"0"}}};
    person.paths.clear();
    person.attributes = {
        {"deleted", ValueType::flag, Role::deleted, OwnCondition{{OneOf{column("gone"), {"1"}}}}, false},
        {"deleted_at", ValueType::date, Role::deleted_at, OwnColumn{column("gone_at")}, false}};
    crm.profile.entities.resize(1);
    EXPECT_EQ(summary(crm.audit("soft_deleted_not_erased", {{"after", "P30D"}})), "found 1/2 note no_date=0");
}

}  // namespace
}  // namespace crmaudit::testing
