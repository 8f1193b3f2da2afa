#include <gtest/gtest.h>

#include <stdexcept>

#include "auditor/engine/audit.h"

namespace crmaudit::engine {
namespace {

Finding finding(const char* rule, const char* fingerprint, std::int64_t affected) {
    Finding made;
    made.rule = rule;
    made.fingerprint = fingerprint;
    made.affected = affected;
    made.rows = RowSet{"person", {}};
    return made;
}

AuditResult result_with(std::vector<Finding> findings) {
    AuditResult result;
    result.run.label = "crm";
    result.run.as_of = parse_date("2026-06-15").value();
    result.source.dialect = "sqlite";
    result.source.database = "crm.db";
    result.outcomes = {{"a", "a", OutcomeStatus::found, {}, "", false, ""},
                       {"b", "b", OutcomeStatus::not_checked, {{"x", "locked"}}, "", false, ""},
                       {"c", "c", OutcomeStatus::clean, {}, "", false, ""}};
    result.findings = std::move(findings);
    return result;
}

TEST(Baseline, FillsInEveryState) {
    AuditResult now = result_with({finding("a", "same", 5), finding("a", "more", 9), finding("a", "first", 1)});
    compare_with_baseline(now,
                          result_with({finding("a", "same", 5), finding("a", "more", 4), finding("c", "gone", 3)}));
    std::map<std::string, std::string> states;
    for (const Finding& each : now.findings) states[each.fingerprint] = to_string(each.state);
    EXPECT_EQ(states, (std::map<std::string, std::string>{
                          {"same", "unchanged"}, {"more", "changed"}, {"first", "new"}, {"gone", "fixed"}}));
    for (const Finding& each : now.findings) {
        if (each.fingerprint == "more") {
            EXPECT_EQ(each.affected_before, 4);
        }
        if (each.fingerprint == "gone") {
            EXPECT_EQ(each.affected, 0);
            EXPECT_EQ(each.affected_before, 3);
        }
    }
    EXPECT_EQ(now.baseline_as_of, "2026-06-15");
}

TEST(Baseline, WhatCouldNotBeCheckedIsNotFixed) {
    AuditResult now = result_with({});
    compare_with_baseline(now, result_with({finding("b", "unseen", 3)}));
    EXPECT_TRUE(now.findings.empty());
}

TEST(Baseline, AFixedFindingThatComesBackIsNew) {
    AuditResult before = result_with({finding("a", "back", 0)});
    before.findings[0].state = FindingState::fixed;
    AuditResult now = result_with({finding("a", "back", 2)});
    compare_with_baseline(now, before);
    EXPECT_EQ(now.findings.at(0).state, FindingState::added);
}

TEST(Baseline, RefusesAResultOfAnotherSource) {
    AuditResult now = result_with({});
    AuditResult before = result_with({});
    before.source.database = "other.db";
    EXPECT_THROW(compare_with_baseline(now, before), std::invalid_argument);
    before = result_with({});
    before.run.label = "hr";
    EXPECT_THROW(compare_with_baseline(now, before), std::invalid_argument);
}

}  // namespace
}  // namespace crmaudit::engine
