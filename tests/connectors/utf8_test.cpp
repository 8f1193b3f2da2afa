#include "connectors/utf8.h"

#include <gtest/gtest.h>

namespace crmaudit::connectors {
namespace {

using namespace std::string_literals;

const std::string replacement = "\xEF\xBF\xBD";

TEST(ValidUtf8, LeavesValidTextAlone) {
    const std::string text = "Größe € 😀 \u0301";
    EXPECT_EQ(valid_utf8(text), text);
}

TEST(ValidUtf8, KeepsNulBytes) { EXPECT_EQ(valid_utf8("a\0b\0"s), "a\0b\0"s); }

TEST(ValidUtf8, ReplacesEachInvalidByteOnce) {
    EXPECT_EQ(valid_utf8("a\xFFz"), "a" + replacement + "z");
    EXPECT_EQ(valid_utf8("\x80\x80"), replacement + replacement);
}

TEST(ValidUtf8, ReplacesWhatIsLeftOfACharacterOnce) {
    EXPECT_EQ(valid_utf8("a\xE2\x82"), "a" + replacement);
    EXPECT_EQ(valid_utf8("\xF0\x9F\x98z"), replacement + "z");
}

TEST(ValidUtf8, RefusesOverlongFormsSurrogatesAndWhatLiesBeyondUnicode) {
    EXPECT_EQ(valid_utf8("\xC0\xAF"), replacement + replacement);
    EXPECT_EQ(valid_utf8("\xE0\x80\xAF"), replacement + replacement + replacement);
    EXPECT_EQ(valid_utf8("\xED\xA0\x80"), replacement + replacement + replacement);
    EXPECT_EQ(valid_utf8("\xF4\x90\x80\x80"), replacement + replacement + replacement + replacement);
}

TEST(CutUtf8, NeverEndsWithinACharacter) {
    const std::string text = "aä€😀";  // 1 + 2 + 3 + 4 bytes
    const std::size_t lengths[] = {0, 1, 1, 3, 3, 3, 6, 6, 6, 6, 10, 10};
    for (std::size_t limit = 0; limit < std::size(lengths); ++limit) {
        EXPECT_EQ(cut_utf8(text, limit).size(), lengths[limit]) << "limit " << limit;
    }
}

TEST(CutUtf8, CutsInvalidTextAtTheLimit) { EXPECT_EQ(cut_utf8(std::string(10, '\x80'), 7).size(), 7U); }

}  // namespace
}  // namespace crmaudit::connectors
