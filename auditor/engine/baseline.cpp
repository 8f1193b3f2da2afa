#include <map>
#include <stdexcept>

#include "auditor/engine/audit.h"

namespace crmaudit::engine {

void compare_with_baseline(AuditResult& result, const AuditResult& before) {
    const auto same = [](const std::string& now, const std::string& then, const char* what) {
        if (now != then) {
            throw std::invalid_argument("the baseline is of another source: its " + std::string{what} + " is \"" +
                                        then + "\", this one's is \"" + now + "\"");
        }
    };
    same(result.run.label, before.run.label, "label");
    same(result.source.dialect, before.source.dialect, "dialect");
    same(result.source.database, before.source.database, "database");

    std::map<std::string, const Finding*> earlier;
    for (const Finding& finding : before.findings) {
        if (finding.state != FindingState::fixed) earlier[finding.fingerprint] = &finding;
    }
    for (Finding& finding : result.findings) {
        const auto known = earlier.find(finding.fingerprint);
        if (known == earlier.end()) {
            finding.state = FindingState::added;
            continue;
        }
        const Finding& then = *known->second;
        const bool same_counts = finding.affected == then.affected && finding.severity == then.severity;
        finding.state = same_counts ? FindingState::unchanged : FindingState::changed;
        finding.affected_before = then.affected;
        earlier.erase(known);
    }
    // What was found then and not now is fixed only if its rule was checked to the end this time.
    std::map<std::string, const RuleOutcome*> outcomes;
    for (const RuleOutcome& outcome : result.outcomes) outcomes[outcome.rule] = &outcome;
    for (const auto& [fingerprint, finding] : earlier) {
        const auto outcome = outcomes.find(finding->rule);
        if (outcome == outcomes.end()) continue;
        const OutcomeStatus status = outcome->second->status;
        const bool checked =
            (status == OutcomeStatus::clean || status == OutcomeStatus::found) && outcome->second->gaps.empty();
        if (!checked) continue;
        Finding fixed = *finding;
        fixed.state = FindingState::fixed;
        fixed.affected_before = finding->affected;
        fixed.affected = 0;
        fixed.rows.reset();
        fixed.evidence_sql.clear();
        result.findings.push_back(std::move(fixed));
    }
    sort_findings(result.findings);
    result.baseline_as_of = to_string(before.run.as_of);
}

}  // namespace crmaudit::engine
