#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <regex>
#include <set>
#include <sstream>

#include "reports/formats/formats.h"
#include "tests/support/golden.h"
#include "tests/support/sample_result.h"

namespace crmaudit::reports {
namespace {

using ::testing::HasSubstr;

TEST(Metrics, LookLikeTheGoldenFile) {
    EXPECT_TRUE(test::matches_golden("crmaudit.prom", write_metrics(test::sample_result())));
}

TEST(Metrics, FollowTheTextFormat) {
    AuditResult result = test::hostile_result();
    result.run.label = "a\"b\\c\nd";
    const std::string text = write_metrics(result);
    ASSERT_TRUE(text.ends_with("\n"));
    const std::regex comment{"# (HELP|TYPE) crmaudit_[a-z_]+ .+"};
    const std::regex sample{R"re(crmaudit_[a-z_]+\{[a-z_]+="([^"\\]|\\.)*"(,[a-z_]+="([^"\\]|\\.)*")*\} -?[0-9]+)re"};
    std::istringstream lines{text};
    std::set<std::string> seen;
    for (std::string line; std::getline(lines, line);) {
        EXPECT_TRUE(std::regex_match(line, line.starts_with('#') ? comment : sample)) << line;
        EXPECT_TRUE(seen.insert(line.substr(0, line.rfind(' '))).second || line.starts_with('#')) << line;
    }
}

TEST(Metrics, CountWhatIsOpen) {
    const std::string text = write_metrics(test::sample_result());
    EXPECT_THAT(text, HasSubstr("crmaudit_findings{source=\"crm-north\",severity=\"critical\"} 1\n"));
    EXPECT_THAT(text, HasSubstr("crmaudit_findings{source=\"crm-north\",severity=\"medium\"} 4\n"));
    EXPECT_THAT(text, HasSubstr("crmaudit_findings_by_state{source=\"crm-north\",state=\"fixed\"} 1\n"));
    EXPECT_THAT(text, HasSubstr("crmaudit_rules{source=\"crm-north\",status=\"failed\"} 1\n"));
    EXPECT_THAT(text, HasSubstr("crmaudit_complete{source=\"crm-north\"} 0\n"));
    EXPECT_THAT(text, HasSubstr("crmaudit_as_of_timestamp_seconds{source=\"crm-north\"} 1795478400\n"));
    EXPECT_THAT(write_metrics(test::clean_result()), HasSubstr("crmaudit_complete{source=\"crm-north\"} 1\n"));
}

}  // namespace
}  // namespace crmaudit::reports
