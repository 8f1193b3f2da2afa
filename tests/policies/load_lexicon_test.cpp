// The lexicons that ship load and hold what the classifier needs.
#include <gtest/gtest.h>

#include <set>

#include "policies/load.h"

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

}  // namespace
}  // namespace crmaudit::policies
