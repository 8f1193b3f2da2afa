// The round trip with its proof: audit, purge with the database's own client, audit again, and the report says what was
// deleted, what stayed and what is found now.
#include <gmock/gmock.h>

#include "auditor/model/deletions.h"
#include "reports/formats/formats.h"
#include "reports/result_xml.h"
#include "tests/live/purge_fixture.h"

namespace crmaudit::live {
namespace {

using ::testing::AnyOf;
using ::testing::HasSubstr;
using ::testing::Not;

class DeletionProof : public Purge {
protected:
    AuditResult audited() {
        const std::string path = crm.audit();
        return reports::read_result_xml(path, support::read_text(path));
    }

    void purge() {
        write_scripts({"--batch", "10"});
        const auto ended = crm.run("2-purge.sql");
        ASSERT_EQ(ended.code, 0) << ended.output;
    }

    static const Deletion* of(const AuditResult& result, const std::string& rule) {
        for (const Deletion& each : result.deletions) {
            if (each.rule == rule) return &each;
        }
        return nullptr;
    }

    static bool has_gap(const AuditResult& result, const std::string& reason) {
        for (const CatalogGap& each : result.source.gaps) {
            if (each.object.ends_with("crmaudit_deletion_log") && each.reason.starts_with(reason)) return true;
        }
        return false;
    }
};

TEST_P(DeletionProof, IsInTheNextReport) {
    const AuditResult before = audited();
    EXPECT_TRUE(before.deletions.empty());
    purge();
    EXPECT_EQ(crm.run("3-verify.sql").code, 0);
    const AuditResult after = audited();
    ASSERT_EQ(after.deletions.size(), 2U);
    const Deletion* stale = of(after, "stale_person");
    ASSERT_NE(stale, nullptr);
    EXPECT_EQ(stale->entity, "person");
    EXPECT_EQ(stale->policy, "gdpr");
    EXPECT_EQ(stale->policy_digest, after.run.policy_digest);
    EXPECT_EQ(stale->cut_off, crmaudit::to_string(before.run.as_of));
    EXPECT_EQ(stale->expected, 30);
    EXPECT_EQ(stale->done, 25);
    EXPECT_EQ(stale->spared, 0);
    EXPECT_EQ(stale->not_reached, 0);
    EXPECT_EQ(stale->still_found, 5);  // invoices
    EXPECT_EQ(more_than_stayed(*stale), 0);
    const Deletion* trash = of(after, "soft_deleted_not_erased");
    ASSERT_NE(trash, nullptr);
    EXPECT_EQ(trash->done, 5);
    EXPECT_EQ(trash->still_found, 10);
    EXPECT_THAT(reports::write_html(after, "de", ""), HasSubstr("Die Löschregel findet noch 5, nicht mehr als die 5"));
}

TEST_P(DeletionProof, SaysPlainlyThatMoreAreFoundThanStayed) {
    purge();
    for (const char* id : {"new1", "new2"}) {
        crm.sql("INSERT INTO person (id, name, created, deleted, held) VALUES ('" + std::string{id} +
                "', 'x', '2010-01-01 00:00:00', 0, 0)");
    }
    const AuditResult after = audited();
    const Deletion* stale = of(after, "stale_person");
    ASSERT_NE(stale, nullptr);
    EXPECT_EQ(stale->still_found, 7);
    EXPECT_EQ(more_than_stayed(*stale), 2);
    EXPECT_THAT(reports::write_html(after, "en", ""),
                HasSubstr("<span class=\"open\">The rule finds 7, 2 more than the 5"));
}

TEST_P(DeletionProof, CountsBothRunsAndComparesTheLast) {
    purge();
    purge();
    const AuditResult after = audited();
    EXPECT_EQ(after.deletions.size(), 4U);
    EXPECT_EQ(latest_deletions(after).size(), 2U);
}

TEST_P(DeletionProof, LeavesWhatScriptsLeftOutOfEverythingElse) {
    const AuditResult before = audited();
    purge();  // and no verification: the work tables stay
    const AuditResult after = audited();
    EXPECT_EQ(after.source.structure_hash, before.source.structure_hash);
    EXPECT_EQ(after.source.tables, before.source.tables);
    EXPECT_EQ(after.seen, before.seen);
    EXPECT_EQ(after.inventory.size(), before.inventory.size());
    ASSERT_FALSE(after.source.left_out.empty());
    for (const std::string& each : after.source.left_out) EXPECT_THAT(each, HasSubstr("crmaudit_"));
    EXPECT_EQ(after.source.gaps, before.source.gaps);
    EXPECT_THAT(reports::write_html(after, "en", ""), HasSubstr("Tables of crmaudit itself"));
}

TEST_P(DeletionProof, SurvivesAStrangeLog) {
    purge();
    crm.sql(
        "INSERT INTO crmaudit_deletion_log (script, rule_id, entity, run_on) VALUES ('Erika M.', '</td><script>', "
        "'erika@example.org', '9999-99-99')");
    const AuditResult after = audited();
    EXPECT_EQ(after.deletions.size(), 2U);
    EXPECT_TRUE(has_gap(after, "strange_rows: 1"));
    EXPECT_THAT(reports::write_result_xml(after), Not(AnyOf(HasSubstr("erika@example.org"), HasSubstr("Erika M."))));
}

TEST_P(DeletionProof, IsMissingWithAReasonWhereTheLogIsSomethingElse) {
    crm.sql("CREATE TABLE crmaudit_deletion_log (id INTEGER PRIMARY KEY, script VARCHAR(12))");
    const AuditResult after = audited();
    EXPECT_TRUE(after.deletions.empty());
    EXPECT_TRUE(has_gap(after, "strange_log: rule_id"));
}

TEST_P(DeletionProof, ReadsTheLatestOfALongLog) {
    purge();
    const std::string row = "'0123456789ab', 'old_rule', 'person', 'gdpr', '" + std::string(64, 'a') +
                            "', '2020-01-01', 1, 1, 0, 0, '2020-01-02'";
    for (int i = 0; i < 150; ++i)
        crm.sql(
            "INSERT INTO crmaudit_deletion_log (script, rule_id, entity, policy, policy_digest, audited_on, expected, "
            "deleted, spared, not_reached, run_on) VALUES (" +
            row + ")");
    const AuditResult after = audited();
    EXPECT_EQ(after.deletions.size(), most_deletions);
    EXPECT_NE(of(after, "stale_person"), nullptr);
    EXPECT_THAT(reports::write_html(after, "en", ""), HasSubstr("Only the latest 100 entries"));
}

INSTANTIATE_TEST_SUITE_P(Products, DeletionProof, ::testing::ValuesIn(all_products),
                         [](const auto& parameter) { return to_string(parameter.param); });

}  // namespace
}  // namespace crmaudit::live
