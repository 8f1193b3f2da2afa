// How well the shipped patterns tell values of each kind from what looks nearly like them.
#include <gtest/gtest.h>

#include <set>
#include <string>

#include "auditor/classify/checksums.h"
#include "tests/support/numbers.h"
#include "tests/support/value_sets.h"

namespace crmaudit::test {
namespace {

/// One number in ten or eleven passes their check digits by accident: a value says little, a column says all.
const std::set<std::string> weak{"at_svnr", "nl_bsn", "pl_pesel", "pt_nif", "uk_nhs"};
/// Forms without anything to check, which support a name and decide nothing.
const std::set<std::string> forms{"coordinate", "uuid", "hash_md5", "hash_sha1", "hash_sha256", "token_random"};

TEST(ValuePatterns, FindStructuredValuesWithPrecisionAndRecallOfNinetyFivePercent) {
    const auto figures = pattern_figures(shipped_scanner(), value_sets());
    EXPECT_GE(figures.size(), 35U);
    for (const auto& [family, counts] : figures) {
        if (forms.contains(family)) continue;
        EXPECT_GE(counts.recall(), 0.95) << family;
        // Nor have phone numbers anything to check.
        const bool is_weak = weak.contains(family) || family == "phone_national";
        EXPECT_GE(counts.precision(), is_weak ? 0.75 : 0.95) << family;
    }
}

TEST(ValuePatterns, DecideOnColumnsOfEveryKind) {
    for (const ValueSet& set : value_sets()) {
        const auto opinion = classify::opinion_of(scan(shipped_scanner(), set.values), shipped_scanner());
        EXPECT_EQ(to_string(opinion.category), to_string(set.category))
            << set.name << ": " << opinion.confidence << ' ' << opinion.reason;
    }
}

TEST(ValuePatterns, NeverDecideOnNumbersThatPassCheckDigitsByAccident) {
    for (std::size_t length = 8; length <= 20; ++length) {
        Dice dice{length};
        std::vector<std::string> random;
        std::vector<std::string> consecutive;
        std::vector<std::string> grouped;
        const std::string head = dice.digits(length > 15 ? length - 15 : 0);
        const std::size_t tail = length - head.size();
        std::uint64_t next = 1;
        for (std::size_t i = 1; i < tail; ++i) next *= 10;
        next += 4711;
        for (int i = 0; i < 10'000; ++i) {
            random.push_back("1" + dice.digits(length - 1));
            consecutive.push_back(head + std::to_string(next++));
        }
        for (const auto* values : {&random, &consecutive}) {
            const auto content = scan(shipped_scanner(), *values);
            EXPECT_EQ(classify::opinion_of(content, shipped_scanner()).category, Category::none) << length << " digits";
            for (const PatternCount& count : content.patterns) {
                const auto* pattern = shipped_scanner().find(count.pattern);
                const auto* checksum = pattern == nullptr ? nullptr : classify::find_checksum(pattern->checksum);
                if (checksum != nullptr && checksum->has_check_digits) {
                    EXPECT_LT(count.whole, 1500) << count.pattern << " in numbers of " << length << " digits";
                }
            }
        }
    }
}

TEST(ValuePatterns, NeverDecideOnRandomLettersAndDigitsInTheFormOfAnIdentifier) {
    for (const char* form :
         {"########@", "@#######@", "@@@@@@##@##@###@", "##0101##@###", "#########@@#", "DE####################",
          "DE#########", "ATU########", "756##########", "1##01##########"}) {
        Dice dice{17};
        std::vector<std::string> values;
        for (int i = 0; i < 10'000; ++i) values.push_back(dice.fill(form));
        EXPECT_EQ(classify::opinion_of(scan(shipped_scanner(), values), shipped_scanner()).category, Category::none)
            << form;
    }
}

TEST(Hints, AreFoundInNotesAndHardlyEverInNotesAboutBusiness) {
    Figures all;
    for (const auto& [category, counts] : hint_figures(shipped_scanner(), labelled_notes())) {
        all.right += counts.right;
        all.wrong += counts.wrong;
        all.missed += counts.missed;
    }
    // Words cannot find all that people find words for; what they find should be right.
    EXPECT_GE(all.precision(), 0.95);
    EXPECT_GE(all.recall(), 0.7);
}

TEST(Hints, AreWholeWordsInEveryAlphabet) {
    const auto hints = [](const std::string& text) {
        std::int64_t count = 0;
        for (const PatternCount& each : scan(shipped_scanner(), {text}).patterns) count += each.hint ? 1 : 0;
        return count;
    };
    EXPECT_EQ(hints("Gewerkschaft"), 1);
    EXPECT_EQ(hints("(gewerkschaft)"), 1);
    EXPECT_EQ(hints("GEWERKSCHAFT!"), 1);
    EXPECT_EQ(hints("überGewerkschaftü"), 0);
    EXPECT_EQ(hints("äDemenz"), 0);
    EXPECT_EQ(hints("Demenzä"), 0);
    EXPECT_EQ(hints("krank geschrieben"), 1);
    EXPECT_EQ(hints("krankgeschrieben"), 1);
    EXPECT_EQ(hints("PFLEGEBEDÜRFTIG"), 1);
}

}  // namespace
}  // namespace crmaudit::test
