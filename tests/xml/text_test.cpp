// What XML cannot hold is replaced, everything else stays as it is.
#include "auditor/xml/text.h"

#include <gtest/gtest.h>

namespace crmaudit::xml {
namespace {

const std::string replaced = "\xEF\xBF\xBD";

TEST(LegalText, LeavesEveryCharacterOfEveryLengthAlone) {
    const std::string text = "a\tb\nc ä € 🦉 \xEF\xBF\xBD \xF4\x8F\xBF\xBD";
    EXPECT_EQ(legal(text), text);
}

TEST(LegalText, ReplacesControlCharacters) {
    EXPECT_EQ(legal(std::string_view("a\0b", 3)), "a" + replaced + "b");
    EXPECT_EQ(legal("\x01\x1F\r"), replaced + replaced + replaced);
}

TEST(LegalText, ReplacesBytesThatAreNoUtf8) {
    EXPECT_EQ(legal("a\xFF"), "a" + replaced);
    EXPECT_EQ(legal("\xC3"), replaced) << "cut short";
    EXPECT_EQ(legal("\xC3z"), replaced + "z") << "cut short by another character";
    EXPECT_EQ(legal("\xC0\x80"), replaced + replaced) << "longer than needed";
    EXPECT_EQ(legal("\xED\xA0\x80"), replaced + replaced + replaced) << "half of a surrogate pair";
    EXPECT_EQ(legal("\xEF\xBF\xBF"), replaced + replaced + replaced) << "no character";
    EXPECT_EQ(legal("\xF5\x80\x80\x80"), replaced + replaced + replaced + replaced) << "beyond Unicode";
}

TEST(CollapsedText, HasSingleSpacesBetweenWords) {
    EXPECT_EQ(collapsed("  a \n\t b\r\nc "), "a b c");
    EXPECT_EQ(collapsed(" \n "), "");
}

}  // namespace
}  // namespace crmaudit::xml
