#include "auditor/app/verdict.h"

#include <gtest/gtest.h>

namespace crmaudit::app {
namespace {

AuditResult result_with(Severity severity, FindingState state = FindingState::added) {
    AuditResult result;
    result.outcomes.push_back({"rule", "check", OutcomeStatus::found, {}, "", false, ""});
    Finding finding;
    finding.rule = "rule";
    finding.severity = severity;
    finding.state = state;
    result.findings.push_back(finding);
    return result;
}

AuditResult incomplete(AuditResult result) {
    result.outcomes.push_back({"other", "check", OutcomeStatus::not_checked, {{"t", "forbidden"}}, "", false, ""});
    return result;
}

constexpr FailOn at(Severity severity) { return {FailOn::What::severity, severity}; }
constexpr FailOn never{FailOn::What::never, Severity::low};
constexpr FailOn on_new{FailOn::What::new_findings, Severity::low};

TEST(Verdict, IsTwoAtOrAboveTheThreshold) {
    EXPECT_EQ(verdict(result_with(Severity::medium), at(Severity::medium)), ExitCode::findings);
    EXPECT_EQ(verdict(result_with(Severity::critical), at(Severity::medium)), ExitCode::findings);
    EXPECT_EQ(verdict(result_with(Severity::low), at(Severity::medium)), ExitCode::clean);
    EXPECT_EQ(verdict(result_with(Severity::critical), never), ExitCode::clean);
    EXPECT_EQ(verdict(AuditResult{}, at(Severity::low)), ExitCode::clean);
}

TEST(Verdict, IncompleteIsMoreSeriousThanFindings) {
    EXPECT_EQ(verdict(incomplete(result_with(Severity::critical)), at(Severity::low)), ExitCode::incomplete);
    EXPECT_EQ(verdict(incomplete(result_with(Severity::critical)), never), ExitCode::incomplete);
}

TEST(Verdict, CountsOnlyWhatIsNewWhenAskedTo) {
    EXPECT_EQ(verdict(result_with(Severity::low, FindingState::added), on_new), ExitCode::findings);
    EXPECT_EQ(verdict(result_with(Severity::critical, FindingState::unchanged), on_new), ExitCode::clean);
    EXPECT_EQ(verdict(result_with(Severity::critical, FindingState::changed), on_new), ExitCode::clean);
}

TEST(Verdict, WhatIsFixedNoLongerCounts) {
    EXPECT_EQ(verdict(result_with(Severity::critical, FindingState::fixed), at(Severity::low)), ExitCode::clean);
    EXPECT_EQ(open_findings(result_with(Severity::critical, FindingState::fixed)).at(Severity::critical), 0);
}

TEST(Summary, HasColourOnlyWhenWanted) {
    const AuditResult result = incomplete(result_with(Severity::high));
    EXPECT_EQ(summary(result, "/r", false).find('\x1b'), std::string::npos);
    EXPECT_NE(summary(result, "/r", true).find('\x1b'), std::string::npos);
    EXPECT_NE(summary(result, "/r", false).find("not checked: other (forbidden)"), std::string::npos);
}

TEST(Summary, TellsInOneLineThatTheAuditIsIncomplete) {
    EXPECT_EQ(incomplete_line(incomplete(result_with(Severity::low)), "/r"),
              "the audit is incomplete: 1 rule was not fully checked; see /r");
}

TEST(Verdict, OfTwoIsTheMoreSerious) {
    EXPECT_EQ(more_serious(ExitCode::clean, ExitCode::clean), ExitCode::clean);
    EXPECT_EQ(more_serious(ExitCode::findings, ExitCode::clean), ExitCode::findings);
    EXPECT_EQ(more_serious(ExitCode::findings, ExitCode::incomplete), ExitCode::incomplete);
    EXPECT_EQ(more_serious(ExitCode::incomplete, ExitCode::findings), ExitCode::incomplete);
    EXPECT_EQ(more_serious(ExitCode::incomplete, ExitCode::bad_configuration), ExitCode::bad_configuration);
    EXPECT_EQ(more_serious(ExitCode::cannot_write, ExitCode::incomplete), ExitCode::cannot_write);
}

}  // namespace
}  // namespace crmaudit::app
