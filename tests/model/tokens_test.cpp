#include "auditor/model/tokens.h"

#include <gtest/gtest.h>

namespace crmaudit {
namespace {

using Tokens = std::vector<std::string>;

TEST(Tokens, SplitSnakeCaseAndAnyOtherPunctuation) {
    EXPECT_EQ(tokens_of("date_of_birth"), (Tokens{"date", "of", "birth"}));
    EXPECT_EQ(tokens_of("  __first--name.$x "), (Tokens{"first", "name", "x"}));
}

TEST(Tokens, SplitCamelAndPascalCase) {
    EXPECT_EQ(tokens_of("dateOfBirth"), (Tokens{"date", "of", "birth"}));
    EXPECT_EQ(tokens_of("BirthDate"), (Tokens{"birth", "date"}));
    EXPECT_EQ(tokens_of("home_URL"), (Tokens{"home", "url"}));
    EXPECT_EQ(tokens_of("IPAddress"), (Tokens{"ip", "address"}));
    EXPECT_EQ(tokens_of("EMAIL_ADDRESS"), (Tokens{"email", "address"}));
}

TEST(Tokens, SplitDigitsFromLetters) {
    EXPECT_EQ(tokens_of("address2line"), (Tokens{"address", "2", "line"}));
    EXPECT_EQ(tokens_of("contacts_bak_2019"), (Tokens{"contacts", "bak", "2019"}));
}

TEST(Tokens, FoldAccentsAndUmlauts) {
    EXPECT_EQ(tokens_of("Straße"), (Tokens{"strasse"}));
    EXPECT_EQ(tokens_of("größeÄnderung"), (Tokens{"groesse", "aenderung"}));
    EXPECT_EQ(tokens_of("prénom_élève"), (Tokens{"prenom", "eleve"}));
    EXPECT_EQ(tokens_of("płeć"), (Tokens{"plec"}));
    EXPECT_EQ(tokens_of("ÜBER"), (Tokens{"ueber"}));
}

TEST(Tokens, KeepWordsOfOtherScripts) { EXPECT_EQ(tokens_of("имя_клиента"), (Tokens{"имя", "клиента"})); }

TEST(Tokens, TakeAnyBytes) {
    EXPECT_EQ(tokens_of(""), Tokens{});
    EXPECT_EQ(tokens_of("___"), Tokens{});
    EXPECT_EQ(tokens_of("na\xFFme"), (Tokens{"na", "me"}));
    EXPECT_EQ(tokens_of("email\xC3"), (Tokens{"email"}));
    EXPECT_EQ(tokens_of("📧email📧"), (Tokens{"email"}));
    EXPECT_EQ(tokens_of(std::string_view("a\0b", 3)), (Tokens{"a", "b"}));
    EXPECT_EQ(tokens_of(std::string(10000, 'x')), (Tokens{std::string(10000, 'x')}));
}

}  // namespace
}  // namespace crmaudit
