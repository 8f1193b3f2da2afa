#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "reports/formats/formats.h"
#include "tests/support/golden.h"
#include "tests/support/sample_result.h"

namespace crmaudit::reports {
namespace {

/// Reads RFC 4180 as a spreadsheet does; fails the test for anything that is no such file.
std::vector<std::vector<std::string>> parse(const std::string& csv) {
    std::vector<std::vector<std::string>> lines;
    std::vector<std::string> line;
    std::string value;
    bool quoted = false;
    for (std::size_t i = 0; i < csv.size(); ++i) {
        const char c = csv[i];
        if (quoted) {
            if (c != '"') {
                value += c;
            } else if (i + 1 < csv.size() && csv[i + 1] == '"') {
                value += csv[++i];
            } else {
                quoted = false;
            }
        } else if (c == '"') {
            EXPECT_TRUE(value.empty());
            quoted = true;
        } else if (c == ',') {
            line.push_back(std::move(value));
            value.clear();
        } else if (c == '\r') {
            EXPECT_EQ(csv[++i], '\n');
            line.push_back(std::move(value));
            value.clear();
            lines.push_back(std::move(line));
            line.clear();
        } else {
            EXPECT_NE(c, '\n');
            value += c;
        }
    }
    EXPECT_FALSE(quoted);
    EXPECT_TRUE(value.empty() && line.empty()) << "the last line has no end";
    return lines;
}

TEST(Csv, LooksLikeTheGoldenFile) {
    EXPECT_TRUE(test::matches_golden("findings.csv", write_csv(test::sample_result(), "en")));
}

TEST(Csv, HasOneLineAFindingAndAHeader) {
    const auto lines = parse(write_csv(test::sample_result(), "en"));
    EXPECT_EQ(lines.size(), test::sample_result().findings.size() + 1);
    EXPECT_EQ(lines.front().front(), "severity");
    for (const auto& line : lines) EXPECT_EQ(line.size(), lines.front().size());
}

TEST(Csv, KeepsItsShapeWithHostileNames) {
    const AuditResult result = test::hostile_result();
    const auto lines = parse(write_csv(result, "de"));
    EXPECT_EQ(lines.size(), result.findings.size() + 1);
    for (const auto& line : lines) EXPECT_EQ(line.size(), lines.front().size());
}

TEST(Csv, NeverStartsACellLikeAFormula) {
    AuditResult result = test::hostile_result();
    for (const char* name : {"=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1"}) {
        result.findings.front().object.column = name;
        const auto lines = parse(write_csv(result, "en"));
        EXPECT_TRUE(lines[1][6].starts_with("'")) << name;
    }
    for (const auto& line : parse(write_csv(result, "en"))) {
        for (const std::string& value : line) {
            EXPECT_EQ(value.find_first_of("=+-@\t\r"),
                      value.empty() ? std::string::npos : value.find_first_of("=+-@\t\r", 1))
                << value;
        }
    }
}

TEST(Csv, SpeaksTheReadersLanguage) {
    const std::string csv = write_csv(test::sample_result(), "de");
    EXPECT_THAT(csv, ::testing::HasSubstr("Werbung nach Widerspruch"));
    EXPECT_THAT(csv, ::testing::HasSubstr("Art.\u00A021 Abs. 3 DSGVO"));
}

TEST(Csv, IsOnlyAHeaderWithoutFindings) { EXPECT_EQ(parse(write_csv(test::clean_result(), "en")).size(), 1U); }

}  // namespace
}  // namespace crmaudit::reports
