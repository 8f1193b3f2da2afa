// Patterns are read whole, and whatever is wrong with them is told with its line and a remedy.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>

#include "auditor/classify/checksums.h"
#include "auditor/classify/value_scanner.h"
#include "auditor/data/schema.h"
#include "policies/load.h"
#include "tests/policies/files.h"

namespace crmaudit::policies {
namespace {

using ::testing::HasSubstr;
using ::testing::StartsWith;

const std::string small = R"(<patterns>
  <pattern id="plate" category="device_id" weight="0.7" extent="whole">
    [A-Z]{1,3} -
    \d{3}
  </pattern>
  <pattern id="iban" category="bank_account" checksum="iban">[A-Z0-9]{15,34}</pattern>
  <hints id="health_xx" category="health" language="en">sick leave,
    burn ?out</hints>
</patterns>
)";

std::string refused(const std::string& from, const std::string& to) {
    return refusal(changed(small, from, to), [](const std::string& path) { load_patterns(path); });
}

TEST(LoadPatterns, ReadsEverythingThatIsThere) {
    const TestFile file{small};
    const auto patterns = load_patterns(file.path());
    ASSERT_EQ(patterns.size(), 3U);
    EXPECT_EQ(patterns[0], (ValuePattern{"plate", Category::device_id, R"([A-Z]{1,3}-\d{3})", "",
                                         ValuePattern::Extent::whole, 0.7, false, ""}));
    EXPECT_EQ(patterns[1].checksum, "iban");
    EXPECT_EQ(patterns[1].extent, ValuePattern::Extent::within);
    EXPECT_EQ(patterns[2].expression, R"((?i:sick(?:\s+)leave|burn(?:\s+)?out))");
    EXPECT_TRUE(patterns[2].hint);
    EXPECT_EQ(patterns[2].language, "en");
}

TEST(LoadPatterns, RefusesAnExpressionThatDoesNotCompile) {
    EXPECT_THAT(refused("[A-Z]{1,3}", "([A-Z]{1,3}"), StartsWith("2: the expression of 'plate' does not compile: "));
    EXPECT_THAT(refused("burn ?out", "burn(?&lt;out"), StartsWith("7: the expression of 'health_xx' does not compile"));
}

TEST(LoadPatterns, RefusesAnExpressionThatMatchesNothingAtAll) {
    EXPECT_THAT(refused("[A-Z0-9]{15,34}", "[A-Z]*"), StartsWith("6: the expression of 'iban' matches the empty text"));
}

TEST(LoadPatterns, RefusesAnUnknownChecksumAndNamesTheKnownOnes) {
    const std::string message = refused("checksum=\"iban\"", "checksum=\"ibam\"");
    EXPECT_THAT(message, StartsWith("6: "));
    EXPECT_THAT(message, HasSubstr("'ibam'"));
    EXPECT_THAT(message, HasSubstr("'iban'"));
}

TEST(LoadPatterns, RefusesASecondPatternOfOneId) {
    EXPECT_EQ(refused("id=\"iban\"", "id=\"plate\""),
              "6: a second pattern with id 'plate'; ids must differ, also from those that ship");
}

TEST(LoadPatterns, RefusesWhatIsNoCategory) {
    EXPECT_EQ(refused("\"bank_account\"", "\"bank_acount\""),
              "6: unknown data category 'bank_acount'; did you mean 'bank_account'?");
    EXPECT_THAT(refused("category=\"health\"", "category=\"email\""),
                StartsWith("7: hints 'health_xx' are of 'email'"));
}

TEST(LoadPatterns, RefusesWhatTheSchemaDoesNotKnow) {
    EXPECT_THAT(refused("weight=\"0.7\"", "weight=\"1.7\""), StartsWith("2: "));
    EXPECT_THAT(refused("extent=\"whole\"", "extent=\"all\""), StartsWith("2: "));
    EXPECT_THAT(refused(" language=\"en\"", ""), StartsWith("7: "));
    EXPECT_THAT(refused("sick leave,\n    burn ?out", ""), StartsWith("7: "));
}

TEST(LoadPatterns, SuggestsAShippedName) {
    try {
        load_patterns("contcat");
        FAIL() << "nothing refused";
    } catch (const xml::DocumentError& error) {
        EXPECT_THAT(error.what(), HasSubstr("did you mean 'contact'?"));
    }
}

TEST(LoadPatterns, RefusesAFileWhosePatternShipsAlready) {
    const std::string text =
        "<patterns>\n  <pattern id=\"email\" category=\"email\">[a-z]+@intern</pattern>\n</patterns>";
    EXPECT_EQ(refusal(text, [](const std::string& path) { patterns_with({path}); }),
              "2: a second pattern with id 'email'; ids must differ, also from those that ship");
}

TEST(LoadPatterns, AddsTheirPatternsToThoseThatShip) {
    const TestFile file{
        R"(<patterns><pattern id="customer_number" category="person_key">KD-[0-9]{6}</pattern></patterns>)"};
    const auto patterns = patterns_with({file.path()});
    EXPECT_EQ(patterns.size(), shipped_patterns().size() + 1);
    EXPECT_EQ(patterns.back().id, "customer_number");
}

TEST(ShippedPatterns, AllLoadAndCompileTogether) {
    const auto patterns = shipped_patterns();
    EXPECT_NO_THROW(classify::ValueScanner{patterns});
    std::set<std::string> hint_languages;
    for (const ValuePattern& pattern : patterns) {
        EXPECT_EQ(pattern.hint, !pattern.language.empty()) << pattern.id;
        const bool secret = pattern.id.starts_with("hash_") || pattern.id.starts_with("token_");
        EXPECT_EQ(secret, pattern.category == Category::credential) << pattern.id;
        if (pattern.hint) hint_languages.insert(pattern.language);
    }
    EXPECT_EQ(hint_languages, (std::set<std::string>{"de", "en"}));
}

TEST(ShippedPatterns, SchemaKnowsExactlyTheChecksumsOfTheProgram) {
    const std::string schema = data::schema("policies/pattern.xsd");
    std::size_t listed = 0;
    const std::string type = schema.substr(schema.find("name=\"checksum\""));
    const std::string body = type.substr(0, type.find("</xs:simpleType>"));
    for (auto at = body.find("<xs:enumeration"); at != std::string::npos; at = body.find("<xs:enumeration", at + 1))
        ++listed;
    EXPECT_EQ(listed, classify::checksums().size());
    for (const classify::Checksum& checksum : classify::checksums()) {
        EXPECT_THAT(body, HasSubstr("\"" + std::string{checksum.name} + "\""));
    }
}

}  // namespace
}  // namespace crmaudit::policies
