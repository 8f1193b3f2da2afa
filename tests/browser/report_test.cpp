// report.html in a real browser: from a file, on its own, and on paper.
#include <gtest/gtest.h>

#include <algorithm>
#include <string>

#include "reports/formats/formats.h"
#include "reports/result_xml.h"
#include "tests/support/browser.h"
#include "tests/support/sample_result.h"

namespace crmaudit::reports {
namespace {

constexpr const char* foreign_host = "crmaudit-canary.invalid";

std::string html(const AuditResult& result, std::string_view language = "en") {
    return write_html(result, language, checksum_of(write_result_xml(result)));
}

::testing::AssertionResult contains(const std::string& page, const std::string& text) {
    const bool found = page.find(text) != std::string::npos;
    return (found ? ::testing::AssertionSuccess() : ::testing::AssertionFailure()) << "'" << text << "'";
}

AuditResult result_with_foreign_links() {
    AuditResult result = test::hostile_result();
    const std::string name =
        std::string{"\"><img src=http://"} + foreign_host + "/x.png><script>console.log(1)</script>";
    result.findings.front().object.table.name = name;
    result.run.label = name;
    return result;
}

TEST(ReportInBrowser, LoadsWithoutErrorsAndAsksForNothing) {
    const test::Visit visit = test::open_in_browser(html(result_with_foreign_links()));
    EXPECT_TRUE(contains(visit.dom, "id=\"origin\""));
    EXPECT_EQ(visit.console, "");
    EXPECT_TRUE(contains(visit.network, "report.html"));
    EXPECT_FALSE(contains(visit.network, foreign_host));
}

/// Shows that the test above would see what it looks for.
TEST(ReportInBrowser, WouldSeeAPageThatCallsHome) {
    const std::string page = std::string{"<!DOCTYPE html><script>console.log('hello')</script><img src=\"http://"} +
                             foreign_host + "/x.png\">";
    const test::Visit visit = test::open_in_browser(page);
    EXPECT_TRUE(contains(visit.console, "hello"));
    EXPECT_TRUE(contains(visit.network, foreign_host));
}

TEST(ReportInBrowser, ShowsEveryFindingInBothLanguages) {
    const AuditResult result = test::sample_result();
    for (const std::string& language : languages()) {
        const test::Visit visit = test::open_in_browser(html(result, language));
        EXPECT_EQ(visit.console, "") << language;
        for (const Rule& rule : result.rules) {
            EXPECT_TRUE(contains(visit.dom, std::string{in_language(rule.texts.title, language)}));
        }
        for (const Finding& finding : result.findings) {
            if (!crmaudit::is_open(finding)) continue;
            EXPECT_TRUE(contains(visit.dom, finding.fingerprint.substr(0, 16)));
        }
    }
}

TEST(ReportInBrowser, PrintsEverything) {
    const std::string paper = test::print_to_text(html(test::sample_result(), "de"));
    for (const char* text :
         {"Werbung nach Widerspruch", "1.043 von 1.980 Personen", "21 Abs. 3 DSGVO", "Was zu tun ist",
          "WHERE \"deleted\" = 0 AND \"x\" < 5", "Was nicht geprüft wurde", "UPDATE on crm.contacts", "Geburtsdatum",
          "Datenschutzprüfung · crm-north · 24.11.2026 · XML", "Seite 1 / "}) {
        EXPECT_TRUE(contains(paper, text));
    }
}

TEST(ReportInBrowser, RepeatsTheTableHeadOnEachSheet) {
    AuditResult result = test::sample_result();
    const ColumnClassification column = result.inventory.front();
    result.inventory.assign(150, column);
    const std::string paper = test::print_to_text(html(result, "en"));
    std::size_t heads = 0;
    for (auto at = paper.find("Confidence"); at != std::string::npos; at = paper.find("Confidence", at + 1)) ++heads;
    EXPECT_GE(heads, 3U);
}

/// The width that the page needs, asked by a script in a copy of it; the page itself has none and allows none.
int needed_width(std::string page, int window) {
    const std::string policy = "Content-Security-Policy";
    page.replace(page.find(policy), policy.size(), "x-none");
    page.replace(
        page.rfind("</body>"), 0,
        "<script>document.title='needs '+document.documentElement.scrollWidth+' of '+window.innerWidth</script>");
    const std::string dom = test::open_in_browser(page, window).dom;
    const auto at = dom.find("<title>needs ");
    if (at == std::string::npos) return -1;
    const int needs = std::stoi(dom.substr(at + 13));
    const int has = std::stoi(dom.substr(dom.find(" of ", at) + 4));
    EXPECT_LE(has, window);
    return needs <= has ? 0 : needs;
}

TEST(ReportInBrowser, FitsANarrowWindow) {
    EXPECT_EQ(needed_width(html(test::sample_result(), "de"), 500), 0);
    EXPECT_EQ(needed_width(html(test::hostile_result(), "en"), 500), 0);
}

}  // namespace
}  // namespace crmaudit::reports
