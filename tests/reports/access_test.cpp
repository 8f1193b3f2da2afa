// Who can do what: through XML and on the page.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "reports/formats/formats.h"
#include "reports/result_xml.h"
#include "tests/support/sample_result.h"

namespace crmaudit::reports {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

std::string section(const std::string& page) {
    const auto start = page.find("<section id=\"access\"");
    if (start == std::string::npos) return "";
    return page.substr(start, page.find("</section>", start) - start);
}

std::size_t count(const std::string& text, const std::string& part) {
    std::size_t found = 0;
    for (auto at = text.find(part); at != std::string::npos; at = text.find(part, at + 1)) ++found;
    return found;
}

TEST(AccessReport, IsReadBackFromXml) {
    const AuditResult result = test::sample_result();
    const AuditResult back = read_result_xml("report.xml", write_result_xml(result));
    ASSERT_TRUE(back.access_matrix.has_value());
    EXPECT_EQ(back.access_matrix, result.access_matrix);
    AuditResult without = result;
    without.access_matrix.reset();
    EXPECT_FALSE(read_result_xml("report.xml", write_result_xml(without)).access_matrix.has_value());
}

TEST(AccessReport, SaysWhoSeesBirthDatesInWords) {
    const std::string page = section(write_html(test::sample_result(), "en", ""));
    EXPECT_THAT(page, HasSubstr("Accounts that can log in"));
    EXPECT_THAT(page, HasSubstr("Roles, and accounts that cannot log in"));
    EXPECT_THAT(page, HasSubstr("<summary>read, change, delete, export</summary>"));
    EXPECT_THAT(page, HasSubstr("(only rows that row-level security lets through)"));
    EXPECT_THAT(page, HasSubstr("(the account of this audit)"));
    EXPECT_THAT(page, HasSubstr("owns the table ("));
    EXPECT_THAT(page, HasSubstr("17 more principals reach none of this data."));
    EXPECT_THAT(page, HasSubstr("scope=\"row\""));
    EXPECT_THAT(page, Not(HasSubstr("<script>")));
    const std::string german = section(write_html(test::sample_result(), "de", ""));
    EXPECT_THAT(german, HasSubstr("lesen, ändern, löschen, exportieren"));
    EXPECT_THAT(german, HasSubstr("Konten, die sich anmelden können"));
}

TEST(AccessReport, IsAbsentWherePermissionsAreNotKnownAndSaysWhereNobodyReachesAnything) {
    AuditResult result = test::sample_result();
    result.access_matrix = AccessMatrix{};
    EXPECT_THAT(section(write_html(result, "en", "")), HasSubstr("No account and no role reaches data"));
    result.access_matrix.reset();
    EXPECT_EQ(section(write_html(result, "en", "")), "");
}

TEST(AccessReport, ShowsFiftyLinesAndCountsTheRest) {
    AuditResult result = test::sample_result();
    const AccessRow row = result.access_matrix->rows.back();
    for (int i = 0; i < 100; ++i) {
        result.access_matrix->rows.push_back(row);
        result.access_matrix->rows.back().holders = {{"role_" + std::to_string(i), false, false},
                                                     {"same_" + std::to_string(i), false, false}};
    }
    const std::string page = section(write_html(result, "en", ""));
    EXPECT_THAT(page, HasSubstr("106 more principals reach less and are not shown"));
    EXPECT_EQ(count(page, "scope=\"row\""), 50U);
}

TEST(AccessReport, FoldsLongListsOfNamesAndSplitsManyCategories) {
    AuditResult result = test::sample_result();
    auto& matrix = *result.access_matrix;
    for (int i = 0; i < 20; ++i) matrix.rows[2].holders.push_back({"role_" + std::to_string(i), false, false});
    matrix.categories.assign(all_categories().begin() + 1, all_categories().begin() + 14);
    const std::string page = section(write_html(result, "en", ""));
    EXPECT_THAT(page, HasSubstr("<summary>and 16 more</summary>"));
    EXPECT_EQ(count(page, "<table"), 3U);
}

}  // namespace
}  // namespace crmaudit::reports
