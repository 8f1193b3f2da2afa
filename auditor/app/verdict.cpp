#include "auditor/app/verdict.h"

#include <algorithm>
#include <array>

namespace crmaudit::app {
namespace {

constexpr std::array severities{Severity::critical, Severity::high, Severity::medium, Severity::low};

bool left_unchecked(const RuleOutcome& outcome) {
    const bool unchecked = outcome.status == OutcomeStatus::not_checked || outcome.status == OutcomeStatus::failed ||
                           !outcome.gaps.empty();
    return unchecked && !outcome.accepted;
}

std::int64_t count_unchecked(const AuditResult& result) {
    return std::count_if(result.outcomes.begin(), result.outcomes.end(), left_unchecked);
}

bool has_source_gaps(const AuditResult& result) {
    return !result.source.gaps.empty() && result.source.gaps_accepted_reason.empty();
}

struct Persons {
    std::int64_t affected = 0;
    std::int64_t total = 0;
};

Persons persons_of(const AuditResult& result) {
    Persons persons;
    for (const PersonsAffected& each : result.persons) {
        persons.affected += each.affected;
        persons.total += each.total;
    }
    return persons;
}

std::string counted(std::int64_t count, const std::string& one, const std::string& several) {
    return std::to_string(count) + " " + (count == 1 ? one : several);
}

const char* colour_of(Severity severity) {
    switch (severity) {
        case Severity::critical: return "\x1b[1;31m";
        case Severity::high: return "\x1b[31m";
        case Severity::medium: return "\x1b[33m";
        default: return "\x1b[36m";
    }
}

}  // namespace

ExitCode verdict(const AuditResult& result, const FailOn& fail_on) {
    if (is_incomplete(result)) return ExitCode::incomplete;
    switch (fail_on.what) {
        case FailOn::What::never: return ExitCode::clean;
        case FailOn::What::new_findings: {
            const bool any_new = std::any_of(result.findings.begin(), result.findings.end(),
                                             [](const Finding& each) { return each.state == FindingState::added; });
            return any_new ? ExitCode::findings : ExitCode::clean;
        }
        case FailOn::What::severity: break;
    }
    const auto highest = worst(result);
    return highest && *highest >= fail_on.severity ? ExitCode::findings : ExitCode::clean;
}

ExitCode more_serious(ExitCode one, ExitCode other) {
    const auto rank = [](ExitCode code) {
        switch (code) {
            case ExitCode::clean: return 0;
            case ExitCode::findings: return 1;
            case ExitCode::incomplete: return 2;
            default: return 3;
        }
    };
    return rank(other) > rank(one) ? other : one;
}

std::map<Severity, std::int64_t> open_findings(const AuditResult& result) {
    std::map<Severity, std::int64_t> counts;
    for (const Severity severity : severities) counts[severity] = 0;
    for (const Finding& finding : result.findings) {
        if (is_open(finding)) ++counts[finding.severity];
    }
    return counts;
}

LogFields log_fields(const AuditResult& result) {
    LogFields fields;
    const auto counts = open_findings(result);
    for (const Severity severity : severities) {
        fields.emplace_back(to_string(severity), std::to_string(counts.at(severity)));
    }
    const Persons persons = persons_of(result);
    fields.emplace_back("persons_affected", std::to_string(persons.affected));
    fields.emplace_back("persons", std::to_string(persons.total));
    fields.emplace_back("rules_unchecked", std::to_string(count_unchecked(result)));
    fields.emplace_back("incomplete", is_incomplete(result) ? "yes" : "no");
    return fields;
}

std::string summary(const AuditResult& result, const std::string& report, bool colour) {
    std::string text = result.run.label + " (" + result.source.product + " " + result.source.version + "), as of " +
                       to_string(result.run.as_of) + "\n";
    const auto counts = open_findings(result);
    for (const Severity severity : severities) {
        const std::int64_t count = counts.at(severity);
        const bool coloured = colour && count > 0;
        text += coloured ? colour_of(severity) : "";
        text += "  " + std::string{to_string(severity)} + " " + std::to_string(count);
        text += coloured ? "\x1b[0m" : "";
    }
    const Persons persons = persons_of(result);
    if (persons.total > 0) {
        text += "\n  " + std::to_string(persons.affected) + " of " + counted(persons.total, "person", "persons") +
                " affected";
    }
    for (const RuleOutcome& outcome : result.outcomes) {
        if (!left_unchecked(outcome)) continue;
        const std::string why = outcome.gaps.empty() ? outcome.reason : outcome.gaps.front().reason;
        text += "\n  not checked: " + outcome.rule + (why.empty() ? "" : " (" + why + ")");
    }
    if (has_source_gaps(result)) {
        text += "\n  not seen: " + counted(static_cast<std::int64_t>(result.source.gaps.size()), "part", "parts") +
                " of the database";
    }
    return text + "\n  report: " + report + "\n";
}

std::string incomplete_line(const AuditResult& result, const std::string& report) {
    std::string what;
    if (const auto rules = count_unchecked(result); rules > 0) {
        what = counted(rules, "rule was", "rules were") + " not fully checked";
    }
    if (has_source_gaps(result)) what += std::string(what.empty() ? "" : " and ") + "parts of the database not seen";
    return "the audit is incomplete: " + what + "; see " + report;
}

}  // namespace crmaudit::app
