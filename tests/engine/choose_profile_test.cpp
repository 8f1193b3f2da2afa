// Which of all shipped profiles is chosen for the structure of real systems. What is chosen for databases with every
// table that a profile maps is held by tests/live/crm_profiles_test.cpp.
#include <gtest/gtest.h>

#include <map>
#include <string>

#include "auditor/engine/audit.h"
#include "policies/load.h"
#include "tests/support/corpus.h"

namespace crmaudit::engine {
namespace {

std::string chosen(const std::string& system) {
    static const auto columns = test::read_corpus(CRMAUDIT_SOURCE_DIR "/tests/corpus");
    const auto profile = choose_profile(policies::shipped_profiles(), test::catalog_of(columns, system));
    return profile ? profile->name : "none";
}

/// The corpus has not every table of a system, so that a profile's signature may be wanting.
TEST(ShippedProfiles, AreChosenForNoOtherCrm) {
    int chosen_ones = 0;
    for (const std::string system : {"civicrm", "dolibarr", "espocrm", "mautic", "monica", "suitecrm"}) {
        const std::string name = chosen(system);
        EXPECT_TRUE(name == system || name == "none") << system << " is taken for " << name;
        if (name == system) ++chosen_ones;
    }
    EXPECT_GE(chosen_ones, 2);
}

TEST(ShippedProfiles, LeaveOtherSystemsAlone) {
    EXPECT_EQ(chosen("facturascripts"), "none");
    EXPECT_EQ(chosen("kivitendo"), "none");
}

TEST(ShippedProfiles, AreNotChosenByTheNameOfATableAlone) {
    Catalog catalog;
    for (const char* name : {"contacts", "leads", "persons", "res_partner", "llx_socpeople", "Contact", "contact"}) {
        Table table;
        table.name = {"", name};
        table.columns = {{"id", "integer", ColumnKind::integer, false, {}, ""},
                         {"email", "text", ColumnKind::text, true, {}, ""}};
        catalog.tables.push_back(table);
    }
    EXPECT_FALSE(choose_profile(policies::shipped_profiles(), catalog));
}

TEST(ChooseProfile, RecognisesAnExportThatWasLoadedInLowerCase) {
    Profile profile;
    profile.name = "export";
    profile.signatures = {{"Contact", {"FirstName"}}};
    profile.columns = {{"Contact", "FirstName", Category::none}};
    profile.hosts = {{"Contact", "FirstName", "mail"}};
    Catalog catalog;
    Table contact;
    contact.name = {"", "contact"};
    contact.columns = {{"firstname", "text", ColumnKind::text, true, {}, ""}};
    catalog.tables = {contact};
    const auto chosen = choose_profile({profile}, catalog);
    ASSERT_TRUE(chosen);
    EXPECT_EQ(chosen->columns[0], (DeclaredColumn{"contact", "firstname", Category::none}));
    EXPECT_EQ(chosen->hosts[0], (HostColumn{"contact", "firstname", "mail"}));
}

TEST(WithPrefix, FindsTheTablesUnderAnotherPrefix) {
    Profile profile;
    profile.prefix = "llx_";
    profile.signatures = {{"{prefix}people", {"id"}}, {"{prefix}mails", {}}};
    Entity person;
    person.table = {"", "{prefix}people"};
    person.paths = {{"mails", {{{"", "{prefix}mails"}, {{"person", "id"}}, {}}}}};
    profile.entities = {person};
    Catalog catalog;
    for (const char* name : {"a_people", "erp_mails", "erp_people"}) {
        Table table;
        table.name = {"", name};
        table.columns = {{"id", "integer", ColumnKind::integer, false, {}, ""}};
        catalog.tables.push_back(table);
    }
    const Profile found = with_prefix(profile, catalog);
    EXPECT_EQ(found.signatures[0].table, "erp_people");
    EXPECT_EQ(found.entities[0].table.name, "erp_people");
    EXPECT_EQ(found.entities[0].paths[0].joins[0].table.name, "erp_mails");
    catalog.tables.pop_back();
    EXPECT_FALSE(choose_profile({profile}, catalog));
    EXPECT_EQ(with_prefix(profile, catalog).entities[0].table.name, "llx_people") << "the usual one";
}

}  // namespace
}  // namespace crmaudit::engine
