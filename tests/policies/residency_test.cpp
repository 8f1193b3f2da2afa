// Where a law applies: countries as they ship, and what a policy says of them.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <set>

#include "auditor/checks/check.h"
#include "policies/load.h"
#include "tests/policies/files.h"

namespace crmaudit::policies {
namespace {

using ::testing::Contains;
using ::testing::HasSubstr;
using ::testing::Not;

const std::vector<std::string> known{"stale_person"};

std::string policy_with(const std::string& residency) {
    return R"xml(<policy name="small">
  <title lang="en">Small</title>
  <title lang="de">Klein</title>
  )xml" + residency +
           R"xml(
  <rule id="stale" check="stale_person" severity="high">
    <basis law="GDPR" article="5(1)(e)"/>
    <text lang="en"><title>t</title><what>w</what><why>y</why><remedy>r</remedy><false-positives>f</false-positives></text>
    <text lang="de"><title>t</title><what>w</what><why>y</why><remedy>r</remedy><false-positives>f</false-positives></text>
  </rule>
</policy>
)xml";
}

std::optional<Residency> residency(const std::string& element) {
    const TestFile file{policy_with(element)};
    return load_policy(file.path(), known).residency;
}

std::string refused(const std::string& element) {
    return refusal(policy_with(element), [](const std::string& path) { load_policy(path, known); });
}

TEST(Residency, IsAbsentUnlessThePolicySaysIt) { EXPECT_EQ(residency(""), std::nullopt); }

TEST(Residency, PutsEveryCountryInsideOrOutside) {
    const auto read = residency(R"(<residency controller="CH" inside="DE FR LI" domains=".eu"/>)");
    ASSERT_TRUE(read);
    EXPECT_EQ(read->inside, (std::vector<std::string>{"DE", "FR", "LI"}));
    EXPECT_EQ(read->phone_prefixes, (std::vector<std::string>{"33", "49", "423"}));
    EXPECT_EQ(read->domains, (std::vector<std::string>{".eu", ".fr", ".de", ".li"}));
    EXPECT_TRUE(is_established_outside(*read));
    for (const char* spelling : {"CH", "CHE", "Switzerland", "Schweiz", "Suisse", "US", "Vereinigte Staaten",
                                 "États-Unis", "Etats-Unis", "Austria", "Oesterreich"}) {
        EXPECT_THAT(read->outside, Contains(spelling));
    }
    for (const char* spelling : {"DE", "Germany", "Allemagne", "FRA", "NA"}) {
        EXPECT_THAT(read->outside, Not(Contains(spelling)));
    }
}

TEST(Residency, OfAControllerInsideOrUnknownIsNotOutside) {
    EXPECT_FALSE(is_established_outside(*residency(R"(<residency controller="DE" inside="DE FR"/>)")));
    EXPECT_FALSE(is_established_outside(*residency(R"(<residency inside="DE FR"/>)")));
    EXPECT_FALSE(is_established_outside(Residency{"Schweizz", {"DE"}, {"CH"}, {}, {}}));
}

TEST(Residency, OfTheShippedPolicyIsTheEuAndEeaWithoutAController) {
    const auto shipped = load_policy("gdpr",
                                     [] {
                                         std::vector<std::string> ids;
                                         for (const auto& check : checks::all_checks()) ids.emplace_back(check.id);
                                         return ids;
                                     }())
                             .residency;
    ASSERT_TRUE(shipped);
    EXPECT_EQ(shipped->controller, "");
    EXPECT_FALSE(is_established_outside(*shipped));
    for (const char* code : {"DE", "AT", "IE", "NO", "IS", "LI", "RE"}) EXPECT_THAT(shipped->inside, Contains(code));
    EXPECT_EQ(shipped->inside.size(), 27U + 3U + 7U);
    for (const char* outside : {"CH", "GB", "US", "Russia"}) EXPECT_THAT(shipped->outside, Contains(outside));
    EXPECT_THAT(shipped->outside, Not(Contains("DE")));
}

TEST(Residency, NoSpellingIsOutsideAndInsideAtOnce) {
    const auto all_but = [](const std::string& inside) {
        return residency("<residency inside=\"" + inside + "\"/>")->outside;
    };
    const auto lower = [](std::string text) {
        std::transform(text.begin(), text.end(), text.begin(),
                       [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
        return text;
    };
    std::multiset<std::string> spellings;
    for (const std::string& each : all_but("DE")) spellings.insert(lower(each));
    for (const std::string& each : all_but("FR")) {
        if (each == "DE" || each == "DEU") spellings.insert(lower(each));
    }
    EXPECT_GT(spellings.size(), 900U);
    for (const std::string& each : spellings) EXPECT_EQ(spellings.count(each), 1U) << each;
}

TEST(Residency, WithUnknownCountriesIsRefusedAtItsLine) {
    EXPECT_THAT(refused(R"(<residency inside="DE XX"/>)"), HasSubstr("4: no country has the code 'XX'"));
    EXPECT_THAT(refused(R"(<residency inside="DE" controller="Schweiz"/>)"),
                HasSubstr("no country has the code 'Schweiz'"));
    EXPECT_THAT(refused(R"(<residency controller="CH"/>)"), HasSubstr("needs inside="));
}

}  // namespace
}  // namespace crmaudit::policies
