#include "auditor/engine/audit.h"

#include <gtest/gtest.h>

#include "tests/support/plain_grammar.h"

namespace crmaudit::engine {
namespace {

class CountingPort : public sql::QueryPort {
public:
    std::vector<sql::Row> select(const sql::Query& query) override {
        ++statements;
        return {sql::Row(query.width(), sql::Cell{"3"})};
    }
    int statements = 0;
};

class Audit : public ::testing::Test {
protected:
    Audit() {
        Table table;
        table.name = {"", "person"};
        table.columns = {{"birthday", "date", ColumnKind::date, true, std::nullopt, ""}};
        table.primary_key = {"id"};
        catalog.tables = {table};
        classification.columns = {{table.name, "birthday", "date", Category::birth_date, 1, {}}};
        policy.rules = {{"birthdays", "unnecessary_field", Severity::high, {}, {}, {{"categories", "birth_date"}}},
                        {"old", "stale_person", Severity::high, {}, {}, {{"after", "P3Y"}}}};
        run.label = "crm";
        run.as_of = parse_date("2026-06-15").value();
    }

    AuditResult audit() {
        const AuditInput input{run, catalog, classification, policy, profile, {}, {}, only, skip, acceptances};
        return engine::audit(input, grammar, port);
    }

    Catalog catalog;
    Classification classification;
    Policy policy;
    std::optional<Profile> profile;
    crmaudit::Run run;
    std::vector<std::string> only;
    std::vector<std::string> skip;
    std::vector<Acceptance> acceptances;
    crmaudit::testing::PlainGrammar grammar;
    CountingPort port;
};

TEST_F(Audit, GivesEveryRuleAnOutcome) {
    const AuditResult result = audit();
    ASSERT_EQ(result.outcomes.size(), 2U);
    EXPECT_EQ(result.outcomes[0].status, OutcomeStatus::found);
    EXPECT_EQ(result.outcomes[1].status, OutcomeStatus::not_checked);
    EXPECT_TRUE(is_incomplete(result));
}

TEST_F(Audit, ARuleWithAnUnknownCheckFails) {
    policy.rules = {{"odd", "no_such_check", Severity::low, {}, {}, {}}};
    const AuditResult result = audit();
    EXPECT_EQ(result.outcomes.at(0).status, OutcomeStatus::failed);
    EXPECT_TRUE(is_incomplete(result));
}

TEST_F(Audit, NamesTheLawsThatRulesRestOnAlsoUndescribedOnes) {
    policy.rules[0].basis = {{"House rules", "7"}, {"GDPR", "5(1)(c)"}};
    policy.rules[1].basis = {{"GDPR", "17"}};
    policy.laws = {{"ePrivacy", "Directive", "2026-11-25", false, {}}, {"GDPR", "Regulation", "2026-11-25", true, {}}};
    const std::vector<Law> laws = audit().laws;
    ASSERT_EQ(laws.size(), 2U) << "no rule rests on the directive";
    EXPECT_EQ(laws[0], policy.laws[1]);
    EXPECT_EQ(laws[1], (Law{"House rules", "", "", false, {}}));
}

TEST_F(Audit, LeftOutRulesStayVisible) {
    skip = {"stale_*"};
    const AuditResult result = audit();
    EXPECT_EQ(result.outcomes.at(1).status, OutcomeStatus::not_checked);
    EXPECT_EQ(result.outcomes.at(1).gaps.at(0).reason, "left_out");
    EXPECT_FALSE(is_incomplete(result));
    skip.clear();
    only = {"old"};
    EXPECT_TRUE(audit().findings.empty());
}

TEST_F(Audit, AnAcceptanceHoldsUntilItsDayAndStaysVisible) {
    acceptances = {{"old", "no profile yet", run.as_of}};
    AuditResult result = audit();
    EXPECT_FALSE(is_incomplete(result));
    EXPECT_EQ(result.outcomes.at(1).accepted_reason, "no profile yet");
    acceptances[0].until = parse_date("2026-06-14").value();
    EXPECT_TRUE(is_incomplete(audit()));
}

TEST_F(Audit, FingerprintsDependOnRuleLabelAndObjectOnly) {
    const std::string first = audit().findings.at(0).fingerprint;
    EXPECT_EQ(first.size(), 64U);
    run.as_of = parse_date("2025-01-01").value();
    policy.rules[0].severity = Severity::low;
    EXPECT_EQ(audit().findings.at(0).fingerprint, first);
    run.label = "other";
    EXPECT_NE(audit().findings.at(0).fingerprint, first);
}

TEST_F(Audit, FindingsCarryTheirRowSetAndEvidence) {
    const AuditResult result = audit();
    const Finding& finding = result.findings.at(0);
    ASSERT_TRUE(finding.rows);
    EXPECT_EQ(finding.rows->entity, "table:person");
    EXPECT_EQ(finding.evidence_sql,
              "SELECT b.\"id\"\nFROM (SELECT t.\"birthday\" AS \"@birthday\",\n          "
              "   t.\"id\"\n"
              "      FROM \"person\" t) b\nWHERE NOT (b.\"@birthday\" IS NULL)\nORDER BY b.\"id\"");
    ASSERT_EQ(result.tables.size(), 1U);
    EXPECT_EQ(result.tables[0].primary_key, std::vector<std::string>{"id"});
}

TEST_F(Audit, InventoryDoesNotTellHowManyAFewValuesAre) {
    for (ColumnClassification& each : classification.columns) {
        if (each.category == Category::none) continue;
        each.content = ColumnContent{
            100, 100, 0, 60, {{"email", Category::email, false, 3, 57}, {"health_en", Category::health, true, 0, 4}}};
    }
    const AuditResult result = audit();
    ASSERT_FALSE(result.inventory.empty());
    ASSERT_TRUE(result.inventory[0].content);
    ASSERT_EQ(result.inventory[0].content->patterns.size(), 1U);
    EXPECT_EQ(result.inventory[0].content->patterns[0].pattern, "email");
}

TEST_F(Audit, StructureHashIgnoresEstimatesAndComments) {
    const std::string before = audit().source.structure_hash;
    catalog.tables[0].row_estimate = 99;
    catalog.tables[0].columns[0].comment = "x";
    EXPECT_EQ(audit().source.structure_hash, before);
    catalog.tables[0].columns[0].type = "text";
    EXPECT_NE(audit().source.structure_hash, before);
}

}  // namespace
}  // namespace crmaudit::engine
