// Where the data is, who is left out and who is held back: through XML and on the page.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "reports/formats/formats.h"
#include "reports/result_xml.h"
#include "tests/support/sample_result.h"

namespace crmaudit::reports {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

AuditResult with_findings_about_places() {
    AuditResult result = test::sample_result();
    Finding source = result.findings.back();
    source.state = FindingState::added;
    source.rows.reset();
    source.evidence_sql.clear();
    source.affected_before.reset();
    source.total = 0;
    source.affected = 2;
    source.object = {{}, "", "", "source"};
    source.facts = {"no_country", "no_operator"};
    result.findings.push_back(source);
    source.affected = 1;
    source.object = {{"crm", "outbound"}, "smtp", "", "", "", "smtp.example.com"};
    source.facts = {"host_mail"};
    result.findings.push_back(source);
    source.object = {{}, "", "", "", "", "db.example.com"};
    source.facts = {"host_foreign_server", "crm_link"};
    result.findings.push_back(source);
    return result;
}

TEST(Places, AreReadBackFromXml) {
    const AuditResult result = with_findings_about_places();
    EXPECT_EQ(read_result_xml("report.xml", write_result_xml(result)), result);
}

TEST(Places, StandOnThePageInWords) {
    const std::string english = write_html(with_findings_about_places(), "en", "");
    EXPECT_THAT(english, HasSubstr("DE, Example Hosting GmbH; contract: AV-17"));
    EXPECT_THAT(english, HasSubstr("This database"));
    EXPECT_THAT(english, HasSubstr("2 statements missing"));
    EXPECT_THAT(english, HasSubstr("Host: <code>smtp.example.com</code>"));
    EXPECT_THAT(english, HasSubstr("linked server, <code>crm_link</code>"));
    EXPECT_THAT(write_html(with_findings_about_places(), "de", ""), HasSubstr("verbundener Server"));
    EXPECT_THAT(write_csv(with_findings_about_places(), "en"), HasSubstr(",smtp.example.com\r\n"));
}

TEST(Exemptions, StandOnThePageWithTheirRule) {
    const std::string english = write_html(test::sample_result(), "en", "");
    EXPECT_THAT(english, HasSubstr("the controller is established in CH"));
    EXPECT_THAT(english, HasSubstr("Inside are: DE and FR."));
    EXPECT_THAT(english, HasSubstr("nobody is left out"));
    EXPECT_THAT(english, HasSubstr("a list of the configuration"));
    const std::string german = write_html(test::sample_result(), "de", "");
    EXPECT_THAT(german, HasSubstr("niemand ist ausgenommen"));
    EXPECT_THAT(german, HasSubstr("Aufbewahrungspflicht"));
}

TEST(Exemptions, AreNoSectionWhereThereAreNone) {
    AuditResult plain = test::sample_result();
    plain.residency.reset();
    plain.left_out.clear();
    plain.held_back.clear();
    plain.location = {};
    const std::string page = write_html(plain, "en", "");
    EXPECT_THAT(page, Not(HasSubstr("id=\"exemptions\"")));
    EXPECT_THAT(page, Not(HasSubstr("Place declared")));
    const std::string text = write_result_xml(plain);
    EXPECT_THAT(text, Not(HasSubstr("<location")));
    EXPECT_EQ(read_result_xml("report.xml", text), plain);
}

}  // namespace
}  // namespace crmaudit::reports
