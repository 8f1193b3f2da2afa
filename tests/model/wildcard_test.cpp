#include "auditor/model/wildcard.h"

#include <gtest/gtest.h>

namespace crmaudit {
namespace {

TEST(Wildcard, MatchesWholeTexts) {
    EXPECT_TRUE(matches_wildcard("crm.contacts", "crm.*"));
    EXPECT_TRUE(matches_wildcard("contacts", "c?ntacts"));
    EXPECT_TRUE(matches_wildcard("aXbXc", "a*b*c"));
    EXPECT_TRUE(matches_wildcard("", "*"));
    EXPECT_FALSE(matches_wildcard("contacts", "contact"));
    EXPECT_FALSE(matches_wildcard("contacts", "ontacts"));
    EXPECT_FALSE(matches_wildcard("", "?"));
    EXPECT_FALSE(matches_wildcard("Contacts", "contacts"));
}

}  // namespace
}  // namespace crmaudit
