// The scan counts what values hold, keeps nothing else, and takes any bytes.
#include "auditor/classify/value_scanner.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <stdexcept>

#include "tests/support/dice.h"
#include "tests/support/value_sets.h"

namespace crmaudit::test {
namespace {

PatternCount count_of(const ColumnContent& content, const std::string& pattern) {
    for (const PatternCount& count : content.patterns) {
        if (count.pattern == pattern) return count;
    }
    return {};
}

ColumnContent seen(const std::vector<std::string>& values, ColumnKind kind = ColumnKind::text) {
    return scan(shipped_scanner(), values, kind);
}

TEST(ValueScanner, TellsWholeValuesFromThoseThatHoldOne) {
    const auto email =
        count_of(seen({"a@example.org", "  b@example.org\r\n", "write to c@example.org, please", "none"}), "email");
    EXPECT_EQ(email.whole, 2);
    EXPECT_EQ(email.within, 1);
    EXPECT_EQ(email.category, Category::email);
}

TEST(ValueScanner, CountsRowsFilledValuesProseAndIdentifiers) {
    classify::ColumnScan column{shipped_scanner(), ColumnKind::text, Date{}};
    column.add("");
    column.add("   ");
    column.add(std::string_view{"\0\0", 2});
    column.add_missing();
    column.add("Bitte nur noch unter 0170 1234567 anrufen, sagt er.");
    column.add("Wartung");
    column.add("10115 Berlin");
    const auto content = column.result();
    EXPECT_EQ(content.read, 7);
    EXPECT_EQ(content.filled, 3);
    EXPECT_EQ(content.texts, 1);
    EXPECT_EQ(content.identified, 1);
}

TEST(ValueScanner, TellsProseFromNamesAddressesAndCodes) {
    EXPECT_EQ(seen({"He asked for a call next week.", "Der Kunde möchte kein Angebot mehr.",
                    "KUNDE WILL NICHT MEHR ANGERUFEN WERDEN WEIL ER UMZIEHT", "Le client ne veut plus de lettres."})
                  .texts,
              4);
    EXPECT_EQ(seen({"Dr. Anna Maria Muster", "Lange Straße 12, 10115 Berlin", "Muster Software Vertriebs GmbH Berlin",
                    "a/b/c/d/e/f", "x=1 y=2 z=3 a=4 b=5", "one two three"})
                  .texts,
              0);
}

TEST(ValueScanner, LooksBehindAWrongCandidateForARightOne) {
    EXPECT_EQ(count_of(seen({"DE89 3704 0044 0532 0130 01, no: DE89 3704 0044 0532 0130 00."}), "iban").within, 1);
}

TEST(ValueScanner, TakesNoPartOfALongerNumberForOne) {
    EXPECT_EQ(
        seen({"see RE-4111111111111111", "54111111111111111", "anna@example.org_y", "v1.192.168.1.20"}).identified, 0);
    EXPECT_EQ(count_of(seen({"IBAN DE89 3704 0044 0532 0130 00"}), "phone_national").within, 0);
}

TEST(ValueScanner, FindsWeakNumbersInTextsBesideTheirNameAlone) {
    const auto content =
        seen({"Er hat die SV-Nr. 1237 010180 genannt.", "Zijn BSN: 111222333 staat hier.", "Jego PESEL 44051401359.",
              "Steuer-ID: 86 095 742 719 liegt vor.", "O NIF 123456789 dele.", "Her NHS number is 943 476 5919.",
              "Tel. 0301234567 nur vormittags"});
    for (const char* id : {"at_svnr_named", "nl_bsn_named", "pl_pesel_named", "de_tax_id_named", "pt_nif_named",
                           "uk_nhs_named", "phone_named"}) {
        EXPECT_EQ(count_of(content, id).within, 1) << id;
    }
    EXPECT_EQ(content.identified, 7);
    EXPECT_EQ(seen({"order 111222333 and 44051401359 and 86095742719 shipped"}).identified, 0);
}

TEST(ValueScanner, DoesNotTakeSecretsForOneAnother) {
    const auto content =
        seen({"$2y$10$N9qo8uLOickgx2ZMRZoMyeIjZAgcfl7p92ldGxad68LJZdL17lhWy", "AKIAIOSFODNN7EXAMPLE", "correct horse"});
    EXPECT_EQ(count_of(content, "hash_bcrypt").whole, 1);
    EXPECT_EQ(count_of(content, "token_aws").whole, 1);
    EXPECT_EQ(content.identified, 2);
}

TEST(ValueScanner, TakesBytesThatAreNoText) {
    const auto content =
        seen({std::string("\xff\xfe\x80") + " anna@example.org \xc3", std::string("a\0b@example.org c", 17),
              "M\xfcller ruft an unter 030 1234567", std::string(100, '\x80'), std::string(100, '\0')});
    EXPECT_EQ(content.filled, 4);
    EXPECT_EQ(count_of(content, "email").within, 2);
    EXPECT_EQ(count_of(content, "phone_national").within, 1);
}

TEST(ValueScanner, LooksAtBeginningAndEndOfALongValue) {
    const std::string filling(5 << 20, 'x');
    const auto content = seen({"anna@example.org " + filling, filling + " " + filling + " DE89370400440532013000",
                               filling + " bert@example.org " + filling, filling});
    EXPECT_EQ(content.filled, 4);
    EXPECT_EQ(count_of(content, "email").within, 1) << "what is in the middle is not looked at";
    EXPECT_EQ(count_of(content, "iban").within, 1);
    EXPECT_EQ(count_of(content, "email").whole, 0);
}

TEST(ValueScanner, EndsOnValuesThatAreMadeToBeSlow) {
    // Each is full of beginnings of candidates; that the test ends is what it asserts, with the counts beside it.
    std::string digits;
    std::string colons;
    std::string addresses;
    while (digits.size() < (1 << 16)) digits += "4111 1111 1111 1112 ";
    while (colons.size() < (1 << 16)) colons += "12:34:56::";
    while (addresses.size() < (1 << 16)) addresses += "a.b.c@d.";
    const auto content = seen({digits, colons, addresses, std::string(1 << 16, '0'), std::string(1 << 16, '+')});
    EXPECT_EQ(content.filled, 5);
    EXPECT_EQ(count_of(content, "payment_card").within, 0);
}

TEST(ValueScanner, ReportsPatternsSortedAndOnlyThoseSeen) {
    const auto content = seen({"192.168.1.20", "anna@example.org", "DE89370400440532013000"});
    ASSERT_FALSE(content.patterns.empty());
    EXPECT_TRUE(std::is_sorted(content.patterns.begin(), content.patterns.end(),
                               [](const auto& a, const auto& b) { return a.pattern < b.pattern; }));
    EXPECT_TRUE(seen({"nothing"}).patterns.empty());
    EXPECT_EQ(seen({}), ColumnContent{});
}

TEST(ValueScanner, LooksForNoPatternsInMomentsAndFlags) {
    EXPECT_TRUE(seen({"1", "0"}, ColumnKind::boolean).patterns.empty());
    EXPECT_TRUE(seen({"2024-01-02 030 1234567"}, ColumnKind::timestamp).patterns.empty());
}

ValuePattern pattern(const std::string& id, const std::string& expression, const std::string& checksum) {
    ValuePattern pattern;
    pattern.id = id;
    pattern.expression = expression;
    pattern.checksum = checksum;
    return pattern;
}

TEST(ValueScanner, RefusesPatternsThatAreWrong) {
    const auto refused = [](ValuePattern pattern) -> std::string {
        try {
            classify::ValueScanner{{std::move(pattern)}};
        } catch (const std::invalid_argument& error) {
            return error.what();
        }
        return "nothing refused";
    };
    EXPECT_EQ(refused(pattern("a", "(x", "")), "pattern 'a' does not compile: missing ): (x");
    EXPECT_EQ(refused(pattern("b", "x", "luhm")), "pattern 'b' asks for the unknown checksum 'luhm'");
    const ValuePattern twice = pattern("c", "x", "");
    EXPECT_THROW((classify::ValueScanner{{twice, twice}}), std::invalid_argument);
}

TEST(ValueScanner, WorksWithoutPatterns) {
    const classify::ValueScanner none{{}};
    EXPECT_EQ(scan(none, {"anna@example.org"}).filled, 1);
    EXPECT_EQ(none.find("email"), nullptr);
}

}  // namespace
}  // namespace crmaudit::test
