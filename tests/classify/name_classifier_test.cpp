#include <gtest/gtest.h>

#include <algorithm>

#include "tests/support/classify_support.h"

namespace crmaudit {
namespace {

using test::category_of;
using test::column_of;
using test::verdict_on;

TEST(NameClassifier, NeverMatchesPartsOfWords) {
    EXPECT_EQ(category_of("estate"), Category::none);
    EXPECT_EQ(category_of("capacity"), Category::none);
    EXPECT_EQ(category_of("table_name"), Category::none);
    EXPECT_EQ(category_of("interstate"), Category::none);
}

TEST(NameClassifier, ReadsAnyWayOfWritingAName) {
    for (const char* name : {"first_name", "firstName", "FirstName", "FIRSTNAME", "vorname", "prenom", "cognome_nome"})
        EXPECT_EQ(category_of(name), Category::person_name) << name;
}

TEST(NameClassifier, TakesGermanCompoundsApart) {
    EXPECT_EQ(category_of("rechnungsstrasse"), Category::postal_address);
    EXPECT_EQ(category_of("kundentelefonnummer"), Category::phone);
    EXPECT_EQ(category_of("Straße"), Category::postal_address);
    EXPECT_EQ(category_of("staatsangehoerigkeit"), Category::nationality);
    EXPECT_EQ(category_of("staatsangehörigkeit"), Category::nationality);
}

TEST(NameClassifier, LetsTheTableDecideWordsThatMeanManyThings) {
    EXPECT_EQ(category_of("name", "varchar(100)", "contacts"), Category::person_name);
    EXPECT_EQ(category_of("name", "varchar(100)", "products"), Category::none);
    EXPECT_EQ(category_of("title", "varchar(100)", "contacts"), Category::job);
    EXPECT_EQ(category_of("title", "varchar(100)", "templates"), Category::none);
    EXPECT_EQ(category_of("city", "varchar(100)", "customers"), Category::postal_address);
    EXPECT_EQ(category_of("city", "varchar(100)", "companies"), Category::none);
    EXPECT_EQ(category_of("created_at", "datetime", "leads"), Category::activity_time);
    EXPECT_EQ(category_of("created_at", "datetime", "currencies"), Category::none);
    EXPECT_EQ(category_of("state", "varchar(100)", "contacts"), Category::postal_address);
    EXPECT_EQ(category_of("state", "varchar(100)", "cases"), Category::none);
    EXPECT_EQ(category_of("name_de", "varchar(100)", "products"), Category::none);
}

TEST(NameClassifier, KnowsFlagsCountersTemplatesAndSettings) {
    EXPECT_EQ(category_of("email_verified", "tinyint(1)"), Category::none);
    EXPECT_EQ(category_of("email_template_id", "int"), Category::none);
    EXPECT_EQ(category_of("phone_format"), Category::none);
    EXPECT_EQ(category_of("has_photo", "boolean"), Category::none);
    EXPECT_EQ(category_of("email_count", "int"), Category::none);
    EXPECT_EQ(category_of("is_email", "varchar(3)"), Category::none);
}

TEST(NameClassifier, ReadsAnObjectionAsConsentRatherThanAsTheAddressItNames) {
    EXPECT_EQ(category_of("email_opt_out", "tinyint(1)"), Category::consent);
    EXPECT_EQ(category_of("do_not_call", "tinyint(1)"), Category::consent);
    EXPECT_EQ(category_of("email_opt_out_date", "datetime"), Category::consent_evidence);
    EXPECT_EQ(category_of("newsletter", "datetime"), Category::consent_evidence);
}

TEST(NameClassifier, DoesNotTakeAKeyForTheValue) {
    EXPECT_EQ(category_of("lead_id", "int", "invoices"), Category::person_key);
    EXPECT_EQ(category_of("email_id", "int"), Category::none);
    EXPECT_EQ(category_of("gender_id", "int"), Category::gender);
    EXPECT_EQ(category_of("user_group_id", "int"), Category::none);
    EXPECT_EQ(category_of("id", "int", "contacts"), Category::person_key);
    EXPECT_EQ(category_of("id", "int", "products"), Category::none);
}

TEST(NameClassifier, FollowsForeignKeysToPersons) {
    Catalog catalog;
    catalog.tables.resize(2);
    catalog.tables[0].name = {"crm", "contacts"};
    catalog.tables[0].columns = {column_of("id", "int")};
    catalog.tables[1].name = {"crm", "xyz"};
    catalog.tables[1].columns = {column_of("who", "int"), column_of("what", "int")};
    catalog.tables[1].foreign_keys = {{"fk", {"who"}, {"crm", "contacts"}, {"id"}, "CASCADE"}};
    const Classification result = test::shipped_classifier().classify(catalog);
    EXPECT_EQ(result.columns.at(1).category, Category::person_key);
    EXPECT_EQ(result.columns.at(2).category, Category::none);
}

TEST(NameClassifier, ReadsComments) {
    EXPECT_EQ(verdict_on(column_of("feld_17", "date", "Geburtsdatum des Kunden"), "tab_3").category,
              Category::birth_date);
    EXPECT_EQ(verdict_on(column_of("cf_801", "varchar(50)", "private phone number"), "contacts").category,
              Category::phone);
    EXPECT_EQ(verdict_on(column_of("feld_18", "int", "Anzahl der Mahnungen"), "tab_3").category, Category::none);
}

TEST(NameClassifier, DistinguishesLanguagesInShortWords) {
    EXPECT_EQ(category_of("cp", "varchar(5)", "members"), Category::none);
    EXPECT_EQ(verdict_on(column_of("cp", "varchar(5)"), "adherents",
                         {column_of("nom"), column_of("prenom"), column_of("ville"), column_of("adresse")})
                  .category,
              Category::postal_address);
}

TEST(NameClassifier, ReadsWordsInShort) {
    const std::vector<Column> portuguese{column_of("dt_nasc", "date"), column_of("endereco"), column_of("cidade"),
                                         column_of("senha")};
    EXPECT_EQ(verdict_on(column_of("nm_mae"), "alunos", portuguese).category, Category::family);
    EXPECT_EQ(verdict_on(column_of("dt_cad", "date"), "alunos", portuguese).category, Category::activity_time);
    EXPECT_EQ(verdict_on(column_of("ds_observacao"), "alunos", portuguese).category, Category::free_text);
}

TEST(NameClassifier, TakesAWholeNumberForWhatIsWrittenInDigits) {
    EXPECT_EQ(category_of("cpf", "numeric(11,0)", "clientes"), Category::tax_id);
    EXPECT_EQ(category_of("cpf", "numeric(11,2)", "clientes"), Category::none);
    EXPECT_EQ(category_of("phones", "smallint", "offices"), Category::none);
}

TEST(NameClassifier, ReadsTwoWordsOfThreeLettersEach) {
    const std::vector<Column> italian{column_of("cognome"), column_of("indirizzo"), column_of("telefo")};
    EXPECT_EQ(verdict_on(column_of("codfis"), "clienti", italian).category, Category::tax_id);
    EXPECT_EQ(verdict_on(column_of("datnas"), "clienti", italian).category, Category::birth_date);
    EXPECT_EQ(verdict_on(column_of("capspe"), "clienti", italian).category, Category::postal_address);
}

TEST(NameClassifier, FindsWhatIsKeptEncryptedInBytes) {
    EXPECT_EQ(category_of("last_name", "varbinary(255)"), Category::person_name);
    EXPECT_EQ(category_of("phone", "bytea"), Category::phone);
    EXPECT_EQ(category_of("iban", "tinyblob", "members"), Category::bank_account);
    EXPECT_EQ(category_of("name_prefix_default", "blob"), Category::none);
}

TEST(NameClassifier, TakesAListOfServicesForNoDepartment) {
    const std::vector<Column> french{column_of("nom"), column_of("prenom"), column_of("id_membre", "int")};
    EXPECT_EQ(verdict_on(column_of("id_service", "int"), "services_membres", french).category, Category::none);
    EXPECT_EQ(verdict_on(column_of("service"), "utilisateurs", french).category, Category::job);
}

TEST(NameClassifier, LearnsTheShortFormOfATableFromItsKey) {
    Catalog catalog;
    catalog.tables.resize(2);
    catalog.tables[0].name = {"", "xy_contacts"};
    catalog.tables[0].columns = {column_of("id_con", "int"), column_of("name_con")};
    catalog.tables[1].name = {"", "xyz"};
    catalog.tables[1].columns = {column_of("id_con", "int"), column_of("idcon", "int"), column_of("id_cons", "int")};
    const Classification result = test::shipped_classifier().classify(catalog);
    EXPECT_EQ(result.columns.at(0).category, Category::person_key);
    EXPECT_EQ(result.columns.at(2).category, Category::person_key);
    EXPECT_EQ(result.columns.at(3).category, Category::person_key);
    EXPECT_EQ(result.columns.at(4).category, Category::none);
}

TEST(NameClassifier, TakesANumberNamedAsAPersonForAKey) {
    EXPECT_EQ(category_of("mitglied", "integer", "wiedervorlage"), Category::person_key);
    EXPECT_EQ(category_of("customer", "bigint", "orders"), Category::person_key);
    EXPECT_EQ(category_of("mitglied", "double", "wiedervorlage"), Category::none);
}

TEST(NameClassifier, LetsADateYieldToWhatItIsTheDateOf) {
    EXPECT_EQ(category_of("data_rg", "date", "documento"), Category::government_id);
    EXPECT_EQ(category_of("data_visita", "date", "documento"), Category::activity_time);
}

TEST(NameClassifier, LetsARoleYieldToWhatIsSaidOfItsHolder) {
    EXPECT_EQ(category_of("owner_address", "varchar(255)", "bank_accounts"), Category::postal_address);
    EXPECT_EQ(category_of("author_phone", "varchar(50)", "articles"), Category::phone);
}

TEST(NameClassifier, ReadsAWordThatSaysNothingWithItsTable) {
    EXPECT_EQ(category_of("number", "varchar(40)", "phone_numbers"), Category::phone);
    EXPECT_EQ(category_of("value", "varchar(40)", "phone_numbers"), Category::phone);
    EXPECT_EQ(category_of("value", "varchar(40)", "products"), Category::none);
    EXPECT_EQ(category_of("id", "varchar(255)", "sessions"), Category::credential);
    EXPECT_EQ(category_of("id", "int", "sessions"), Category::none);
}

TEST(NameClassifier, TakesWhatATableOfHealthDoesNotExplainForHealth) {
    const std::vector<Column> keys{column_of("patient_id", "int")};
    EXPECT_EQ(verdict_on(column_of("trigger_a"), "patient_allergies", keys).category, Category::health);
    EXPECT_EQ(verdict_on(column_of("created_at", "datetime"), "patient_allergies", keys).category,
              Category::activity_time);
    EXPECT_EQ(category_of("trigger_a", "varchar(20)", "allergy_types"), Category::none);
}

TEST(NameClassifier, KnowsAPathToAPhotoAndACompoundByItsHead) {
    EXPECT_EQ(category_of("caminho_foto", "varchar(255)", "alunos"), Category::photo);
    EXPECT_EQ(verdict_on(column_of("eingabedatum", "date"), "mitglied",
                         {column_of("vorname"), column_of("strasse"), column_of("geburtsdatum", "date")})
                  .category,
              Category::activity_time);
}

TEST(NameClassifier, LosesNothingToThePrefixesOfColumns) {
    for (const std::string prefix : {"llx_", "vtiger_", "cf_", "x_studio_", "hs_", "tbl_", "wp_"}) {
        EXPECT_EQ(category_of(prefix + "birth_date", "date"), Category::birth_date) << prefix;
        EXPECT_EQ(category_of(prefix + "email"), Category::email) << prefix;
        EXPECT_EQ(category_of(prefix + "email_verified", "tinyint(1)"), Category::none) << prefix;
        EXPECT_EQ(category_of(prefix + "lead_id", "int", "invoices"), Category::person_key) << prefix;
    }
}

TEST(NameClassifier, LosesNothingToThePrefixesOfTables) {
    for (const std::string prefix : {"llx_", "vtiger_", "cf_", "hs_", "tbl_", "wp_", "x2_"}) {
        EXPECT_EQ(category_of("name", "varchar(100)", prefix + "contacts"), Category::person_name) << prefix;
        EXPECT_EQ(category_of("name", "varchar(100)", prefix + "products"), Category::none) << prefix;
        EXPECT_EQ(category_of("id", "int", prefix + "contacts"), Category::person_key) << prefix;
    }
}

TEST(NameClassifier, GivesReasonsForAndAgainst) {
    const auto verdict = verdict_on(column_of("email_verified", "tinyint(1)"), "contacts");
    EXPECT_EQ(verdict.category, Category::none);
    const auto is_against = [](const ClassificationEvidence& evidence) { return evidence.weight < 0; };
    EXPECT_TRUE(std::any_of(verdict.evidence.begin(), verdict.evidence.end(), is_against));
    const auto birth = verdict_on(column_of("birth_date", "date"), "contacts");
    ASSERT_FALSE(birth.evidence.empty());
    EXPECT_EQ(birth.evidence.front().text, "term 'birth date' (en)");
    EXPECT_GT(birth.confidence, 0.9);
    EXPECT_LE(birth.confidence, 1);
}

TEST(NameClassifier, HoldsEveryColumnOfTheCatalogInItsOrder) {
    Catalog catalog;
    catalog.tables.resize(2);
    catalog.tables[0].name = {"", "a"};
    catalog.tables[0].columns = {column_of("z"), column_of("email")};
    catalog.tables[1].name = {"", "b"};
    catalog.tables[1].columns = {column_of("y")};
    const Classification result = test::shipped_classifier().classify(catalog);
    ASSERT_EQ(result.columns.size(), 3U);
    EXPECT_EQ(result.columns[0].column, "z");
    EXPECT_EQ(result.columns[1].column, "email");
    EXPECT_EQ(result.columns[2].table.name, "b");
}

TEST(NameClassifier, SurvivesHostileNames) {
    const std::vector<std::string> names{"",
                                         std::string(10000, 'a'),
                                         std::string(10000, '_'),
                                         "\xFF\xFE\xC3",
                                         "📧📞",
                                         std::string("a\0b", 3),
                                         "</td><script>",
                                         "\"; DROP TABLE x",
                                         std::string(48, 'i') + "d"};
    std::string chain;
    for (int i = 0; i < 2000; ++i) chain += "email_";
    for (const std::string& name : names) EXPECT_EQ(category_of(name, name, name), Category::none);
    EXPECT_NO_THROW(verdict_on(column_of(chain, chain, chain), chain));
}

TEST(NameClassifier, WorksWithoutAnyLexicon) {
    Catalog catalog;
    catalog.tables.resize(1);
    catalog.tables[0].columns = {column_of("email")};
    EXPECT_EQ(classify::NameClassifier{{}}.classify(catalog).columns.at(0).category, Category::none);
}

}  // namespace
}  // namespace crmaudit
