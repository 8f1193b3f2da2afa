#include "auditor/model/result.h"

#include <gtest/gtest.h>

namespace crmaudit {
namespace {

Finding finding(Severity severity, bool persons, std::int64_t affected, const char* rule) {
    Finding made;
    made.rule = rule;
    made.severity = severity;
    made.persons = persons;
    made.affected = affected;
    return made;
}

TEST(Result, SortsFindingsBySeverityThenPersonsThenCount) {
    std::vector<Finding> findings{finding(Severity::low, true, 9, "e"), finding(Severity::high, false, 99, "d"),
                                  finding(Severity::high, true, 2, "c"), finding(Severity::high, true, 5, "b"),
                                  finding(Severity::critical, false, 1, "a")};
    sort_findings(findings);
    std::string order;
    for (const Finding& each : findings) order += each.rule;
    EXPECT_EQ(order, "abcde");
}

TEST(Result, IsIncompleteUnlessEveryOpenRuleIsAccepted) {
    AuditResult result;
    result.outcomes = {{"a", "a", OutcomeStatus::clean, {}, "", false, ""}};
    EXPECT_FALSE(is_incomplete(result));
    result.outcomes.push_back({"b", "b", OutcomeStatus::not_checked, {{"calls", "locked"}}, "", false, ""});
    EXPECT_TRUE(is_incomplete(result));
    result.outcomes.back().accepted = true;
    EXPECT_FALSE(is_incomplete(result));
    result.outcomes.front() = {"a", "a", OutcomeStatus::found, {{"calls", "locked"}}, "", false, ""};
    EXPECT_TRUE(is_incomplete(result)) << "a finding does not make up for what was not looked at";
    result.outcomes.clear();
    result.source.gaps = {{"hr.staff", "not granted"}};
    EXPECT_TRUE(is_incomplete(result));
}

TEST(Result, FixedAndWaivedFindingsDoNotCountAsWorst) {
    AuditResult result;
    EXPECT_FALSE(worst(result));
    result.findings = {finding(Severity::critical, true, 1, "a"), finding(Severity::high, true, 1, "b"),
                       finding(Severity::low, true, 1, "c")};
    result.findings[0].state = FindingState::fixed;
    result.findings[1].state = FindingState::waived;
    EXPECT_EQ(worst(result), Severity::low);
}

}  // namespace
}  // namespace crmaudit
