// What a schema tells of its own words: keys named after tables, whose rows they number, tables of one kind of value.
#include <gtest/gtest.h>

#include <algorithm>

#include "tests/support/classify_support.h"

namespace crmaudit {
namespace {

using test::category_of;
using test::column_of;
using test::verdict_on;

Category in_table(const Column& column, const std::string& table, std::vector<Column> others = {}) {
    return verdict_on(column, table, std::move(others)).category;
}

/// The verdict on a column of another table than the one with the key.
Category beside(const std::string& key, const std::string& keyed_table, const Column& column,
                const std::string& table) {
    Catalog catalog;
    catalog.tables.resize(2);
    catalog.tables[0].name.name = keyed_table;
    catalog.tables[0].columns = {column_of(key, "int"), column_of("first_name"), column_of("email")};
    catalog.tables[1].name.name = table;
    catalog.tables[1].columns = {column_of("n", "int"), column};
    return test::shipped_classifier().classify(catalog).columns.back().category;
}

TEST(SchemaWords, AKeyMadeOfTheInitialOfATableOfPersonsIsAKeyToPersonsEverywhere) {
    EXPECT_EQ(beside("pid", "patients", column_of("pid", "bigint"), "ledger"), Category::person_key);
    EXPECT_EQ(beside("pid", "processes", column_of("pid", "bigint"), "ledger"), Category::none);
    EXPECT_EQ(beside("qid", "patients", column_of("qid", "bigint"), "ledger"), Category::none);
}

TEST(SchemaWords, APrefixThatAllTablesShareIsNoPartOfTheirNames) {
    Catalog catalog;
    for (const char* name : {"tusers", "tproducts", "torders", "tcities"}) {
        Table table;
        table.name.name = name;
        table.columns = {column_of("name")};
        catalog.tables.push_back(table);
    }
    EXPECT_EQ(test::shipped_classifier().classify(catalog).columns[0].category, Category::person_name);
    catalog.tables[3].name.name = catalog.tables[2].name.name = "x";
    EXPECT_EQ(test::shipped_classifier().classify(catalog).columns[0].category, Category::none);
}

TEST(SchemaWords, WhateverFollowsAKeyToPersonsLeavesItOne) {
    EXPECT_EQ(in_table(column_of("iddocentegiust", "int"), "assenze"), Category::person_key);
    EXPECT_EQ(in_table(column_of("idclientexyz", "int"), "fatture"), Category::person_key);
    EXPECT_EQ(in_table(column_of("idarticoloxyz", "int"), "fatture"), Category::none);
}

TEST(SchemaWords, ATrailingWordLikeDataLeavesATableAboutPersons) {
    for (const char* table : {"patient_data", "student_info", "employee_record", "person_master"}) {
        EXPECT_EQ(in_table(column_of("name"), table, {column_of("birth_date", "date")}), Category::person_name)
            << table;
        EXPECT_EQ(in_table(column_of("id", "int"), table, {column_of("birth_date", "date")}), Category::person_key)
            << table;
    }
    EXPECT_EQ(in_table(column_of("name"), "product_data"), Category::none);
}

TEST(SchemaWords, ATableOfAnUnknownNameIsAboutPersonsWhenItsColumnsAre) {
    const std::vector<Column> person{column_of("zz_first_name"), column_of("zz_email"), column_of("zz_phone")};
    EXPECT_EQ(in_table(column_of("zz_language"), "zz", person), Category::language);
    EXPECT_EQ(in_table(column_of("zz_language"), "zz", {column_of("zz_email"), column_of("zz_phone")}), Category::none);
    EXPECT_EQ(in_table(column_of("language"), "products", person), Category::none);
}

TEST(SchemaWords, TheKeyOfASessionOpensItAlthoughItNumbersTheRows) {
    EXPECT_EQ(in_table(column_of("session_id", "varchar(64)"), "sessions"), Category::credential);
}

TEST(SchemaWords, TheKeyThatNumbersTheRowsIsNotTheValue) {
    EXPECT_EQ(in_table(column_of("id_diagnosis", "int"), "patient_diagnosis"), Category::none);
    EXPECT_EQ(in_table(column_of("id_doctor", "int"), "doctors"), Category::person_key);
}

TEST(SchemaWords, ANumberedRoleIsAKeyToPersons) {
    EXPECT_EQ(in_table(column_of("representative1", "int"), "classes"), Category::person_key);
    EXPECT_EQ(in_table(column_of("rappresentante2", "int"), "classi"), Category::person_key);
}

TEST(SchemaWords, AnAmountInATableOfSalariesIsIncome) {
    const std::vector<Column> key{column_of("employee_id", "int")};
    EXPECT_EQ(in_table(column_of("amount", "decimal(10,2)"), "employee_salary", key), Category::income);
    EXPECT_EQ(
        in_table(column_of("valor", "decimal(10,2)"), "funcionario_remuneracao", {column_of("id_funcionario", "int")}),
        Category::income);
    EXPECT_EQ(in_table(column_of("amount", "decimal(10,2)"), "employee_orders", key), Category::none);
}

TEST(SchemaWords, AnAddressInALogIsOneOfTheNetwork) {
    EXPECT_EQ(in_table(column_of("address"), "access_log"), Category::ip_address);
    EXPECT_EQ(in_table(column_of("indirizzo"), "log_accessi", {column_of("utente")}), Category::ip_address);
    EXPECT_EQ(in_table(column_of("address"), "customers"), Category::postal_address);
}

TEST(SchemaWords, PartsOfAPhoneNumberArePhoneInItsTable) {
    EXPECT_EQ(in_table(column_of("area_code"), "phone_numbers"), Category::phone);
    EXPECT_EQ(in_table(column_of("country_code"), "phone_numbers"), Category::phone);
}

TEST(SchemaWords, ASingleLetterHoldsACodeAndNoAddress) {
    EXPECT_EQ(category_of("email", "char(1)"), Category::none);
    EXPECT_EQ(category_of("change_password", "char(1)", "users"), Category::none);
    EXPECT_EQ(category_of("gender", "char(1)"), Category::gender);
    EXPECT_EQ(category_of("newsletter", "varchar(1)"), Category::consent);
    EXPECT_EQ(category_of("smoker", "varchar(1)"), Category::health);
}

TEST(SchemaWords, ATypeOfOneBitMayHoldTheGender) {
    EXPECT_EQ(category_of("gender", "tinyint(1)"), Category::gender);
    EXPECT_EQ(category_of("has_gender", "tinyint(1)"), Category::none);
}

TEST(SchemaWords, AKeyToThePlaceOfBirthTellsIt) {
    EXPECT_EQ(category_of("birth_country_id", "int"), Category::birth_date);
    EXPECT_EQ(category_of("idcomnasc", "int", "alunni"), Category::birth_date);
    EXPECT_EQ(category_of("birth_certificate_template_id", "int"), Category::none);
}

TEST(SchemaWords, ADoctorIsAPersonByKeyAndHealthByName) {
    EXPECT_EQ(category_of("physician", "varchar(80)", "patients"), Category::health);
    EXPECT_EQ(category_of("id_medico", "int", "appointments"), Category::person_key);
}

TEST(SchemaWords, AVisitToADoctorIsHealthAndNoTracking) {
    const std::vector<Column> key{column_of("student_id", "int")};
    EXPECT_EQ(in_table(column_of("result"), "student_medical_visits", key), Category::health);
    EXPECT_EQ(in_table(column_of("result"), "page_visits", key), Category::none);
}

TEST(SchemaWords, AStreetForMailIsAnAddressOfTheOldKind) {
    EXPECT_EQ(category_of("mail_street", "varchar(80)", "address"), Category::postal_address);
    EXPECT_EQ(category_of("mail", "varchar(80)", "address"), Category::email);
}

TEST(SchemaWords, AKeyToASchoolIsNoEducation) {
    EXPECT_EQ(category_of("school_id", "int", "student_enrollment"), Category::none);
    EXPECT_EQ(category_of("school", "varchar(80)", "contacts"), Category::job);
}

TEST(SchemaWords, TheTextOfAMailIsText) {
    EXPECT_EQ(category_of("email_body", "text", "requests"), Category::free_text);
    EXPECT_EQ(category_of("testomail", "text", "richieste"), Category::free_text);
}

}  // namespace
}  // namespace crmaudit
