#include "reports/locale.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <regex>
#include <set>

#include "auditor/model/entity.h"
#include "auditor/model/reasons.h"
#include "auditor/model/result.h"
#include "reports/formats/formats.h"
#include "tests/support/golden.h"

namespace crmaudit::reports {
namespace {

using ::testing::ElementsAre;

TEST(Locale, ShipsEnglishAndGerman) { EXPECT_THAT(languages(), ElementsAre("de", "en")); }

TEST(Locale, RefusesALanguageThatDoesNotShip) {
    try {
        Locale{"tlh"};
        FAIL() << "accepted";
    } catch (const std::invalid_argument& error) {
        EXPECT_STREQ(error.what(), "no report language 'tlh'; there are: de, en");
    }
}

TEST(Locale, HasTheSameKeysInEveryLanguage) {
    const auto english = Locale{"en"}.keys();
    EXPECT_GT(english.size(), 200U);
    for (const std::string& language : languages()) EXPECT_EQ(Locale{language}.keys(), english) << language;
}

TEST(Locale, HasEachKeyOnce) {
    for (const std::string& language : languages()) {
        const auto keys = Locale{language}.keys();
        const std::string text =
            test::read_file(std::string{CRMAUDIT_SOURCE_DIR} + "/reports/locales/" + language + ".xml");
        const std::regex key{"key=\"[^\"]+\""};
        const auto count = std::distance(std::sregex_iterator{text.begin(), text.end(), key}, std::sregex_iterator{});
        EXPECT_EQ(static_cast<std::size_t>(count), keys.size()) << language;
    }
}

/// A literal in the sources that looks like a key ("section.verdict") is one.
TEST(Locale, HasEveryKeyThatTheReportsUse) {
    const auto keys = Locale{"en"}.keys();
    const std::set<std::string> known{keys.begin(), keys.end()};
    const std::regex literal{"\"([a-z]+(_[a-z]+)*\\.[a-z_]+)\""};
    int used = 0;
    for (const char* folder : {"/reports", "/reports/formats"}) {
        for (const auto& entry : std::filesystem::directory_iterator{std::string{CRMAUDIT_SOURCE_DIR} + folder}) {
            const std::string path = entry.path().string();
            if (entry.path().extension() != ".cpp") continue;
            const std::string text = test::read_file(path);
            for (std::sregex_iterator match{text.begin(), text.end(), literal}, end; match != end; ++match) {
                const std::string key = (*match)[1];
                EXPECT_TRUE(known.contains(key)) << path << " uses " << key;
                ++used;
            }
        }
    }
    EXPECT_GT(used, 80);
}

TEST(Locale, HasAWordForEveryEnumerator) {
    using enum OutcomeStatus;
    for (const std::string& language : languages()) {
        const Locale locale{language};
        const auto has = [&](std::string_view group, std::string_view name) {
            const std::string key = std::string{group} + "." + std::string{name};
            EXPECT_NE(locale.text(key), key) << language;
        };
        for (const Category category : all_categories()) has("category", to_string(category));
        for (int role = 0; role <= static_cast<int>(Role::sender); ++role) {
            has("role", to_string(static_cast<Role>(role)));
        }
        for (int severity = 0; severity <= static_cast<int>(Severity::critical); ++severity) {
            has("severity", to_string(static_cast<Severity>(severity)));
            has("severity_title", to_string(static_cast<Severity>(severity)));
        }
        for (int state = 0; state <= static_cast<int>(FindingState::waived); ++state) {
            has("state", to_string(static_cast<FindingState>(state)));
        }
        for (const auto reason :
             {reasons::no_profile, reasons::no_person, reasons::not_mapped, reasons::not_in_catalog,
              reasons::values_unmatched, reasons::forbidden, reasons::locked, reasons::timeout, reasons::missing_object,
              reasons::statement_failed, reasons::permissions_hidden, reasons::no_permissions, reasons::left_out,
              reasons::no_key, reasons::content_not_read, reasons::not_counted, reasons::old_baseline,
              reasons::out_of_time, reasons::no_text_ends}) {
            has("reason", reason);
        }
    }
}

/// What checks say besides model/reasons.h: why they do not apply, what they judged by, what they counted.
TEST(Locale, HasAWordForEveryCodeThatChecksUse) {
    const std::regex codes{
        "not_applicable = "
        "\"([a-z_]+)\"|facts\\.(?:emplace|push)_back\\((?:reasons::text\\()?\"([a-z_]+)\"|details\\.push_back\\(\\s*\\{"
        "\"([a-z_]+)\""};
    const char* const groups[] = {"reason", "fact", "detail"};
    int used = 0;
    for (const auto& entry :
         std::filesystem::directory_iterator{std::string{CRMAUDIT_SOURCE_DIR} + "/auditor/checks"}) {
        if (entry.path().extension() != ".cpp") continue;
        const std::string text = test::read_file(entry.path().string());
        for (std::sregex_iterator match{text.begin(), text.end(), codes}, end; match != end; ++match) {
            for (std::size_t group = 0; group < 3; ++group) {
                const std::string code = (*match)[group + 1];
                if (code.empty()) continue;
                ++used;
                for (const std::string& language : languages()) {
                    const std::string key = std::string{groups[group]} + "." + code;
                    EXPECT_NE(Locale{language}.text(key), key) << entry.path() << ", " << language;
                }
            }
        }
    }
    EXPECT_GT(used, 8);
}

TEST(Locale, WritesNumbersAsItsReadersDo) {
    EXPECT_EQ(Locale{"en"}.number(1234567), "1,234,567");
    EXPECT_EQ(Locale{"de"}.number(1234567), "1.234.567");
    EXPECT_EQ(Locale{"de"}.number(999), "999");
    EXPECT_EQ(Locale{"en"}.number(-1000), "-1,000");
    EXPECT_EQ(Locale{"en"}.number(-100), "-100");
}

TEST(Locale, WritesDatesAsItsReadersDo) {
    EXPECT_EQ(Locale{"en"}.date(std::string_view{"2026-12-31"}), "31 Dec 2026");
    EXPECT_EQ(Locale{"de"}.date(std::string_view{"2026-02-01"}), "01.02.2026");
    EXPECT_EQ(Locale{"de"}.date(std::string_view{"unknown"}), "unknown");
}

TEST(Locale, RoundsPercentagesWithoutLying) {
    const Locale english{"en"};
    EXPECT_EQ(english.percent(1, 3), "33.3%");
    EXPECT_EQ(english.percent(0, 7), "0.0%");
    EXPECT_EQ(english.percent(7, 7), "100.0%");
    EXPECT_EQ(english.percent(1, 100000), "<0.1%");
    EXPECT_EQ(english.percent(99999, 100000), ">99.9%");
    EXPECT_EQ(english.percent(0, 0), "");
    EXPECT_EQ(Locale{"de"}.percent(1, 8), "12,5\u00A0%");
}

TEST(Locale, UsesThePluralFormThatFits) {
    EXPECT_EQ(Locale{"en"}.counted("n.persons", 1), "1 person");
    EXPECT_EQ(Locale{"en"}.counted("n.persons", 2), "2 persons");
    EXPECT_EQ(Locale{"en"}.counted("n.persons", 0), "0 persons");
    EXPECT_EQ(Locale{"de"}.counted("n.persons", 1), "1 Person");
    EXPECT_EQ(Locale{"de"}.counted("n.persons", 1500), "1.500 Personen");
}

TEST(Locale, CitesLawsAsItsReadersDo) {
    EXPECT_EQ(Locale{"en"}.basis({"GDPR", "5(1)(c)"}), "Art.\u00A05(1)(c) GDPR");
    EXPECT_EQ(Locale{"de"}.basis({"GDPR", "5(1)(c)"}), "Art.\u00A05 Abs. 1 lit. c DSGVO");
    EXPECT_EQ(Locale{"de"}.basis({"GDPR", "17"}), "Art.\u00A017 DSGVO");
    EXPECT_EQ(Locale{"de"}.basis({"UWG", "7(2)(3)"}), "§\u00A07 Abs. 2 Nr. 3 UWG");
    EXPECT_EQ(Locale{"de"}.basis({"TDDDG", "25"}), "§\u00A025 TDDDG");
    EXPECT_EQ(Locale{"de"}.basis({"ePrivacy", "5(3)"}), "Art.\u00A05 Abs. 3 ePrivacy-Richtlinie");
    EXPECT_EQ(Locale{"en"}.basis({"PECR", "22(2)"}), "reg.\u00A022(2) PECR");
    EXPECT_EQ(Locale{"de"}.basis({"UCA", "3(1)(o)"}), "Art.\u00A03 Abs. 1 lit. o UWG (Schweiz)");
    EXPECT_EQ(Locale{"de"}.basis({"FADP", "32(2)(c)"}), "Art.\u00A032 Abs. 2 lit. c DSG");
    EXPECT_EQ(Locale{"de"}.basis({"UWG", "7a(1)"}), "§\u00A07a Abs. 1 UWG");
    EXPECT_EQ(Locale{"en"}.basis({"CNIL 2026-042", ""}), "CNIL deliberation 2026-042");
    EXPECT_EQ(Locale{"de"}.basis({"Hausregel", "4"}), "4 Hausregel");
    EXPECT_EQ(Locale{"en"}.basis({"GDPR", "(broken"}), "(broken GDPR");
}

TEST(Locale, TellsReasonsInWords) {
    EXPECT_EQ(Locale{"de"}.reason("no_leads"), "dieses CRM führt keine Leads");
    EXPECT_EQ(Locale{"en"}.reason("not_mapped: notice"),
              "the profile does not say where this is kept (when the person was informed)");
    EXPECT_EQ(Locale{"en"}.reason("a driver's own words: 7"), "a driver's own words: 7");
}

TEST(Locale, TellsFactsAndDetailsAboutCategoriesInWords) {
    const Locale german{"de"};
    EXPECT_EQ(german.fact("name_says: phone"), "der Bezeichnung nach: Telefonnummer");
    EXPECT_EQ(german.fact("rarely_filled"), "fast nie gefüllt");
    EXPECT_EQ(german.fact("contacts.birthdate"), "contacts.birthdate");
    EXPECT_EQ(german.fact("odd: name"), "odd: name");
    EXPECT_EQ(german.detail("weak_hash"), "Hashwerte ohne Salt");
    EXPECT_EQ(german.detail("bank_account"), "Bankverbindung");
    EXPECT_EQ(german.detail("sender: 17"), "vom Benutzer mit dem Schlüssel 17");
    EXPECT_EQ(german.detail("odd: 17"), "odd: 17");
}

TEST(Locale, LeavesUnknownWordsAsTheyAre) {
    EXPECT_EQ(Locale{"de"}.word("detail", "something_new"), "something_new");
    EXPECT_EQ(Locale{"de"}.list({"a", "b", "c"}), "a, b und c");
    EXPECT_EQ(Locale{"en"}.list({"a"}), "a");
}

}  // namespace
}  // namespace crmaudit::reports
