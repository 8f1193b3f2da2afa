#include "auditor/engine/subject_text.h"

#include <gtest/gtest.h>

namespace crmaudit::engine {
namespace {

const std::set<std::string> own{"anna@example.org"};

TEST(SubjectText, FoldsAddressesAsTheyAreCompared) {
    EXPECT_EQ(folded_address("  Anna@Example.ORG\r\n"), "anna@example.org");
    EXPECT_EQ(folded_address("ÄRGER@example.org"), "ärger@example.org");
    EXPECT_EQ(folded_address(" \t"), "");
}

TEST(SubjectText, TakesNoLongerAddressForTheOneItEndsWith) {
    for (const char* text :
         {"anna@example.org", "Anna <ANNA@example.org>, b@c.de", "write to anna@example.org.",
          "mailto:anna@example.org", "https://x.de/?to=anna@example.org&a=b", "(anna@example.org)"}) {
        EXPECT_TRUE(names_address(text, "anna@example.org")) << text;
    }
    for (const char* text : {"hanna@example.org", "anna@example.org.evil.de", "anna@example.orgs",
                             "dr.anna@example.org", "anna @example.org", "", "@", "äanna@example.org"}) {
        EXPECT_FALSE(names_address(text, "anna@example.org")) << text;
    }
}

TEST(SubjectText, MasksOthersWithTheirNames) {
    EXPECT_EQ(without_other_addresses("to anna@example.org, cc hanna@example.org.", own),
              "to anna@example.org, cc [***].");
    EXPECT_EQ(without_other_addresses("Anna <anna@example.org>, Bert Else <b@else.de>; \"Carl\" <c@else.de>", own),
              "Anna <anna@example.org>, [***]; [***]");
    EXPECT_EQ(without_other_addresses("From: Bert Else <b@else.de>\nDear Anna", own), "From: [***]\nDear Anna");
    EXPECT_EQ(without_other_addresses("Yesterday she met Bert Else <b@else.de> again", own),
              "Yesterday she met [***] again");
    EXPECT_EQ(without_other_addresses("<a href=\"mailto:b@else.de\">x</a>", own), "<a href=\"mailto:[***]\">x</a>");
    EXPECT_EQ(without_other_addresses("b@else.de", own), "[***]");
    EXPECT_EQ(without_other_addresses("@ at 5 @home a@", own), "@ at 5 @home a@");
}

TEST(SubjectText, CutsAnExcerptAtWords) {
    const std::string text = "one two three anna@example.org four five six";
    EXPECT_EQ(excerpt_around(text, "anna@example.org", 5), "… three anna@example.org four …");
    EXPECT_EQ(excerpt_around(text, "anna@example.org", 500), text);
    EXPECT_EQ(excerpt_around("hanna@example.org", "anna@example.org", 5), "");
    EXPECT_EQ(excerpt_around("äöü anna@example.org", "anna@example.org", 2), "äöü anna@example.org");
}

TEST(SubjectText, ComparesNamesByWords) {
    EXPECT_EQ(name_words("Müller, Anna-Maria"), (std::set<std::string>{"mueller", "anna", "maria"}));
}

}  // namespace
}  // namespace crmaudit::engine
