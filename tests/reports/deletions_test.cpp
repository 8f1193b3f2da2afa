// The proof of earlier purges: through XML, on the page, in CSV and in metrics.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "auditor/digest/sha256.h"
#include "auditor/model/deletions.h"
#include "reports/formats/formats.h"
#include "reports/result_xml.h"
#include "tests/support/sample_result.h"

namespace crmaudit::reports {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

Deletion deletion(const std::string& rule, const std::string& entity, std::int64_t expected, std::int64_t done) {
    Deletion made{"0123456789ab", rule, entity, "gdpr", digest::sha256("policy"), "2026-10-24", "2026-10-25"};
    made.expected = expected;
    made.done = done;
    return made;
}

AuditResult with_deletions() {
    AuditResult result = test::sample_result();
    result.deletions.push_back(deletion("stale_person", "contact", 700, 390));
    result.deletions.back().spared = 20;
    result.deletions.back().still_found = 310;
    result.deletions.push_back(deletion("duplicate_person", "contact", 5, 5));
    result.deletions.push_back(deletion("tracking_without_consent", "contact", 900, 890));
    result.deletions.back().policy_digest = std::string(64, 'f');
    result.deletions.back().still_found = 1043;
    result.deletions.push_back(deletion("unknown_source", "lead", 12, 5));
    result.deletions.back().not_reached = 7;
    result.deletions.push_back(deletion("stale_person", "contact", 1000, 600));
    result.deletions.back().run_on = "2026-04-25";
    result.deletions.back().still_found = 310;
    return result;
}

TEST(Deletions, AreReadBackFromXml) {
    const AuditResult result = with_deletions();
    const std::string xml = write_result_xml(result);
    EXPECT_EQ(read_result_xml("report.xml", xml), result);
    EXPECT_THAT(xml, HasSubstr("still-found=\"1043\""));
    // A rule that failed has found nothing, which is not zero.
    EXPECT_THAT(xml, HasSubstr("not-reached=\"7\" />"));
}

TEST(Deletions, SayNothingOfWhatIsFoundNowWhereColumnsWereSet) {
    AuditResult result = test::sample_result();
    result.deletions = {deletion("stale_person", "contact", 700, 390)};
    result.deletions[0].still_found = 700;
    EXPECT_THAT(write_html(result, "en", ""), HasSubstr("more than the 310 that this run left"));
    for (Rule& rule : result.rules) rule.purge = PurgeAction::restrict;
    result.deletions[0].still_found = 0;
    EXPECT_FALSE(is_checked_again(result, result.deletions[0]));
    EXPECT_THAT(write_html(result, "en", ""), HasSubstr("emptied columns or marked records and deleted none"));
}

TEST(Deletions, ComparesTheLastOfARuleWithWhatStayedThen) {
    const AuditResult result = with_deletions();
    EXPECT_EQ(stayed_behind(result.deletions[0]), 310);
    EXPECT_EQ(more_than_stayed(result.deletions[0]), 0);
    EXPECT_EQ(more_than_stayed(result.deletions[2]), 1033);
    EXPECT_TRUE(is_latest(result, result.deletions[0]));
    EXPECT_FALSE(is_latest(result, result.deletions[4]));
    EXPECT_EQ(latest_deletions(result).size(), 4U);
    EXPECT_EQ(stayed_behind(deletion("stale_person", "contact", 5, 8)), 0) << "within the tolerance";
}

TEST(Deletions, KnowsNothingAboutRulesThatWereNotChecked) {
    AuditResult result = with_deletions();
    EXPECT_TRUE(is_checked_again(result, result.deletions[0]));
    EXPECT_FALSE(is_checked_again(result, result.deletions[3])) << "the rule failed";
    EXPECT_FALSE(is_checked_again(result, deletion("no_such_rule", "contact", 1, 1)));
    EXPECT_FALSE(is_checked_again(result, deletion("stale_person", "nobody", 1, 1)));
    EXPECT_FALSE(is_checked_again(result, deletion("tracking_without_consent", "lead", 1, 1))) << "a gap";
    EXPECT_FALSE(is_checked_again(result, deletion("notice_overdue", "contact", 1, 1)));
}

TEST(Deletions, StandOnThePageInWords) {
    const std::string english = write_html(with_deletions(), "en", "");
    EXPECT_THAT(english, HasSubstr("<section id=\"deletions\""));
    EXPECT_THAT(english, HasSubstr("The rule still finds 310, no more than the 310 that this run left"));
    EXPECT_THAT(english, HasSubstr("The rule finds nothing any more: done."));
    EXPECT_THAT(english,
                HasSubstr("<span class=\"open\">The rule finds 1,043, 1,033 more than the 10 that this run left"));
    EXPECT_THAT(english, HasSubstr("did not check the rule for this kind of record"));
    EXPECT_THAT(english, HasSubstr("The run was ended early"));
    EXPECT_THAT(english, HasSubstr("A later run of the same rule is shown above"));
    EXPECT_THAT(english, HasSubstr("policy gdpr, another version"));
    const std::string german = write_html(with_deletions(), "de", "");
    EXPECT_THAT(german, HasSubstr("Durchgeführte Löschungen (Löschprotokoll)"));
    for (const char* word :
         {"Löschregel, Datenart", "Stichtag 24.10.2026", "Löschlauf am", "25.10.2026", "1.033 mehr als die 10"}) {
        EXPECT_THAT(german, HasSubstr(word));
    }
}

TEST(Deletions, SaysThatTheyAreBackWhereNobodyStayed) {
    AuditResult result = with_deletions();
    result.deletions[0].done = 700;
    EXPECT_THAT(write_html(result, "en", ""), HasSubstr("The rule finds 310 again, though this run left none."));
    EXPECT_THAT(write_html(result, "de", ""), HasSubstr("findet wieder 310, obwohl"));
}

TEST(Deletions, AreNoSectionWithoutALog) {
    const std::string page = write_html(test::sample_result(), "en", "");
    EXPECT_THAT(page, Not(HasSubstr("id=\"deletions\"")));
    EXPECT_THAT(write_metrics(test::sample_result()), Not(HasSubstr("crmaudit_deleted")));
}

TEST(Deletions, AreALineEachInCsv) {
    const std::string csv = write_deletions_csv(with_deletions());
    EXPECT_THAT(csv, ::testing::StartsWith("rule,entity,script,policy,policy_digest,audited_on,run_on,expected,"));
    EXPECT_THAT(csv, HasSubstr(",2026-10-25,700,390,20,0,310,310\r\n"));
    EXPECT_THAT(csv, HasSubstr(",12,5,0,7,7,\r\n")) << "not checked";
    EXPECT_THAT(csv, HasSubstr(",2026-04-25,1000,600,0,0,400,\r\n")) << "superseded";
}

TEST(Deletions, AreMetricsOfTheLastPurgeOfEachRule) {
    const std::string metrics = write_metrics(with_deletions());
    const std::string stale = "{source=\"crm-north\",rule=\"stale_person\",entity=\"contact\"} ";
    EXPECT_THAT(metrics, HasSubstr("crmaudit_deleted" + stale + "390\n"));
    EXPECT_THAT(metrics, Not(HasSubstr("crmaudit_deleted" + stale + "600\n")));
    EXPECT_THAT(metrics, HasSubstr("crmaudit_deletion_timestamp_seconds" + stale + "1792886400\n"));
    EXPECT_THAT(metrics, HasSubstr("rule=\"unknown_source\",entity=\"lead\"} 7\n"));
    EXPECT_THAT(metrics, HasSubstr("crmaudit_found_after_deletion" + stale + "0\n"));
    EXPECT_THAT(metrics, Not(HasSubstr("crmaudit_found_after_deletion{source=\"crm-north\",rule=\"unknown_source\"")));
}

TEST(Deletions, SurviveHostileTexts) {
    AuditResult result = with_deletions();
    const std::string evil = "</td><script>alert(1)</script>=1+1\x01";
    for (std::string* each : {&result.deletions[0].rule, &result.deletions[0].entity, &result.deletions[0].script,
                              &result.deletions[0].policy, &result.deletions[0].policy_digest}) {
        *each = evil;
    }
    result.deletions[0].still_found = 0;
    for (const char* language : {"en", "de"}) {
        EXPECT_THAT(write_html(result, language, ""), Not(HasSubstr("<script")));
    }
    EXPECT_EQ(read_result_xml("report.xml", write_result_xml(result)).deletions.size(), result.deletions.size());
    EXPECT_THAT(write_deletions_csv(result), Not(HasSubstr("\x01")));
}

TEST(Deletions, LeavesOwnTablesOutOfTheWarning) {
    AuditResult result = test::clean_result();
    result.source.left_out = {"crm.crmaudit_work_0123456789ab_1"};
    const std::string page = write_html(result, "en", "");
    EXPECT_THAT(page, HasSubstr("Tables of crmaudit itself"));
    EXPECT_THAT(page, Not(HasSubstr("Tables left out on purpose")));
    EXPECT_THAT(page, Not(HasSubstr("class=\"warning\"")));
}

}  // namespace
}  // namespace crmaudit::reports
