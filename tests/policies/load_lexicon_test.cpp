// The lexicons that ship load and hold what the classifier needs.
#include <gtest/gtest.h>

#include <set>

#include "policies/load.h"
#include "tests/policies/files.h"

namespace crmaudit::policies {
namespace {

TEST(ShippedLexicons, AllLoad) {
    std::set<std::string> languages;
    for (const Lexicon& lexicon : shipped_lexicons()) {
        EXPECT_TRUE(languages.insert(lexicon.language).second) << lexicon.language << " comes twice";
        EXPECT_FALSE(lexicon.terms.empty()) << lexicon.language;
        for (const Term& term : lexicon.terms) {
            EXPECT_FALSE(term.text.empty()) << lexicon.language;
            EXPECT_EQ(term.text.find(','), std::string::npos) << term.text;
            EXPECT_GT(term.weight, 0) << term.text;
            EXPECT_LE(term.weight, 1) << term.text;
        }
    }
    EXPECT_TRUE(languages.contains("en"));
    EXPECT_TRUE(languages.contains("de"));
}

const std::string small = R"(<lexicon language="xx" compounds="true">
  <category name="phone" weight="0.8">
    <term>tele, fono</term>
    <term only-in="person" alone="true">apparat</term>
  </category>
  <category name="email">
    <term weight="0.8" only-in="company">posta</term>
  </category>
  <context name="person">klient</context>
  <abbreviation of="klient">kl, kln</abbreviation>
</lexicon>
)";

std::string refused(const std::string& from, const std::string& to) {
    return refusal(changed(small, from, to), [](const std::string& path) { load_lexicon(path); });
}

TEST(LoadLexicon, ReadsEverythingThatIsThere) {
    const TestFile file{small};
    const Lexicon lexicon = load_lexicon(file.path());
    EXPECT_EQ(lexicon.language, "xx");
    EXPECT_TRUE(lexicon.compounds);
    EXPECT_FALSE(lexicon.head_first);
    ASSERT_EQ(lexicon.terms.size(), 4U);
    EXPECT_EQ(lexicon.terms[1].text, "fono");
    EXPECT_TRUE(lexicon.terms[2].alone);
    EXPECT_EQ(lexicon.abbreviations, (std::vector<Abbreviation>{{"kl", "klient"}, {"kln", "klient"}}));
}

TEST(LoadLexicon, RefusesTheSameWordsForTwoCategories) {
    EXPECT_EQ(refused(R"(only-in="company">posta)", R"(>tele)"),
              "7: 'tele' is email here and phone in line 3; take one away, or tell them apart by weight or only-in");
    EXPECT_EQ(refused(R"(only-in="company">posta)", R"(only-in="person detail">apparat)"),
              "7: 'apparat' is email here and phone in line 4; take one away, or tell them apart by weight or only-in");
}

TEST(LoadLexicon, AcceptsTheSameWordsWhereTablesOrWeightsDecide) {
    EXPECT_EQ(refused(R"(only-in="company">posta)", R"(only-in="company">apparat)"), "nothing refused");
    EXPECT_EQ(refused(R"(weight="0.8" only-in="company">posta)", R"(weight="0.7">tele)"), "nothing refused");
}

TEST(LoadLexicon, RefusesAWordOfTableNamesForTwoTopics) {
    EXPECT_EQ(refused("</context>", "</context><context name=\"company\">klient</context>").substr(0, 60),
              "9: 'klient' is a word of company here and of person in line ");
}

TEST(LoadLexicon, RefusesWhatNoNameCanMatch) {
    EXPECT_EQ(refused("tele, fono", "tele, ---"), "3: '---' has no letter or digit; no name can match it");
}

TEST(LoadLexicon, RefusesWhatIsNotValid) {
    EXPECT_NE(refused("name=\"person\"", "name=\"persons\"").find("persons"), std::string::npos);
    EXPECT_NE(refused("weight=\"0.8\">", "weight=\"8\">").find("weight"), std::string::npos);
    EXPECT_NE(refused("name=\"phone\"", "name=\"fone\"").find("fone"), std::string::npos);
    EXPECT_NE(refused("</lexicon>", ""), "nothing refused");
}

TEST(LoadLexicon, AddsAUsersWordsToTheShippedOnesOfTheLanguage) {
    const TestFile german{changed(small, "language=\"xx\"", "language=\"de\"")};
    const TestFile other{small};
    const std::vector<Lexicon> shipped = shipped_lexicons();
    const std::vector<Lexicon> all = lexicons_with({german.path(), other.path()});
    ASSERT_EQ(all.size(), shipped.size() + 1);
    EXPECT_EQ(all.back().language, "xx");
    for (std::size_t i = 0; i < shipped.size(); ++i) {
        EXPECT_EQ(all[i].language, shipped[i].language);
        const std::size_t more = shipped[i].language == "de" ? 4U : 0U;
        EXPECT_EQ(all[i].terms.size(), shipped[i].terms.size() + more) << shipped[i].language;
    }
}

}  // namespace
}  // namespace crmaudit::policies
