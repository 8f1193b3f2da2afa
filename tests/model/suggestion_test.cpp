// Suggestions help with slips of the finger and stay silent otherwise.
#include "auditor/model/suggestion.h"

#include <gtest/gtest.h>

namespace crmaudit {
namespace {

const std::vector<std::string> names{"stale_person", "stray_copy", "public_grant"};

TEST(Suggestion, FindsTheNearestName) {
    EXPECT_EQ(closest("stale_persn", names), "stale_person");
    EXPECT_EQ(closest("pubic_grant", names), "public_grant");
    EXPECT_EQ(closest("stray_copy", names), "stray_copy");
    EXPECT_EQ(closest("gpdr", {"dsgvo", "gdpr"}), "gdpr") << "two letters swapped";
}

TEST(Suggestion, StaysSilentWhenNothingIsNear) {
    EXPECT_EQ(closest("unknown_source", names), "");
    EXPECT_EQ(closest("", names), "");
    EXPECT_EQ(closest("stale_person", {}), "");
    EXPECT_EQ(closest(std::string(100'000, 'x'), names), "");
}

TEST(Suggestion, IsReadyToAppendToAMessage) {
    EXPECT_EQ(suggestion("stray_cpy", names), "; did you mean 'stray_copy'?");
    EXPECT_EQ(suggestion("zzz", names), "");
}

}  // namespace
}  // namespace crmaudit
