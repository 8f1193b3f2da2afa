// The log of purge scripts, read without a database: what is believed and what is not.
#include "auditor/engine/deletion_log.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "auditor/model/deletions.h"
#include "auditor/model/own_tables.h"
#include "tests/support/plain_grammar.h"

namespace crmaudit::engine {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;

const std::string digest(64, 'd');

struct Log : sql::QueryPort {
    std::vector<sql::Row> rows;
    std::optional<sql::QueryError> error;
    std::string asked;

    std::vector<sql::Row> select(const sql::Query& query) override {
        asked = query.text();
        if (error) throw *error;
        return rows;
    }
};

sql::Row row(const std::string& run_on = "2026-06-02") {
    return {"0123456789ab", "stale_person", "contact", "gdpr", digest, "2026-06-01", "30", "25", "0", "0", run_on};
}

Table log_table(const std::string& name = std::string{deletion_log}) {
    Table table;
    table.name = {"crm", name};
    for (const char* each : {"script", "rule_id", "entity", "policy", "policy_digest", "audited_on", "run_on"}) {
        table.columns.push_back({each, "varchar(255)", ColumnKind::text, true, {}, ""});
    }
    for (const char* each : {"expected", "deleted", "spared", "not_reached"}) {
        table.columns.push_back({each, "bigint", ColumnKind::integer, true, {}, ""});
    }
    return table;
}

class DeletionLog : public ::testing::Test {
protected:
    DeletionLog() {
        Entity contact;
        contact.name = "contact";
        result.entities = {contact};
        result.run.policy = "gdpr";
        result.outcomes = {{"stale_person", "stale_person", OutcomeStatus::found, {}, "", false, ""}};
        Finding finding;
        finding.rule = "stale_person";
        finding.object.entity = "contact";
        finding.affected = 5;
        result.findings = {finding};
    }

    void read(const std::vector<Table>& tables = {log_table()}) {
        const crmaudit::testing::PlainGrammar grammar;
        add_deletions(result, catalog, tables, sql::Renderer{grammar, Date{std::chrono::year{2026} / 6 / 15}}, log);
    }

    std::string gaps() const {
        std::string text;
        for (const CatalogGap& each : result.source.gaps) text += each.object + "=" + each.reason + ";";
        return text;
    }

    Log log;
    AuditResult result;
    Catalog catalog;
};

TEST_F(DeletionLog, IsSetAgainstWhatTheRuleFindsNow) {
    log.rows = {row()};
    read();
    ASSERT_EQ(result.deletions.size(), 1U);
    const Deletion& each = result.deletions.front();
    EXPECT_EQ(each.rule, "stale_person");
    EXPECT_EQ(each.cut_off, "2026-06-01");
    EXPECT_EQ(each.run_on, "2026-06-02");
    EXPECT_EQ(each.expected, 30);
    EXPECT_EQ(each.done, 25);
    EXPECT_EQ(each.still_found, 5);
    EXPECT_EQ(gaps(), "");
    EXPECT_THAT(log.asked, HasSubstr("100"));
    EXPECT_THAT(log.asked, HasSubstr("DESC"));
}

TEST_F(DeletionLog, BelievesNothingThatNoScriptHasWritten) {
    log.rows = {row()};
    const std::vector<std::pair<std::size_t, sql::Cell>> strange{{0, "Erika Muster"},
                                                                 {0, "0123456789AB"},
                                                                 {1, "erika@example.org"},
                                                                 {1, ""},
                                                                 {2, "Erika Muster"},
                                                                 {3, "x'; DROP TABLE person; --"},
                                                                 {4, "short"},
                                                                 {5, "2026-02-30"},
                                                                 {6, "-1"},
                                                                 {7, "12 persons"},
                                                                 {8, std::nullopt},
                                                                 {9, "99999999999999999999"},
                                                                 {10, "yesterday"},
                                                                 {1, std::string(300, 'a')}};
    for (const auto& [column, value] : strange) {
        log.rows.push_back(row());
        log.rows.back()[column] = value;
    }
    log.rows.push_back({"0123456789ab"});
    read();
    EXPECT_EQ(result.deletions.size(), 1U);
    EXPECT_EQ(gaps(), "crm.crmaudit_deletion_log=strange_rows: 15;");
}

// After the purge nothing is found in it any more, so that the result has no entity for it.
TEST_F(DeletionLog, BelievesWhatIsAboutATableWithoutAnEntity) {
    for (const char* each : {"staff", "order; items"}) {
        Table table;
        table.name = {"crm", each};
        catalog.tables.push_back(std::move(table));
    }
    for (const char* each : {"table:crm.staff", "table:crm.order; items", "table:crm.Erika Muster"}) {
        log.rows.push_back(row());
        log.rows.back()[2] = each;
    }
    read();
    ASSERT_EQ(result.deletions.size(), 2U);
    EXPECT_EQ(gaps(), "crm.crmaudit_deletion_log=strange_rows: 1;");
}

TEST_F(DeletionLog, IsAGapWhereItCannotBeRead) {
    log.error = sql::QueryError(sql::QueryError::Reason::forbidden, "42501", "no");
    read();
    EXPECT_THAT(result.deletions, IsEmpty());
    EXPECT_EQ(gaps(), "crm.crmaudit_deletion_log=forbidden: 42501;");
    EXPECT_TRUE(is_incomplete(result));
}

TEST_F(DeletionLog, IsAGapWhereColumnsAreMissing) {
    Table other = log_table();
    other.columns.erase(other.columns.begin());
    read({other});
    EXPECT_EQ(log.asked, "");
    EXPECT_EQ(gaps(), "crm.crmaudit_deletion_log=strange_log: script;");
}

TEST_F(DeletionLog, EndsTheRunWhenTheConnectionIsLost) {
    log.error = sql::QueryError(sql::QueryError::Reason::connection_lost, "08S01", "gone");
    EXPECT_THROW(read(), sql::QueryError);
}

TEST_F(DeletionLog, SaysNothingOfRulesThatWereNotChecked) {
    result.outcomes[0].status = OutcomeStatus::not_checked;
    log.rows = {row()};
    read();
    EXPECT_EQ(result.deletions.at(0).still_found, 0);
    EXPECT_FALSE(is_checked_again(result, result.deletions.at(0)));
}

TEST_F(DeletionLog, IsSortedWhateverTheDatabaseGives) {
    log.rows = {row("2026-05-01"), row("2026-06-02"), row("2025-12-31")};
    read();
    ASSERT_EQ(result.deletions.size(), 3U);
    EXPECT_EQ(result.deletions[0].run_on, "2026-06-02");
    EXPECT_EQ(result.deletions[2].run_on, "2025-12-31");
}

TEST_F(DeletionLog, OfSeveralSchemasIsOneWithinItsBound) {
    log.rows.assign(80, row());
    read({log_table(), log_table()});
    EXPECT_EQ(result.deletions.size(), most_deletions);
}

TEST(OwnTables, AreTakenOutOfTheCatalogWithTheirGaps) {
    Catalog catalog;
    Table person;
    person.name = {"crm", "person"};
    catalog.tables = {log_table("crmaudit_deletion_log"), log_table("crmaudit_work_0123456789ab_1"), person};
    catalog.gaps = {{"crm.crmaudit_work_0123456789ab_1", "forbidden"}, {"crm.person", "forbidden"}};
    const auto own = take_own_tables(catalog);
    ASSERT_EQ(own.size(), 2U);
    EXPECT_EQ(own[0].name.name, deletion_log);
    ASSERT_EQ(catalog.tables.size(), 1U);
    EXPECT_EQ(catalog.tables[0].name.name, "person");
    EXPECT_EQ(catalog.left_out, (std::vector<std::string>{"crm.crmaudit_work_0123456789ab_1"}));
    ASSERT_EQ(catalog.gaps.size(), 1U);
    EXPECT_EQ(catalog.gaps[0].object, "crm.person");
}

TEST(OwnTables, AreKnownByTheirNames) {
    EXPECT_TRUE(is_own_table("crmaudit_work_1"));
    EXPECT_TRUE(is_own_table("crm.crmaudit_deletion_log"));
    EXPECT_FALSE(is_own_table("crmaudit_archive_0123456789ab_1"));
    EXPECT_FALSE(is_own_table("crm_audit"));
    EXPECT_FALSE(is_own_table("crmaudit_crm.person"));
    EXPECT_FALSE(is_own_table("my_crmaudit_log"));
}

}  // namespace
}  // namespace crmaudit::engine
