#include "auditor/engine/logical_fields.h"

#include <gtest/gtest.h>

#include <array>

#include "policies/load.h"
#include "tests/support/catalog_builder.h"
#include "tests/support/classify_support.h"
#include "tests/support/values_in_memory.h"

namespace crmaudit::engine {
namespace {

using crmaudit::testing::catalog;
using test::ValuesInMemory;

const std::vector<Lexicon>& lexicons() {
    static const std::vector<Lexicon> shipped = policies::shipped_lexicons();
    return shipped;
}

struct Resolved {
    Classification classification;
    std::vector<Gap> gaps;

    std::vector<std::string> fields() const {
        std::vector<std::string> names;
        for (const ColumnClassification& each : classification.columns) {
            if (each.field) names.push_back(field_name_of(each) + " " + std::string{to_string(each.category)});
        }
        return names;
    }
};

Resolved resolve(const Catalog& found, ValuesInMemory& port) {
    Resolved resolved{test::shipped_classifier().classify(found), {}};
    resolved.gaps = add_logical_fields(resolved.classification, found, test::shipped_classifier(), lexicons(), port);
    return resolved;
}

Catalog definitions_beside_values() {
    return catalog()
        .table("contact_field_types")
        .column("id", "integer")
        .key("id")
        .column("name", "varchar(50)")
        .table("contact_fields")
        .column("id", "integer")
        .key("id")
        .column("contact_id", "integer")
        .column("contact_field_type_id", "integer")
        .refers("contact_field_type_id", "contact_field_types", "id")
        .column("data", "varchar(255)")
        .build();
}

TEST(LogicalFields, AreNamedByTheTableOfDefinitions) {
    ValuesInMemory port;
    port.values["id"] = {"1", "2", "3"};
    port.values["name"] = {"Geburtsdatum", "Religion", "Favourite colour"};
    const Resolved resolved = resolve(definitions_beside_values(), port);
    EXPECT_EQ(resolved.fields(), (std::vector<std::string>{"data [Geburtsdatum] birth_date", "data [Religion] religion",
                                                           "data [Favourite colour] none"}));
    EXPECT_TRUE(resolved.gaps.empty());
}

TEST(LogicalFields, FollowNamesWhereThereIsNoForeignKey) {
    const Catalog found = catalog()
                              .table("custom_variable_configs")
                              .column("id", "integer")
                              .key("id")
                              .column("description", "text")
                              .table("custom_variables")
                              .column("custom_variable_config_id", "integer")
                              .column("trans_id", "integer")
                              .column("text_value", "text")
                              .column("timestamp_value", "timestamp")
                              .build();
    ValuesInMemory port;
    port.values["id"] = {"17"};
    port.values["description"] = {"date of birth"};
    EXPECT_EQ(resolve(found, port).fields(), (std::vector<std::string>{"text_value [date of birth] birth_date",
                                                                       "timestamp_value [date of birth] birth_date"}));
}

TEST(LogicalFields, AreFoundInOtherLanguagesAndTheirPlurals) {
    for (const auto& [definitions, label, values, key, value] : std::vector<std::array<const char*, 5>>{
             {"zusatzfelder", "bezeichnung", "zusatzfeld_werte", "zusatzfeld_id", "wert"},
             {"champs", "libelle", "champ_valeurs", "champ_id", "valeur"},
             {"campi", "nome", "valori_campi", "id_campo", "valore"}}) {
        const Catalog found = catalog()
                                  .table(definitions)
                                  .column("id", "integer")
                                  .key("id")
                                  .column(label, "varchar(50)")
                                  .table(values)
                                  .column(key, "integer")
                                  .column(value, "text")
                                  .build();
        ValuesInMemory port;
        port.values["id"] = {"1"};
        port.values[label] = {"Religion"};
        EXPECT_EQ(resolve(found, port).fields(), std::vector<std::string>{std::string{value} + " [Religion] religion"});
    }
}

TEST(LogicalFields, AreNamedByTheirOwnKeysWhereThoseComeAgainAndAgain) {
    const Catalog found = catalog()
                              .table("usermeta")
                              .column("user_id", "integer")
                              .column("meta_key", "varchar(255)")
                              .column("meta_value", "text")
                              .build();
    ValuesInMemory port;
    for (int i = 0; i < 10; ++i) {
        port.values["meta_key"].emplace_back("birthday");
        port.values["meta_key"].emplace_back("theme");
        port.values["meta_key"].push_back("once only " + std::to_string(i));
    }
    EXPECT_EQ(resolve(found, port).fields(),
              (std::vector<std::string>{"meta_value [birthday] birth_date", "meta_value [theme] none"}));
}

TEST(LogicalFields, NeverTakeATableOfPersonsForDefinitions) {
    const Catalog found = catalog()
                              .table("contacts")
                              .column("id", "integer")
                              .key("id")
                              .column("first_name", "varchar(50)")
                              .column("last_name", "varchar(50)")
                              .column("name", "varchar(50)")
                              .table("custom_contact_values")
                              .column("contact_id", "integer")
                              .refers("contact_id", "contacts", "id")
                              .column("value", "text")
                              .build();
    ValuesInMemory port;
    port.values["id"] = {"1"};
    port.values["name"] = {"Erika Musterfrau"};
    EXPECT_TRUE(resolve(found, port).fields().empty());
    EXPECT_TRUE(port.asked.empty());
}

TEST(LogicalFields, SayWhichDefinitionsCouldNotBeRead) {
    ValuesInMemory port;
    port.refuse = [](const std::string&, const std::vector<std::string>&) {
        throw sql::QueryError(sql::QueryError::Reason::forbidden, "42501", "not granted");
    };
    const Resolved resolved = resolve(definitions_beside_values(), port);
    EXPECT_EQ(resolved.gaps, (std::vector<Gap>{{"contact_field_types", "forbidden: 42501"}}));
}

}  // namespace
}  // namespace crmaudit::engine
