// Trackers are read whole, and whatever is wrong with them is told with its line and a remedy.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "auditor/classify/mail_scanner.h"
#include "policies/load.h"
#include "tests/policies/files.h"

namespace crmaudit::policies {
namespace {

using ::testing::HasSubstr;
using ::testing::StartsWith;

const std::string small = R"(<trackers>
  <tracker vendor="Example" kind="open" hosts="example.com t*.example.net" path="/o/ [0-9]+">
    <example>https://a.example.com/o/1</example>
    <not>https://a.example.com/p/1</not>
  </tracker>
  <tracker vendor="Mark" kind="click" certainty="weak" text="[pixel]"><example>[pixel]</example><not>x</not></tracker>
  <opt-out address="(?i)leave"><example>https://example.org/Leave</example><not>https://example.org/stay</not></opt-out>
  <ordinary><address>https://example.org/</address></ordinary>
</trackers>
)";

std::string refused(const std::string& from, const std::string& to) {
    return refusal(changed(small, from, to), [](const std::string& path) { load_trackers(path); });
}

TEST(LoadTrackers, ReadsEverythingThatIsThere) {
    const TestFile file{small};
    const MailPatterns patterns = load_trackers(file.path());
    ASSERT_EQ(patterns.trackers.size(), 2U);
    EXPECT_EQ(patterns.trackers[0].vendor, "Example");
    EXPECT_EQ(patterns.trackers[0].kind, TrackerKind::open);
    EXPECT_FALSE(patterns.trackers[0].weak);
    EXPECT_EQ(patterns.trackers[1].text, "[pixel]");
    EXPECT_EQ(patterns.trackers[1].kind, TrackerKind::click);
    EXPECT_TRUE(patterns.trackers[1].weak);
    ASSERT_EQ(patterns.opt_outs.size(), 1U);
    EXPECT_EQ(patterns.ordinary, std::vector<std::string>{"https://example.org/"});
}

TEST(LoadTrackers, MatchesHostsAndWhatIsBelowThemAlone) {
    const TestFile file{small};
    const classify::MailScanner scanner{load_trackers(file.path()), {}};
    const auto is_found = [&](const char* address) { return !scanner.trackers_in(address).empty(); };
    for (const char* address : {"https://example.com/o/12", "http://a.b.EXAMPLE.com:8080/o/1", "//t7.example.net/o/1",
                                "https://x.t-eu.example.net/o/1"}) {
        EXPECT_TRUE(is_found(address)) << address;
    }
    for (const char* address : {"https://notexample.com/o/1", "https://example.com.example.org/o/1",
                                "https://example.org/?u=https://example.com/o/1", "https://example.com/x/o/1",
                                "https://example.net/o/1", "example.com/o/1"}) {
        EXPECT_FALSE(is_found(address)) << address;
    }
}

TEST(LoadTrackers, RefusesWhatDoesNotCompile) {
    EXPECT_THAT(refused("/o/ [0-9]+", "/o/ [0-9"), StartsWith("2: the expression does not compile: "));
    EXPECT_THAT(refused("(?i)leave", "(leave"), StartsWith("7: the expression does not compile: "));
}

TEST(LoadTrackers, RefusesAFormThatEveryAddressHas) {
    EXPECT_THAT(refused("(?i)leave", "x*"), StartsWith("7: the expression matches the empty text"));
}

TEST(LoadTrackers, RefusesATrackerThatSaysNothing) {
    EXPECT_THAT(refused("text=\"[pixel]\"", ""), HasSubstr("names no hosts, no path and no text"));
    EXPECT_THAT(refused("address=\"(?i)leave\"", ""), StartsWith("7: <opt-out> takes either"));
}

TEST(LoadTrackers, RefusesATrackerWithoutExamples) {
    EXPECT_THAT(refused("<example>https://a.example.com/o/1</example>", ""), HasSubstr("Expected is ( example )"));
    EXPECT_THAT(refused("<not>https://a.example.com/p/1</not>", ""), HasSubstr("not"));
}

}  // namespace
}  // namespace crmaudit::policies
