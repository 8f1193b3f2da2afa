// What cannot be read is named, the rest of the audit goes on, and the exit code says that something is missing.
#include <gtest/gtest.h>

#include <algorithm>

#include "reports/result_xml.h"
#include "tests/support/audited.h"
#include "tests/support/command.h"
#include "tests/support/granted_auditor.h"

namespace crmaudit::live {
namespace {

using support::ProcessResult;
using support::quoted;

class PartialAudit : public ::testing::TestWithParam<Product> {
protected:
    void SetUp() override {
        const std::string demo =
            std::string{CRMAUDIT_DEMO_CRM} + " " + to_string(GetParam()) + " 300 --as-of 2026-06-15";
        const std::string client =
            GetParam() == Product::postgresql
                ? "psql -X -q -v ON_ERROR_STOP=1 -d " + quoted(audited.scratch.name())
                : "mariadb --defaults-file=" + quoted(required("CRMAUDIT_TEST_MARIADB_DEFAULTS")) + " " +
                      quoted(audited.scratch.name());
        audited.scratch.admin().run("DROP TABLE contacts_bak_2019");  // the demo has its own
        ASSERT_EQ(support::run(demo + " | " + client).code, 0);
        show_logins(audited.scratch);
        audited.connect_with(audited.scratch.auditor_connection());
    }

    void grant(const std::string& privilege, const std::string& table) {
        const std::string object = GetParam() == Product::mariadb ? audited.scratch.name() + "." + table : table;
        audited.scratch.admin().run("GRANT " + privilege + " ON " + object + " TO " + audited.scratch.auditor());
    }

    void revoke(const std::string& table) {
        audited.scratch.admin().run("REVOKE SELECT ON " + table + " FROM " + audited.scratch.auditor());
    }

    AuditResult audit(int expected_code) {
        auto arguments = audited.arguments({"--lock-limit", "1"});
        const auto only = std::find(arguments.begin(), arguments.end(), "--only");
        arguments.erase(only, only + 2);
        const auto accept = std::find(arguments.begin(), arguments.end(), "--accept");
        arguments.erase(accept, accept + 2);
        const ProcessResult ended = support::run_crmaudit(arguments, audited.job());
        EXPECT_EQ(ended.code, expected_code) << ended.err;
        const std::string report = (audited.out() / "latest" / "report.xml").string();
        return reports::read_result_xml(report, support::read_text(report));
    }

    static const RuleOutcome& outcome(const AuditResult& result, const std::string& rule) {
        return *std::find_if(result.outcomes.begin(), result.outcomes.end(),
                             [&](const RuleOutcome& each) { return each.rule == rule; });
    }

    static bool has_gap(const RuleOutcome& outcome, const std::string& text) {
        return std::any_of(outcome.gaps.begin(), outcome.gaps.end(),
                           [&](const Gap& gap) { return gap.reason.find(text) != std::string::npos; });
    }

    Audited audited{GetParam()};
};

/// All rules of a CRM, by an account that the shipped scripts made.
class LeastPrivilege : public PartialAudit {
protected:
    using Parts = GrantedAuditor::Parts;

    AuditResult audit_with(Parts parts, int expected_code) {
        const GrantedAuditor auditor{audited.scratch, parts};
        audited.connect_with(auditor.connection());
        return audit(expected_code);
    }
};

class PartialAuditOnPostgresql : public PartialAudit {};
class PartialAuditOnMariadb : public PartialAudit {};

TEST_P(PartialAuditOnPostgresql, NamesAForbiddenTableAndCountsTheRest) {
    grant("SELECT", "ALL TABLES IN SCHEMA public");
    const AuditResult whole = audit(2);
    revoke("meetings");
    const AuditResult partial = audit(3);
    EXPECT_EQ(outcome(partial, "stale_person").status, OutcomeStatus::not_checked);
    EXPECT_TRUE(has_gap(outcome(partial, "stale_person"), "meetings"));
    EXPECT_EQ(outcome(partial, "unknown_source").status, OutcomeStatus::found);
    EXPECT_TRUE(outcome(partial, "unknown_source").gaps.empty());
    EXPECT_EQ(partial.persons.size(), whole.persons.size());
    EXPECT_LT(partial.findings.size(), whole.findings.size());
}

TEST_P(PartialAuditOnPostgresql, NamesALockedTableAndCountsTheRest) {
    grant("SELECT", "ALL TABLES IN SCHEMA public");
    AdminConnection lock{audited.scratch.connection()};
    lock.run("BEGIN");
    lock.run("LOCK TABLE calls IN ACCESS EXCLUSIVE MODE");
    const AuditResult partial = audit(3);
    EXPECT_TRUE(has_gap(outcome(partial, "stale_person"), "locked"));
    EXPECT_EQ(outcome(partial, "tracking_without_consent").status, OutcomeStatus::found);
    EXPECT_TRUE(outcome(partial, "tracking_without_consent").gaps.empty());
}

TEST_P(PartialAuditOnMariadb, NamesALockedTableAndCountsTheRest) {
    grant("SELECT", "*");
    AdminConnection lock{audited.scratch.connection()};
    lock.run("LOCK TABLES calls WRITE");
    const AuditResult partial = audit(3);
    EXPECT_TRUE(has_gap(outcome(partial, "stale_person"), "locked"));
    EXPECT_EQ(outcome(partial, "tracking_without_consent").status, OutcomeStatus::found);
    EXPECT_TRUE(outcome(partial, "tracking_without_consent").gaps.empty());
}

TEST_P(PartialAuditOnMariadb, DoesNotOverlookATableAndAColumnThatTheServerHides) {
    const auto tables = audited.scratch.admin().value(
        "SELECT GROUP_CONCAT(table_name) FROM information_schema.tables WHERE table_schema = '" +
        audited.scratch.name() + "'");
    ASSERT_TRUE(tables);
    std::string rest = *tables + ",";
    while (!rest.empty()) {
        const std::string table = rest.substr(0, rest.find(','));
        rest.erase(0, table.size() + 1);
        if (table == "meetings" || table == "campaign_log") continue;
        grant("SELECT", table);
    }
    grant("SELECT (id, target_id, target_type, activity_type, marketing_id, deleted)", "campaign_log");
    const AuditResult partial = audit(3);
    EXPECT_TRUE(has_gap(outcome(partial, "stale_person"), "not_in_catalog: meetings"));
    EXPECT_TRUE(has_gap(outcome(partial, "mailed_after_objection"), "not_in_catalog: campaign_log.activity_date"));
    EXPECT_EQ(outcome(partial, "unknown_source").status, OutcomeStatus::found);
    EXPECT_FALSE(partial.source.gaps.empty());
}

TEST_P(LeastPrivilege, SufficesForAllRulesWithBothParts) {
    const AuditResult result = audit_with(Parts::both, 2);
    EXPECT_EQ(not_checked(result), std::set<std::string>{});
    EXPECT_TRUE(result.source.gaps.empty());
}

TEST_P(LeastPrivilege, NamesTheRulesThatTheFirstPartIsNotEnoughFor) {
    const AuditResult result = audit_with(Parts::audit, 3);
    std::set<std::string> expected{"weak_authentication", "unprotected_transport"};
    if (GetParam() == Product::postgresql) expected.insert("remote_access");
    EXPECT_EQ(not_checked(result), expected);
}

INSTANTIATE_TEST_SUITE_P(Live, LeastPrivilege, ::testing::Values(Product::postgresql, Product::mariadb),
                         [](const auto& tried) { return to_string(tried.param); });
INSTANTIATE_TEST_SUITE_P(Live, PartialAuditOnPostgresql, ::testing::Values(Product::postgresql),
                         [](const auto& tried) { return to_string(tried.param); });
INSTANTIATE_TEST_SUITE_P(Live, PartialAuditOnMariadb, ::testing::Values(Product::mariadb),
                         [](const auto& tried) { return to_string(tried.param); });

}  // namespace
}  // namespace crmaudit::live
