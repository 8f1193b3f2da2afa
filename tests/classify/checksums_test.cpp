// Check digits against published examples, and against numbers in which one character is wrong.
#include "auditor/classify/checksums.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "tests/support/numbers.h"

namespace crmaudit::classify {
namespace {

bool holds(std::string_view name, std::string_view text) {
    const Checksum* checksum = find_checksum(name);
    return checksum != nullptr && checksum->holds(text);
}

/// Numbers that are printed in many places. The source is the one they are commonly ascribed to and was not looked up;
/// python-stdnum 1.18, written independently, takes all of them whose scheme it knows (it lacks de_rvnr and uk_nino).
struct Example {
    std::string_view checksum;
    std::string_view number;
    std::string_view source;
};

const std::vector<Example> published{
    {"iban", "GB82 WEST 1234 5698 7654 32", "ISO 13616, as in the IBAN registry's introduction"},
    {"iban", "DE89 3704 0044 0532 0130 00", "SWIFT, IBAN registry, Germany"},
    {"iban", "AT61 1904 3002 3457 3201", "SWIFT, IBAN registry, Austria"},
    {"iban", "CH93 0076 2011 6238 5295 7", "SWIFT, IBAN registry, Switzerland"},
    {"iban", "FR14 2004 1010 0505 0001 3M02 606", "SWIFT, IBAN registry, France"},
    {"iban", "NO93 8601 1117 947", "SWIFT, IBAN registry, Norway (the shortest)"},
    {"iban", "MT84 MALT 0110 0001 2345 MTLC AST0 01S", "SWIFT, IBAN registry, Malta"},
    {"payment_card", "4111 1111 1111 1111", "Visa's number for tests"},
    {"payment_card", "5555 5555 5555 4444", "Mastercard's number for tests"},
    {"payment_card", "2223 0031 2200 3222", "Mastercard's number for tests, 2-series"},
    {"payment_card", "3782 822463 10005", "American Express's number for tests"},
    {"payment_card", "6011 1111 1111 1117", "Discover's number for tests"},
    {"payment_card", "3056 9309 0259 04", "Diners Club's number for tests"},
    {"payment_card", "3530 1113 3330 0000", "JCB's number for tests"},
    {"de_tax_id", "86095742719", "ELSTER, Prüfung der Steueridentifikationsnummer"},
    {"de_tax_id", "47036892816", "ELSTER, Prüfung der Steueridentifikationsnummer"},
    {"de_tax_id", "65929970489", "ELSTER, Prüfung der Steueridentifikationsnummer"},
    {"de_tax_id", "57549285017", "ELSTER, Prüfung der Steueridentifikationsnummer, one digit three times"},
    {"de_tax_id", "25768131411", "ELSTER, Prüfung der Steueridentifikationsnummer, one digit three times"},
    {"de_rvnr", "65 170839 J 003", "Deutsche Rentenversicherung, sample of a card"},
    {"de_rvnr", "15 070649 C 103", "GKV-Datenaustausch, example of the check digit"},
    {"at_svnr", "1237 010180", "Dachverband der Sozialversicherungsträger, sample of an e-card"},
    {"ch_ahv", "756.9217.0769.85", "BSV, sample of an insurance card"},
    {"ch_ahv", "756.1234.5678.97", "ZAS, example of the number's parts"},
    {"fr_nir", "2 55 08 14 168 025 38", "INSEE, example of the key"},
    {"fr_nir", "2 69 05 49 588 157 80", "Assurance Maladie, sample of a carte Vitale"},
    {"es_dni", "12345678Z", "Ministerio del Interior, example of the letter"},
    {"es_dni", "X1234567L", "Ministerio del Interior, example of a NIE"},
    {"it_codice_fiscale", "MRTMTT25D09F205Z", "Agenzia delle Entrate's scheme, a widely printed example"},
    {"it_codice_fiscale", "RSSMRA85T10A562S", "Agenzia delle Entrate's scheme, a widely printed example"},
    {"nl_bsn", "111222333", "Rijksdienst voor Identiteitsgegevens, number for tests"},
    {"nl_bsn", "123456782", "Logius, number for tests"},
    {"be_rrn", "85.07.30-033.28", "IBZ, example of the number's parts"},
    {"be_rrn", "17.07.30-033.84", "IBZ, example of a birth after 1999"},
    {"pl_pesel", "44051401359", "gov.pl, example of the check digit"},
    {"pl_pesel", "02070803628", "gov.pl, sample of an identity card"},
    {"pt_cc", "00000000 0 ZZ4", "AMA, validation of the cartão de cidadão"},
    {"uk_nhs", "943 476 5919", "NHS Data Dictionary, number for tests"},
    {"uk_nhs", "401 023 2137", "NHS Digital, number for tests"},
    {"uk_nino", "AB 12 34 56 C", "HMRC, the form that letters show"},
    {"us_ssn", "219-09-9998", "a neighbour of SSA's own specimen"},
    {"br_cpf", "111.444.777-35", "Receita Federal's scheme, a widely printed example"},
    {"eu_vat", "DE136695976", "BZSt, example of the check digit"},
    {"eu_vat", "ATU13585627", "BMF, example of the check digit"},
    {"eu_vat", "IT00743110157", "a company's published number"},
    {"eu_vat", "FR40303265045", "a company's published number"},
    {"eu_vat", "BE0428759497", "a company's published number"},
};

TEST(Checksums, HoldForPublishedExamples) {
    for (const Example& example : published) {
        EXPECT_TRUE(holds(example.checksum, example.number)) << example.number << " (" << example.source << ")";
    }
}

TEST(Checksums, AreSortedByNameSoThatTheyAreFound) {
    const auto all = checksums();
    EXPECT_TRUE(
        std::is_sorted(all.begin(), all.end(), [](const Checksum& a, const Checksum& b) { return a.name < b.name; }));
    for (const Checksum& checksum : all) EXPECT_EQ(find_checksum(checksum.name), &checksum) << checksum.name;
    EXPECT_EQ(find_checksum("luhm"), nullptr);
}

TEST(Checksums, RefuseWhatIsNoNumberAtAll) {
    for (const Checksum& checksum : checksums()) {
        for (const std::string text : {"", " ", "-", "A", "0", "\xff\xfe", "ÄÖÜäöüÄÖÜäöü", "@", "::", ".", ","}) {
            EXPECT_FALSE(checksum.holds(text)) << checksum.name << " takes '" << text << "'";
        }
        EXPECT_FALSE(checksum.holds(std::string(300, '\0'))) << checksum.name;
        EXPECT_FALSE(checksum.holds(std::string(1000, '0'))) << checksum.name;
    }
}

struct Scheme {
    std::string_view checksum;
    std::string (*make)(test::Dice&);
};

/// Those that find every change of a single digit.
const std::vector<Scheme> complete{
    {"iban", test::make_iban},           {"payment_card", test::make_card}, {"at_svnr", test::make_at_svnr},
    {"ch_ahv", test::make_ch_ahv},       {"eu_vat", test::make_de_vat},     {"es_dni", test::make_es_dni},
    {"de_tax_id", test::make_de_tax_id}, {"es_dni", test::make_es_nie},     {"fr_nir", test::make_fr_nir},
    {"nl_bsn", test::make_nl_bsn},       {"pl_pesel", test::make_pl_pesel}, {"pt_cc", test::make_pt_cc},
    {"uk_nhs", test::make_uk_nhs},
};

/// RVNR adds the digits of products, remainders of 10 and 11 both become 0 in a NIF and a CPF, a Rijksregisternummer
/// does not say its century, and the letters of a codice fiscale are worth the same in places: some changes cannot be
/// seen.
const std::vector<Scheme> incomplete{
    {"be_rrn", test::make_be_rrn},
    {"br_cpf", test::make_br_cpf},
    {"de_rvnr", test::make_de_rvnr},
    {"pt_nif", test::make_pt_nif},
    {"it_codice_fiscale", test::make_it_codice_fiscale},
};

TEST(Checksums, HoldForNumbersMadeByOtherArithmetic) {
    std::vector<Scheme> all = complete;
    all.insert(all.end(), incomplete.begin(), incomplete.end());
    all.push_back({"uk_nino", test::make_uk_nino});
    all.push_back({"us_ssn", test::make_us_ssn});
    test::Dice dice{1};
    for (const Scheme& scheme : all) {
        for (int i = 0; i < 500; ++i) {
            const std::string number = scheme.make(dice);
            ASSERT_TRUE(holds(scheme.checksum, number)) << scheme.checksum << ' ' << number;
        }
    }
}

TEST(Checksums, FailForEveryChangeOfASingleDigit) {
    test::Dice dice{2};
    for (const Scheme& scheme : complete) {
        int changes = 0;
        for (int i = 0; i < 50; ++i) {
            const std::string number = scheme.make(dice);
            for (std::size_t at = 0; at < number.size(); ++at) {
                if (number[at] < '0' || number[at] > '9') continue;
                std::string changed = number;
                for (changed[at] = '0'; changed[at] <= '9'; ++changed[at]) {
                    if (changed == number) continue;
                    ++changes;
                    EXPECT_FALSE(holds(scheme.checksum, changed)) << scheme.checksum << ' ' << number << ' ' << changed;
                }
            }
        }
        EXPECT_GT(changes, 1000) << scheme.checksum;
    }
}

TEST(Checksums, FailForNearlyEveryChangeWhereTheSchemeMissesSome) {
    test::Dice dice{3};
    for (const Scheme& scheme : incomplete) {
        int seen = 0;
        int changes = 0;
        for (int i = 0; i < 200; ++i) {
            const std::string number = scheme.make(dice);
            for (std::size_t at = 0; at < number.size(); ++at) {
                if (number[at] < '0' || number[at] > '9') continue;
                std::string changed = number;
                changed[at] = static_cast<char>('0' + (number[at] - '0' + 1) % 10);
                ++changes;
                if (!holds(scheme.checksum, changed)) ++seen;
            }
        }
        EXPECT_GT(seen * 100, changes * 95) << scheme.checksum;
    }
}

TEST(Checksums, OfATaxIdAlsoAskHowDigitsRepeat) {
    EXPECT_FALSE(holds("de_tax_id", "12345678903")) << "ten different digits";
    EXPECT_FALSE(holds("de_tax_id", "11223456785")) << "two digits twice";
    EXPECT_FALSE(holds("de_tax_id", "01234567899")) << "begins with 0";
}

TEST(Checksums, OfAnIbanAskForTheLengthOfItsCountry) {
    EXPECT_TRUE(holds("iban", "AT61 1904 3002 3457 3201 BIC")) << "a word that follows";
    EXPECT_FALSE(holds("iban", "AT61 1904 3002 3457 3201BIC"));
    EXPECT_FALSE(holds("iban", "ZZ89 3704 0044 0532 0130 00")) << "no such country";
}

TEST(Checksums, OfCardsAskForAnIssuer) {
    EXPECT_FALSE(holds("payment_card", "9999 9999 9999 9995")) << "Luhn alone";
    EXPECT_FALSE(holds("payment_card", "4006381333931")) << "a barcode";
}

TEST(Checksums, TellAddressesOfMachinesFromVersions) {
    EXPECT_TRUE(holds("ipv4", "192.168.1.20"));
    for (const std::string text :
         {"1.2.3.4", "10.0.1.2", "10.0.1.45", "300.1.1.1", "1.2.3", "01.2.3.44", "255.255.255.0"}) {
        EXPECT_FALSE(holds("ipv4", text)) << text;
    }
    for (const std::string text : {"2001:db8::1:2", "fe80::1ff:fe23:4567:890a",
                                   "2001:0db8:85a3:0000:0000:8a2e:0370:7334", "::ffff:192.0.2.128"}) {
        EXPECT_TRUE(holds("ipv6", text)) << text;
    }
    for (const std::string text :
         {"12:30:45", "::", "::1", "1::2::3", "1:2:3:4:5:6:7", "a:b:c:d:e:f:0:1:2", "12345::1:2:3"}) {
        EXPECT_FALSE(holds("ipv6", text)) << text;
    }
}

}  // namespace
}  // namespace crmaudit::classify
