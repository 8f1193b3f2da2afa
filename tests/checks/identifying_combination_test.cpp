#include <gtest/gtest.h>

#include "tests/support/small_crm.h"

namespace crmaudit::testing {
namespace {

std::map<std::string, std::string, std::less<>> parameters(const char* rows = "1") {
    return {{"categories", "birth_date religion postal_address"}, {"prefer", "*zip*"}, {"rows", rows}};
}

TEST(IdentifyingCombination, HitForPersonsWhoAreAloneWithTheirCombination) {
    SmallCrm crm;
    crm.sql(
        "INSERT INTO person(id, birthday, religion, deleted) VALUES"
        " ('a', '1980-01-01', 'x', 0), ('b', '1980-01-01', 'x', 0),"  // two of a kind
        " ('c', '1980-01-01', 'y', 0), ('d', '1990-01-01', 'y', 0),"  // each alone
        " ('e', '1970-01-01', NULL, 0), ('f', NULL, 'z', 0), ('g', '1960-01-01', '', 0),"
        " ('h', '1950-01-01', 'x', 1);");  // deleted for the users
    const AuditResult result = crm.audit("identifying_combination", parameters());
    ASSERT_EQ(summary(result), "found 2/7 person");
    const Finding& finding = result.findings.front();
    EXPECT_EQ(finding.facts, (std::vector<std::string>{"birthday", "religion"}));
    EXPECT_TRUE(finding.persons);
    EXPECT_NE(finding.evidence_sql.find("GROUP BY"), std::string::npos) << finding.evidence_sql;
    EXPECT_EQ(finding.evidence_sql.find("1980"), std::string::npos) << "no value of a row";
}

TEST(IdentifyingCombination, HitUsesThePostalCodeRatherThanTheStreet) {
    SmallCrm crm;
    crm.sql(
        "CREATE TABLE guest (name TEXT, street TEXT, zipCode TEXT, birthday DATE);"
        "INSERT INTO guest VALUES ('n', 's1', '1', '1980-01-01'), ('n', 's2', '1', '1980-01-01'),"
        " ('n', 's3', '2', '1980-01-01');");
    for (const char* column : {"street", "zipCode"})
        crm.classified("guest", column).category = Category::postal_address;
    const AuditResult result = crm.audit("identifying_combination", parameters());
    EXPECT_EQ(summary(result), "found 1/3 guest");
    EXPECT_EQ(result.findings.at(0).facts, (std::vector<std::string>{"birthday", "zipCode"}));
}

TEST(IdentifyingCombination, HitIsNotHiddenByAFieldThatHardlyAnybodyHas) {
    SmallCrm crm;
    crm.counts_columns = true;
    crm.sql(
        "CREATE TABLE guest (name TEXT, zip TEXT, birthday DATE, religion TEXT);"
        "INSERT INTO guest VALUES ('n', '1', '1980-01-01', 'x'), ('n', '1', '1990-01-01', NULL),"
        " ('n', '2', '1990-01-01', NULL);");
    crm.classified("guest", "zip").category = Category::postal_address;
    EXPECT_EQ(summary(crm.audit("identifying_combination", parameters())), "found 3/3 guest");
}

TEST(IdentifyingCombination, CleanForSharedCombinationsAndForFewerThanTwoFields) {
    SmallCrm crm;
    crm.sql(
        "INSERT INTO person(id, birthday, religion) VALUES ('a', '1980-01-01', 'x'), ('b', '1980-01-01', 'X ');"
        "INSERT INTO lead(id, name) VALUES (1, 'only a name');");
    crm.sql("UPDATE person SET religion = 'x';");
    EXPECT_EQ(summary(crm.audit("identifying_combination", parameters())), "clean");
}

TEST(IdentifyingCombination, CleanBelowTheShareAndInSmallTables) {
    SmallCrm crm;
    crm.sql(
        "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 96) INSERT INTO person(id, birthday,"
        " religion) SELECT i, '1980-01-01', 'x' FROM n; INSERT INTO person(id, birthday, religion) VALUES"
        " ('a', '1981-01-01', 'x'), ('b', '1982-01-01', 'x'), ('c', '1983-01-01', 'x'), ('d', '1984-01-01', 'x');");
    EXPECT_EQ(summary(crm.audit("identifying_combination", parameters("100"))), "clean") << "4 of 100";
    crm.sql("UPDATE person SET religion = 'y' WHERE id = '1';");
    EXPECT_EQ(summary(crm.audit("identifying_combination", parameters("100"))), "found 5/100 person");
    EXPECT_EQ(summary(crm.audit("identifying_combination", parameters("101"))), "clean");
}

TEST(IdentifyingCombination, CleanForTablesThatAreAboutSomethingElse) {
    SmallCrm crm;
    crm.sql("CREATE TABLE saint (birthday DATE, religion TEXT); INSERT INTO saint VALUES ('1900-01-01', 'x');");
    EXPECT_EQ(summary(crm.audit("identifying_combination", parameters())), "clean");
    crm.topics = {{{"", "saint"}, Topic::person, "its name"}};
    EXPECT_EQ(summary(crm.audit("identifying_combination", parameters())), "found 1/1 saint");
}

TEST(IdentifyingCombination, MappingMissingStillCountsRowsOfTheTable) {
    SmallCrm crm;
    crm.has_profile = false;
    crm.sql("INSERT INTO person(id, birthday, religion) VALUES ('a', '1980-01-01', 'x'), ('b', '1990-01-01', 'x');");
    const AuditResult result = crm.audit("identifying_combination", parameters());
    EXPECT_EQ(summary(result), "found 2/2 person");
    EXPECT_FALSE(result.findings.at(0).persons);
}

}  // namespace
}  // namespace crmaudit::testing
