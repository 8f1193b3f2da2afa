#include <gtest/gtest.h>

#include "tests/support/classify_support.h"

namespace crmaudit {
namespace {

using test::category_of;

class BirthDateName : public testing::TestWithParam<const char*> {};

TEST_P(BirthDateName, IsFoundInATableOfPersons) { EXPECT_EQ(category_of(GetParam(), "date"), Category::birth_date); }

TEST_P(BirthDateName, IsFoundInATableThatSaysNothing) {
    EXPECT_EQ(category_of(GetParam(), "date", "t17"), Category::birth_date);
}

INSTANTIATE_TEST_SUITE_P(Shipped, BirthDateName,
                         testing::Values("birth_date", "birthdate", "BirthDate", "birthday", "dob", "date_of_birth",
                                         "dateOfBirth", "birthyear", "year_of_birth", "geburtsdatum", "geburtstag",
                                         "geb_datum", "date_naissance", "fecha_nacimiento", "data_nascita",
                                         "geboortedatum", "data_nascimento", "data_urodzenia", "Geburtsdatum_Kunde",
                                         "dt_nasc", "dt_nascita", "date_naiss", "fec_nac", "geb_dat", "nascimento",
                                         "data_ur", "cf_geb_dat", "x_studio_birth_date"));

class BirthDateComment : public testing::TestWithParam<const char*> {};

TEST_P(BirthDateComment, TellsWhatANameDoesNot) {
    EXPECT_EQ(test::verdict_on(test::column_of("feld_17", "date", GetParam()), "t17").category, Category::birth_date);
}

INSTANTIATE_TEST_SUITE_P(InEightLanguages, BirthDateComment,
                         testing::Values("Date of birth", "Geburtsdatum", "Date de naissance", "Fecha de nacimiento",
                                         "Data di nascita", "Geboortedatum", "Data de nascimento", "Data urodzenia"));

class BirthDateTrap : public testing::TestWithParam<std::pair<const char*, const char*>> {};

TEST_P(BirthDateTrap, IsNoBirthDate) {
    EXPECT_NE(category_of(GetParam().first, GetParam().second), Category::birth_date);
}

INSTANTIATE_TEST_SUITE_P(
    Shipped, BirthDateTrap,
    testing::Values(std::pair{"birthday_reminder", "tinyint(1)"}, std::pair{"birthday_template_id", "int"},
                    std::pair{"has_birthday_card", "boolean"}, std::pair{"show_birthday", "varchar(5)"},
                    std::pair{"birthday_mail_count", "int"}, std::pair{"send_birthday_mail", "tinyint(1)"},
                    std::pair{"birthday_card_sent", "tinyint(1)"}, std::pair{"geburtstag_erinnerung", "varchar(5)"},
                    std::pair{"rappel_anniversaire", "varchar(5)"}, std::pair{"recordatorio_cumpleanos", "varchar(5)"},
                    std::pair{"promemoria_compleanno", "varchar(5)"}, std::pair{"verjaardag_herinnering", "varchar(5)"},
                    std::pair{"lembrete_aniversario", "varchar(5)"}, std::pair{"przypomnienie_urodziny", "varchar(5)"},
                    std::pair{"date_created", "date"}, std::pair{"start_date", "date"}));

}  // namespace
}  // namespace crmaudit
