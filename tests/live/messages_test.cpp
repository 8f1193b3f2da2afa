// Texts of messages on every database, through the real program: long ones and encoded ones, texts in another table,
// the newest among many, and nothing of them in any output.
#include <gtest/gtest.h>

#include <algorithm>

#include "reports/result_xml.h"
#include "tests/support/live.h"
#include "tests/support/process.h"

namespace crmaudit::live {
namespace {

const std::string profile = R"(<profile name="letters" title="Letters" versions="1">
  <signature table="mails" columns="way"/>
  <signature table="mail_texts"/>
  <entity name="mail" kind="message" table="mails" key="id">
    <live><one-of column="gone" value="0"/></live>
    <path name="text"><join table="mail_texts"><on column="mail_id" previous="id"/></join></path>
    <path name="sendings"><join table="sendings"><on column="mail_id" previous="id"/></join></path>
    <attribute name="body" role="body" type="text" via="text" aggregate="first" column="html"/>
    <attribute name="sent" role="created" column="sent_at"/>
    <attribute name="out" role="outbound"><where><one-of column="way" value="out"/></where></attribute>
    <attribute name="many" role="bulk" via="sendings" aggregate="any"/>
    <attribute name="user" role="sender" column="user_id"/>
    <absent role="template" reason="Drafts have a table of their own"/>
    <absent role="first_contact" reason="Not recorded"/>
  </entity>
  <entity name="draft" kind="message" table="drafts" key="id">
    <attribute name="body" role="body" column="html"/>
    <attribute name="draft" role="template"><where><always/></where></attribute>
    <absent role="outbound" reason="A draft is not sent"/>
    <absent role="bulk" reason="Not recorded"/>
    <absent role="first_contact" reason="Not recorded"/>
    <absent role="sender" reason="Not recorded"/>
  </entity>
</profile>
)";

std::string repeated(const std::string& text, int times) {
    std::string all;
    for (int i = 0; i < times; ++i) all += text;
    return all;
}

class Letters : public ::testing::TestWithParam<Product> {
protected:
    Letters() : scratch(GetParam()) {
        const bool is_mariadb = GetParam() == Product::mariadb;
        const std::string text = is_mariadb ? "LONGTEXT" : "TEXT";
        const std::string moment = is_mariadb ? "DATETIME" : "TIMESTAMP";
        run_sql("CREATE TABLE mails (id VARCHAR(36) NOT NULL PRIMARY KEY, way VARCHAR(10), sent_at " + moment +
                ", user_id VARCHAR(60), gone INTEGER NOT NULL)");
        run_sql("CREATE TABLE mail_texts (mail_id VARCHAR(36) NOT NULL PRIMARY KEY, html " + text + ")");
        run_sql("CREATE TABLE sendings (id INTEGER NOT NULL PRIMARY KEY, mail_id VARCHAR(36))");
        run_sql("CREATE TABLE drafts (id INTEGER NOT NULL PRIMARY KEY, html " + text + ")");
        connection = place.path() / "connection";
        support::write_text(connection, scratch.connection());
        support::write_text(place.path() / "letters.xml", profile);
    }

    void run_sql(const std::string& statement) { scratch.admin().run(statement); }

    void add(const std::string& id, const std::string& way, const std::string& user, const std::string& html,
             const std::string& sent = "2026-01-01 10:00:00") {
        run_sql("INSERT INTO mails VALUES ('" + id + "', '" + way + "', '" + sent + "', '" + user + "', 0)");
        run_sql("INSERT INTO mail_texts VALUES ('" + id + "', '" + html + "')");
    }

    AuditResult audit(const std::string& extent, const std::vector<std::string>& more = {}) {
        const std::string out = place.path() / "out";
        std::vector<std::string> arguments{"audit",
                                           "--connect-file",
                                           connection,
                                           "--label",
                                           "crm",
                                           "--as-of",
                                           "2026-06-15",
                                           "--only",
                                           "tracking_pixel_in_message,no_opt_out_link,no_privacy_notice_link",
                                           "--content",
                                           extent,
                                           "--out",
                                           out,
                                           "--state",
                                           place.path() / "state",
                                           "--profile",
                                           place.path() / "letters.xml",
                                           "--format",
                                           "xml,html,csv,metrics"};
        arguments.insert(arguments.end(), more.begin(), more.end());
        support::ProcessOptions options;
        options.environment = support::bare_environment();
        const auto result = support::run_crmaudit(arguments, options);
        EXPECT_TRUE(result.code == 0 || result.code == 2 || result.code == 3) << result.code << " " << result.err;
        outputs.push_back(result.out + result.err);
        for (const auto& entry : std::filesystem::directory_iterator(out + "/latest/")) {
            outputs.push_back(support::read_text(entry.path()));
        }
        const std::string report = out + "/latest/report.xml";
        return reports::read_result_xml(report, support::read_text(report));
    }

    /// "RULE entity part AFFECTED/TOTAL detail=n …", sorted, one a line.
    static std::string findings(const AuditResult& result) {
        std::vector<std::string> lines;
        for (const Finding& finding : result.findings) {
            std::string line = finding.rule + " " + finding.object.entity + " " + finding.object.part + " " +
                               std::to_string(finding.affected) + "/" + std::to_string(finding.total);
            for (const NamedCount& detail : finding.details)
                line += " " + detail.name + "=" + std::to_string(detail.count);
            lines.push_back(line);
        }
        std::sort(lines.begin(), lines.end());
        std::string text;
        for (const std::string& line : lines) text += line + "\n";
        return text;
    }

    Scratch scratch;
    TemporaryDirectory place;
    std::string connection;
    std::vector<std::string> outputs;
};

TEST_P(Letters, AreReadToTheirEndsAndInEveryEncoding) {
    const std::string pixel = "<img src=\"https://mailtrack.io/trace/mail/canary5f3c.png?u=1&amp;v=2\">";
    add("a1", "out", "17", "<p>canary " + repeated("ä€ ", 100000) + pixel);
    add("a2", "out", "17", repeated("x", 70000) + pixel + repeated("y", 30000));
    add("a3", "out", "u-4",
        "<p>Gr=C3=BC=C3=9Fe</p><img "
        "src=3D\"https://crm.example.org/index.php?entry=\r\nPoint=3Dimage&amp;identifier=3D12\">");
    add("a4", "out", "anna.canary@example.org",
        "&lt;p&gt;Hallo&lt;/p&gt;&lt;img src=&quot;https://mltrk.io/pixel/1&quot;&gt;");
    add("a5", "in", "17", pixel);
    add("a6", "out", "17", "<p>canary Musterfrau</p>");
    run_sql("INSERT INTO mails VALUES ('a7', 'out', NULL, NULL, 0), ('a8', 'out', NULL, NULL, 1)");
    run_sql("INSERT INTO mail_texts VALUES ('a8', '" + pixel + "')");
    run_sql("INSERT INTO sendings VALUES (1, 'a6'), (2, 'a1'), (3, 'a1')");
    run_sql(
        "INSERT INTO drafts VALUES (1, 'Hallo {tracking_pixel}'), (2, NULL), (3, 'Datenschutz {unsubscribe_text}')");
    const std::string expected =
        "no_opt_out_link draft  1/2 templates=1 stored=3\n"
        "no_opt_out_link mail  2/2 templates=0 stored=6\n"
        "no_privacy_notice_link draft  1/2 templates=1 stored=3\n"
        "no_privacy_notice_link mail  2/2 templates=0 stored=6\n"
        "tracking_pixel_in_message draft Mautic 1/2 opens=1 templates=1 stored=3 unknown_sender=1\n"
        "tracking_pixel_in_message mail Hunter MailTracker 1/5 opens=1 templates=0 stored=6 unknown_sender=1\n"
        "tracking_pixel_in_message mail Mailtrack 2/5 opens=2 templates=0 stored=6 sender: 17=2\n"
        "tracking_pixel_in_message mail SuiteCRM 1/5 opens=1 templates=0 stored=6 sender: u-4=1\n";
    const AuditResult sampled = audit("sample");
    EXPECT_EQ(findings(sampled), expected);
    for (const RuleOutcome& outcome : sampled.outcomes) {
        if (outcome.status != OutcomeStatus::found) continue;
        EXPECT_TRUE(outcome.gaps.empty()) << outcome.rule;
    }
    EXPECT_EQ(findings(audit("full")), expected);
    for (const std::string& output : outputs) {
        for (const char* word : {"canary", "Musterfrau", "Grüße", "trace/mail"}) {
            EXPECT_EQ(output.find(word), std::string::npos) << word << " in " << output.substr(0, 200);
        }
    }
}

TEST_P(Letters, NameThePrivacyAddressOfTheConfiguration) {
    add("a1", "out", "17", "<a href=\"https://example.org/rights\">Deine Rechte</a>");
    run_sql("INSERT INTO sendings VALUES (1, 'a1')");
    EXPECT_NE(findings(audit("sample")).find("no_privacy_notice_link mail  1/1"), std::string::npos);
    EXPECT_EQ(findings(audit("sample", {"--privacy-url", "https://www.example.org/rights/"})).find("no_privacy"),
              std::string::npos);
}

TEST_P(Letters, AreNotCheckedWithoutContent) {
    add("a1", "out", "17", "<img src=\"https://mltrk.io/pixel/1\">");
    const AuditResult result = audit("none");
    EXPECT_TRUE(result.findings.empty());
    int unchecked = 0;
    for (const RuleOutcome& outcome : result.outcomes) {
        const bool is_about_messages = !outcome.gaps.empty() && outcome.gaps.front().reason == "content_not_read";
        if (is_about_messages && outcome.status == OutcomeStatus::not_checked) ++unchecked;
    }
    EXPECT_EQ(unchecked, 3);
}

TEST_P(Letters, OfManyTheNewestAreRead) {
    std::string mails;
    std::string texts;
    for (int i = 1; i <= 1500; ++i) {
        const std::string id = std::to_string(10000 + (i * 7919) % 1500 + 1);
        const std::string day = std::to_string(10 + i / 75);
        const bool is_new = i > 1490;
        mails += (i == 1 ? "" : ", ") + std::string{"('"} + id + "', 'out', '2026-05-" + day + " 10:00:00', '" +
                 (is_new ? "9" : "8") + "', 0)";
        texts += (i == 1 ? "" : ", ") + std::string{"('"} + id + "', '" +
                 (is_new ? "<img src=\"https://mltrk.io/pixel/1\">" : "Ein Brief") + "')";
    }
    run_sql("INSERT INTO mails VALUES " + mails);
    run_sql("INSERT INTO mail_texts VALUES " + texts);
    const AuditResult sampled = audit("sample", {"--only", "tracking_pixel_in_message"});
    EXPECT_EQ(
        findings(sampled),
        "tracking_pixel_in_message mail Hunter MailTracker 10/1000 opens=10 templates=0 stored=1500 sender: 9=10\n");
    EXPECT_EQ(audit("sample", {"--only", "tracking_pixel_in_message"}).findings, sampled.findings)
        << "same seed, same rows";
    EXPECT_EQ(
        findings(audit("full", {"--only", "tracking_pixel_in_message"})),
        "tracking_pixel_in_message mail Hunter MailTracker 10/1500 opens=10 templates=0 stored=1500 sender: 9=10\n");
}

INSTANTIATE_TEST_SUITE_P(On, Letters, ::testing::ValuesIn(all_products),
                         [](const auto& instance) { return to_string(instance.param); });

}  // namespace
}  // namespace crmaudit::live
