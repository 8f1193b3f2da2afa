#include <gtest/gtest.h>

#include <cmath>
#include <map>
#include <pugixml.hpp>
#include <regex>
#include <set>

#include "auditor/data/embedded.h"
#include "reports/formats/formats.h"
#include "reports/result_xml.h"
#include "tests/support/golden.h"
#include "tests/support/sample_result.h"

namespace crmaudit::reports {
namespace {

std::string html(const AuditResult& result, std::string_view language = "en") {
    return write_html(result, language, checksum_of(write_result_xml(result)));
}

/// Says which text was looked for, and not the whole page.
::testing::AssertionResult contains(const std::string& page, const std::string& text) {
    const bool found = page.find(text) != std::string::npos;
    return (found ? ::testing::AssertionSuccess() : ::testing::AssertionFailure()) << "'" << text << "'";
}

/// The page without its style sheet, as one line.
std::string page_text(const AuditResult& result, std::string_view language = "en") {
    std::string text = html(result, language);
    const auto style = text.find("<style>");
    text.erase(style, text.find("</style>") - style);
    std::string visible;
    bool in_tag = false;
    for (const char c : text) {
        if (c == '<') in_tag = true;
        if (!in_tag && c != '\n') visible += c;
        if (c == '>') in_tag = false;
    }
    return visible;
}

/// The page as a tree: XML's rules are stricter than HTML's, so what parses here has no stray markup.
pugi::xml_document parsed(const AuditResult& result, std::string_view language = "en") {
    std::string text = html(result, language);
    text = std::regex_replace(text, std::regex{"<!DOCTYPE html>|<meta[^>]*>"}, "");
    pugi::xml_document document;
    const auto outcome = document.load_buffer(text.data(), text.size());
    EXPECT_TRUE(outcome) << outcome.description() << " at "
                         << text.substr(static_cast<std::size_t>(outcome.offset), 80);
    return document;
}

std::vector<pugi::xml_node> all(const pugi::xml_document& document, const char* xpath) {
    std::vector<pugi::xml_node> nodes;
    for (const auto& match : document.select_nodes(xpath)) nodes.push_back(match.node());
    return nodes;
}

TEST(Html, LooksLikeTheGoldenFiles) {
    EXPECT_TRUE(test::matches_golden("report.en.html", html(test::sample_result(), "en")));
    EXPECT_TRUE(test::matches_golden("report.de.html", html(test::sample_result(), "de")));
}

TEST(Html, TellsVendorsAndSendersOfMessages) {
    AuditResult result = test::sample_result();
    Finding& first = result.findings.front();
    first.rows.reset();
    first.sampled = true;
    first.affected = 12;
    first.total = 1000;
    first.object = {{"", "emails"}, "body", "", "mail", "Mailtrack"};
    first.details = {{"opens", 12}, {"stored", 54321}, {"sender: u-17", 9}, {"unknown_sender", 3}};
    const std::string english = page_text(result);
    EXPECT_TRUE(contains(english, "12 of 1,000 messages read"));
    EXPECT_TRUE(contains(english, "Mailtrack"));
    EXPECT_TRUE(contains(english, "by the user with the key u-17"));
    EXPECT_TRUE(contains(english, "54,321"));
    first.object.part = "hidden_image";
    const std::string german = page_text(result, "de");
    EXPECT_TRUE(contains(german, "12 von 1.000 gelesenen Nachrichten"));
    EXPECT_TRUE(contains(german, "verstecktes Bild eines unbekannten Dienstes"));
    EXPECT_TRUE(contains(german, "vom Benutzer mit dem Schlüssel u-17"));
}

TEST(Html, CountsWhatAFindingIsAbout) {
    AuditResult result = test::sample_result();
    Finding& first = result.findings.front();
    first.rows.reset();
    first.persons = false;
    first.details = {{"bank_account", 7}};
    first.facts = {"hint: health"};
    first.object.entity.clear();
    first.sampled = true;
    first.affected = 12;
    first.total = 812;
    const std::string by_values = page_text(result);
    EXPECT_TRUE(contains(by_values, "12 of 812 values read"));
    EXPECT_TRUE(contains(by_values, "hints of: Health"));
    EXPECT_TRUE(contains(by_values, "Bank account"));
    first.sampled = false;
    first.object.column = "birthdate";
    first.affected = 1;
    first.total = 0;
    EXPECT_TRUE(contains(page_text(result), "1 column"));
    EXPECT_FALSE(contains(page_text(result), "1 privilege "));
}

TEST(Html, OfTheFileIsTheSameAsOfTheRun) {
    for (const AuditResult& result : {test::sample_result(), test::hostile_result(), test::clean_result()}) {
        const std::string xml = write_result_xml(result);
        for (const std::string& language : languages()) {
            EXPECT_EQ(write_html(read_result_xml("report.xml", xml), language, checksum_of(xml)),
                      write_html(result, language, checksum_of(xml)));
        }
    }
}

TEST(Html, StartsWithWhatADataProtectionOfficerAsks) {
    const std::string page = page_text(test::sample_result());
    std::size_t at = 0;
    for (const char* next :
         {"crm-north",
          "24 Nov 2026",
          "PostgreSQL 15.9",
          "crmaudit_reader",
          "SuiteCRM",
          "gdpr",
          "8 findings (1 critical, 2 high, 4 medium, 1 low) affect 1,302 of 2,000 persons; the audit is incomplete, "
          "because 3 rules could not be checked in full.",
          "1 person",
          "Persons with at least one finding",
          "One human who is kept both as a contact and as a lead",
          "Consent of the persons",
          "1,220",
          "Rules that were not checked",
          "UPDATE on crm.contacts",
          "no limit for waiting on locks",
          "Marketing mail after an objection",
          "Checked, nothing found",
          "Not applicable",
          "Date of birth",
          "Evidence for the database administrator",
          "SHA-256 of the database structure"}) {
        const auto found = page.find(next, at);
        ASSERT_NE(found, std::string::npos) << next;
        at = found;
    }
}

TEST(Html, TellsEverythingAboutAFinding) {
    const std::string page = page_text(test::sample_result());
    for (const char* part :
         {"Opens or clicks are recorded without consent", "crm.contacts", "1,043 of 1,980 persons", "(52.7%)",
          "previously 998", "have refused or objected", "some_new_count", "Art.\u00A06(1)(a) GDPR, §\u00A025 TDDDG",
          "Reading behaviour may only be recorded", "Switch the tracking off", "Consent that is kept outside",
          "SuiteCRM records opens and clicks", "SuiteCRM 7.14", "the CRM has no place for this consent",
          "&quot;deleted&quot; = 0 AND", "29 Feb 2024", "changed", "unchanged"}) {
        std::string wanted = std::regex_replace(std::string{part}, std::regex{"&quot;"}, "\"");
        EXPECT_TRUE(contains(page, wanted));
    }
}

TEST(Html, MarksLawsWhoseWordingNobodyRead) {
    const std::string english = page_text(test::sample_result());
    for (const char* part : {"Regulation (EU) 2016/679", "25 Nov 2026", "Text of the Official Journal.", "not verified",
                             "Known from a summary only.", "Works agreement of 2024", "never"}) {
        EXPECT_TRUE(contains(english, part)) << part;
    }
    const auto document = parsed(test::sample_result(), "de");
    const pugi::xml_node section = document.select_node("//section[@id='laws']").node();
    std::vector<std::string> marks;
    for (const auto& row : section.select_nodes(".//tbody/tr")) {
        marks.emplace_back(row.node().select_node("td[3]/strong").node().text().get());
    }
    EXPECT_EQ(marks, (std::vector<std::string>{"", "nicht verifiziert", "nicht verifiziert"}));
    AuditResult without = test::sample_result();
    without.laws.clear();
    EXPECT_FALSE(contains(page_text(without), "Laws behind the rules"));
}

TEST(Html, LeadsFromAFindingToItsStatementAndBack) {
    const auto document = parsed(test::sample_result());
    int pairs = 0;
    for (const pugi::xml_node statement : all(document, "//section[@id='evidence']/details")) {
        const std::string id = statement.child("pre").attribute("id").value();
        const std::string back = statement.select_node("p/a").node().attribute("href").value();
        const auto link = document.select_node(("//div[@class='place'][@id='" + back.substr(1) + "']//a").c_str());
        EXPECT_EQ(link.node().attribute("href").value(), "#" + id);
        ++pairs;
    }
    EXPECT_EQ(pairs, 4);
}

TEST(Html, SpeaksGermanToGermanReaders) {
    const std::string page = page_text(test::sample_result(), "de");
    EXPECT_TRUE(contains(page,
                         "8 Befunde (1 kritisch, 2 hoch, 4 mittel, 1 gering) betreffen 1.302 von 2.000 Personen; "
                         "die Prüfung ist unvollständig, weil 3 Regeln nicht vollständig geprüft werden konnten."));
    EXPECT_TRUE(contains(page, "Art.\u00A06 Abs. 1 lit. a DSGVO, §\u00A025 TDDDG"));
    EXPECT_TRUE(contains(page, "29.02.2024"));
    EXPECT_TRUE(contains(page, "Werbung nach Widerspruch"));
    EXPECT_TRUE(contains(page, "1.234 von 1.980 Personen (62,3\u00A0%)"));
    EXPECT_FALSE(contains(page, "persons"));
    EXPECT_TRUE(contains(html(test::sample_result(), "de"), "<html lang=\"de\">"));
}

TEST(Html, SaysPlainlyThatAllIsWell) {
    const std::string page = page_text(test::clean_result());
    EXPECT_TRUE(contains(page, "Every rule was checked, and nothing was found."));
    EXPECT_TRUE(contains(page, "There are no findings."));
    EXPECT_TRUE(contains(page, "Everything that the policy asks for was checked"));
}

TEST(Html, DoesNotCallAnIncompleteAuditClean) {
    AuditResult result = test::clean_result();
    result.outcomes.front().status = OutcomeStatus::not_checked;
    EXPECT_TRUE(contains(page_text(result),
                         "Nothing was found in what could be checked; the audit is incomplete, "
                         "because 1 rule could not be checked in full."));
    result = test::clean_result();
    result.source.gaps = {{"crm.x", "forbidden"}};
    EXPECT_TRUE(contains(page_text(result), "because parts of the database could not be read."));
}

TEST(Html, ShowsWhatIsAcceptedThoughTheAuditIsComplete) {
    AuditResult result = test::clean_result();
    result.outcomes.front() = {
        "mailed_after_objection", "mailed_after_objection", OutcomeStatus::not_checked, {}, "", true, "kept elsewhere"};
    const std::string page = page_text(result);
    EXPECT_TRUE(contains(page, "1 rule was not checked in full, which the configuration accepts."));
    EXPECT_TRUE(contains(page, "accepted: kept elsewhere"));
}

TEST(Html, KeepsFixedAndAcceptedFindingsOutOfTheCounts) {
    const std::string page = page_text(test::sample_result());
    const auto fixed = page.find("Fixed since the audit of 24 Oct 2026");
    ASSERT_NE(fixed, std::string::npos);
    EXPECT_NE(page.find("crm.tmp_leads", fixed), std::string::npos);
    EXPECT_LT(page.find("crm.contacts_bak_2019"), fixed);
    EXPECT_TRUE(contains(page, "Accepted findings"));
}

TEST(Html, SurvivesHostileNames) {
    for (const std::string& language : languages()) {
        const std::string page = html(test::hostile_result(), language);
        EXPECT_FALSE(contains(page, "<script"));
        EXPECT_TRUE(contains(page, "&lt;script"));
        EXPECT_EQ(page.find('\0'), std::string::npos);
        EXPECT_EQ(all(parsed(test::hostile_result(), language), "//script").size(), 0U);
    }
}

TEST(Html, SurvivesAHostileLabelInTheStyleSheet) {
    AuditResult result = test::sample_result();
    result.run.label = "x\"}</style><script>*{";
    const std::string page = html(result);
    EXPECT_EQ(page.find("</style>"), page.rfind("</style>"));
    EXPECT_FALSE(contains(page, "<script"));
}

TEST(Html, AsksForNothingFromOutside) {
    const std::string page = html(test::hostile_result());
    EXPECT_TRUE(contains(page, "default-src 'none'"));
    for (const char* forbidden :
         {"http://", "https://", "url(", "@import", "<link", "<img", "<iframe", "<object", " src=", " onclick"}) {
        EXPECT_FALSE(contains(page, forbidden));
    }
}

TEST(Html, HasAStyleSheetThatNeedsNoEscaping) {
    const auto css = data::embedded("reports/formats/report.css");
    ASSERT_TRUE(css);
    EXPECT_EQ(css->find_first_of("<>&"), std::string_view::npos);
}

TEST(Html, HasOneMainHeadingAndNoGapsBetweenLevels) {
    for (const AuditResult& result : {test::sample_result(), test::clean_result(), test::hostile_result()}) {
        const auto document = parsed(result);
        EXPECT_EQ(all(document, "//h1").size(), 1U);
        int level = 0;
        for (const pugi::xml_node heading : all(document, "//h1|//h2|//h3|//h4|//h5|//h6")) {
            const int next = heading.name()[1] - '0';
            EXPECT_LE(next, level + 1) << heading.text().get();
            EXPECT_STRNE(heading.first_child().type() == pugi::node_null ? "" : "text", "");
            level = next;
        }
    }
}

TEST(Html, NamesEveryTableRowAndColumn) {
    const auto document = parsed(test::sample_result());
    EXPECT_GE(all(document, "//table").size(), 6U);
    EXPECT_EQ(all(document, "//table[not(caption)]").size(), 0U);
    EXPECT_EQ(all(document, "//table[not(thead)]").size(), 0U);
    EXPECT_EQ(all(document, "//th[not(@scope)]").size(), 0U);
    EXPECT_EQ(all(document, "//tbody/tr[not(th)]").size(), 0U);
}

TEST(Html, HasIdsThatAreUniqueAndLinksThatLead) {
    for (const AuditResult& result : {test::sample_result(), test::clean_result()}) {
        const auto document = parsed(result);
        std::set<std::string> ids;
        for (const pugi::xml_node node : all(document, "//*[@id]")) {
            EXPECT_TRUE(ids.insert(node.attribute("id").value()).second) << node.attribute("id").value();
        }
        const auto links = all(document, "//a");
        EXPECT_GE(links.size(), 8U);
        for (const pugi::xml_node link : links) {
            const std::string target = link.attribute("href").value();
            ASSERT_TRUE(target.starts_with("#")) << target;
            EXPECT_TRUE(ids.contains(target.substr(1))) << target;
        }
        for (const pugi::xml_node node : all(document, "//*[@aria-labelledby]")) {
            EXPECT_TRUE(ids.contains(node.attribute("aria-labelledby").value()));
        }
    }
}

TEST(Html, HidesShapesAndBarsFromScreenReadersOnly) {
    const auto document = parsed(test::sample_result());
    EXPECT_GT(all(document, "//svg").size(), 4U);
    EXPECT_EQ(all(document, "//svg[not(@aria-hidden='true')]").size(), 0U);
    EXPECT_EQ(all(document, "//span[@class='bar'][not(@aria-hidden='true')]").size(), 0U);
}

TEST(Html, SaysHowMuchOfALongListItShows) {
    AuditResult result = test::sample_result();
    const Finding finding = result.findings.back();
    const ColumnClassification column = result.inventory.front();
    for (int i = 0; i < 2100; ++i) {
        result.findings.push_back(finding);
        result.findings.back().state = FindingState::added;
    }
    for (int i = 0; i < 5100; ++i) result.inventory.push_back(column);
    const std::string page = page_text(result);
    EXPECT_TRUE(contains(page, "the first 2,000 of 2,108 findings"));
    EXPECT_TRUE(contains(page, "the first 5,000 of 5,104 columns"));
    EXPECT_LT(html(result).size(), 4U << 20U);
}

/// Relative luminance and contrast as WCAG 2 defines them.
double luminance(const std::string& colour) {
    const auto channel = [&](std::size_t at) {
        const double value = static_cast<double>(std::stoi(colour.substr(at, 2), nullptr, 16)) / 255;
        return value <= 0.04045 ? value / 12.92 : std::pow((value + 0.055) / 1.055, 2.4);
    };
    return 0.2126 * channel(1) + 0.7152 * channel(3) + 0.0722 * channel(5);
}

double contrast(const std::string& a, const std::string& b) {
    const double first = luminance(a);
    const double second = luminance(b);
    return (std::max(first, second) + 0.05) / (std::min(first, second) + 0.05);
}

TEST(Html, HasEnoughContrastInEveryTheme) {
    const std::string css{*data::embedded("reports/formats/report.css")};
    const std::regex block{":root \\{([^}]*)\\}"};
    const std::regex property{"--([a-z-]+): (#[0-9a-f]{6})"};
    int themes = 0;
    for (std::sregex_iterator theme{css.begin(), css.end(), block}, end; theme != end; ++theme, ++themes) {
        const std::string body = (*theme)[1];
        std::map<std::string, std::string> colours;
        for (std::sregex_iterator each{body.begin(), body.end(), property}; each != end; ++each) {
            colours[(*each)[1]] = (*each)[2];
        }
        const auto readable = [&](const std::string& text, const std::string& ground) {
            EXPECT_GE(contrast(colours.at(text), colours.at(ground)), 4.5)
                << text << " on " << ground << ", " << themes;
        };
        for (const char* ground : {"paper", "card", "open-ground"}) {
            for (const char* text : {"ink", "soft", "link", "high"}) readable(text, ground);
        }
        for (const char* tone : {"critical", "high", "medium", "low", "good", "open"}) {
            readable(tone, std::string{tone} + "-ground");
            readable(tone, "card");
            readable("ink", std::string{tone} + "-ground");
            readable("soft", std::string{tone} + "-ground");
        }
    }
    EXPECT_EQ(themes, 3);
}

}  // namespace
}  // namespace crmaudit::reports
