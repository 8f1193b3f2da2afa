#include <gtest/gtest.h>

#include "tests/support/message_crm.h"

namespace crmaudit::testing {
namespace {

const std::map<std::string, std::string, std::less<>> as_shipped{{"weak_severity", "medium"}};

class PixelCrm : public SmallCrm {
public:
    PixelCrm() { add_messages(*this); }
    AuditResult audit_pixels() { return audit("tracking_pixel_in_message", as_shipped); }
};

TEST(TrackingPixelInMessage, HitsByVendorAndSendingUser) {
    PixelCrm crm;
    crm.sql(R"(INSERT INTO letter (id, way, sent, user_id, body) VALUES
        (1, 'out', '2026-01-01', 'u-1', '<img src="https://mailtrack.io/trace/mail/a.png">'),
        (2, 'out', '2026-01-02', 'u-1', '<img src="https://mailtrack.io/trace/mail/b.png">'),
        (3, 'out', '2026-01-03', 'u-2', '<img src="https://mailtrack.io/trace/mail/c.png"><p>x</p>'),
        (4, 'out', '2026-01-04', 'erika@example.org', '<img src="https://mailtrack.io/trace/mail/d.png">'),
        (5, 'out', '2026-01-05', 'u-3', '<a href="https://click.pstmrk.it/2s/a/b">Angebot</a>'),
        (6, 'out', '2026-01-06', 'u-3', '<p>Nur ein Brief</p>'))");
    const AuditResult result = crm.audit_pixels();
    EXPECT_EQ(summary(result),
              "found 4/6 letter.body opens=4 templates=0 stored=6 sender: u-1=2 sender: u-2=1 unknown_sender=1"
              " 1/6 letter.body clicks=1 templates=0 stored=6 sender: u-3=1");
    ASSERT_EQ(result.findings.size(), 2U);
    EXPECT_EQ(result.findings[0].object.part, "Mailtrack");
    EXPECT_EQ(result.findings[0].severity, Severity::high);
    EXPECT_TRUE(result.findings[0].sampled);
    EXPECT_NE(result.findings[0].fingerprint, result.findings[1].fingerprint);
}

TEST(TrackingPixelInMessage, HitsTemplates) {
    PixelCrm crm;
    crm.sql("INSERT INTO draft VALUES (1, 'Hallo {tracking_pixel}'), (2, 'Hallo')");
    EXPECT_EQ(summary(crm.audit_pixels()), "found 1/2 draft.body opens=1 templates=1 stored=2 unknown_sender=1");
}

TEST(TrackingPixelInMessage, HitsWhatOnlyLooksLikeTrackingLessSeverely) {
    PixelCrm crm;
    crm.sql(R"(INSERT INTO letter (id, way, user_id, body)
        VALUES (1, 'out', '7', '<img src="https://x.example.com/1.gif" width=1 height=1>'))");
    const AuditResult result = crm.audit_pixels();
    ASSERT_EQ(result.findings.size(), 1U);
    EXPECT_EQ(result.findings[0].severity, Severity::medium);
    EXPECT_EQ(result.findings[0].object.part, "hidden_image");
    EXPECT_EQ(result.findings[0].facts, std::vector<std::string>{"looks_like_tracking"});
    EXPECT_EQ(crm.audit("tracking_pixel_in_message").findings.at(0).severity, Severity::high);
}

TEST(TrackingPixelInMessage, HitsAtTheEndOfALongText) {
    PixelCrm crm;
    crm.sql(R"(INSERT INTO letter (id, way, user_id, body) VALUES
        (1, 'out', '7', '<p>' || replace(hex(zeroblob(200000)), '0', 'ä ') || '<img src="https://mltrk.io/pixel/a"></p>'))");
    EXPECT_EQ(summary(crm.audit_pixels()), "found 1/1 letter.body opens=1 templates=0 stored=1 sender: 7=1");
}

TEST(TrackingPixelInMessage, NamesTwentySendersAtMost) {
    PixelCrm crm;
    crm.sql(R"(WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 25)
        INSERT INTO letter (id, way, user_id, body) SELECT i, 'out', 'u' || i, '<img src="https://mltrk.io/pixel/a">' FROM n)");
    const AuditResult result = crm.audit_pixels();
    ASSERT_EQ(result.findings.size(), 1U);
    EXPECT_EQ(result.findings[0].details.size(), 3U + 20U + 1U);
    EXPECT_EQ(result.findings[0].details.back(), (NamedCount{"other_senders", 5}));
}

TEST(TrackingPixelInMessage, CleanWhereOnlyOthersTrack) {
    PixelCrm crm;
    crm.sql(R"(INSERT INTO letter (id, way, gone, body) VALUES
        (1, 'in', 0, '<img src="https://mailtrack.io/trace/mail/a.png">'),
        (2, 'out', 1, '<img src="https://mailtrack.io/trace/mail/a.png">'),
        (3, 'out', 0, '<blockquote type="cite"><img src="https://mailtrack.io/trace/mail/a.png"></blockquote>'),
        (4, NULL, 0, '<img src="https://mailtrack.io/trace/mail/a.png">'),
        (5, 'out', 0, NULL))");
    EXPECT_EQ(summary(crm.audit_pixels()), "clean");
}

TEST(TrackingPixelInMessage, NotCheckedWithoutContent) {
    PixelCrm crm;
    crm.reads_messages = ContentExtent::none;
    EXPECT_EQ(summary(crm.audit_pixels()), "not_checked [ content_not_read]");
}

TEST(TrackingPixelInMessage, MappingMissing) {
    SmallCrm without;
    EXPECT_EQ(summary(without.audit("tracking_pixel_in_message")), "not_checked [ not_mapped: message]");
    PixelCrm crm;
    crm.unmap(Role::sender);
    EXPECT_EQ(summary(crm.audit_pixels()), "not_checked [letter not_mapped: sender]");
    crm.unmap(Role::body);
    EXPECT_EQ(outcome(crm.audit_pixels()).status, OutcomeStatus::not_checked);
}

TEST(TrackingPixelInMessage, MappingMissingInTheCatalogIsNamed) {
    PixelCrm crm;
    crm.sql("ALTER TABLE letter DROP COLUMN body");
    EXPECT_EQ(summary(crm.audit_pixels()), "not_checked [letter not_in_catalog: letter.body]");
}

TEST(TrackingPixelInMessage, NotApplicableWithoutMessages) {
    SmallCrm crm;
    crm.profile.absent.push_back({EntityKind::message, "mails are not kept"});
    EXPECT_EQ(summary(crm.audit("tracking_pixel_in_message")), "not_applicable");
    PixelCrm other;
    other.declare_absent(Role::body);
    EXPECT_EQ(summary(other.audit_pixels()), "not_applicable");
}

}  // namespace
}  // namespace crmaudit::testing
