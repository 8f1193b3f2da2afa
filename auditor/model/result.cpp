#include "auditor/model/result.h"

#include <algorithm>
#include <tuple>

#include "auditor/model/names.h"

namespace crmaudit {
namespace {

constexpr NameTable<OutcomeStatus, 5> outcome_names{{
    {OutcomeStatus::found, "found"},
    {OutcomeStatus::clean, "clean"},
    {OutcomeStatus::not_applicable, "not_applicable"},
    {OutcomeStatus::not_checked, "not_checked"},
    {OutcomeStatus::failed, "failed"},
}};

constexpr NameTable<FindingState, 5> state_names{{
    {FindingState::added, "new"},
    {FindingState::unchanged, "unchanged"},
    {FindingState::changed, "changed"},
    {FindingState::fixed, "fixed"},
    {FindingState::waived, "waived"},
}};

constexpr NameTable<ContentExtent, 3> extent_names{{
    {ContentExtent::none, "none"},
    {ContentExtent::sample, "sample"},
    {ContentExtent::full, "full"},
}};

}  // namespace

std::string_view to_string(OutcomeStatus status) { return name_in(outcome_names, status); }
std::optional<OutcomeStatus> outcome_status_from(std::string_view name) { return value_in(outcome_names, name); }
std::string_view to_string(FindingState state) { return name_in(state_names, state); }
std::optional<FindingState> finding_state_from(std::string_view name) { return value_in(state_names, name); }

std::string_view to_string(ContentExtent extent) { return name_in(extent_names, extent); }
std::optional<ContentExtent> content_extent_from(std::string_view name) { return value_in(extent_names, name); }

std::string to_string(const Object& object) {
    std::string text = to_string(object.table);
    if (!object.column.empty()) text += "." + object.column;
    if (!object.principal.empty()) text += (text.empty() ? "principal " : " for ") + object.principal;
    if (!object.host.empty()) text += (text.empty() ? "host " : " names ") + object.host;
    return text.empty() ? object.entity : text;
}

const Rule* rule_of(const AuditResult& result, std::string_view rule_id) {
    const auto found =
        std::find_if(result.rules.begin(), result.rules.end(), [&](const Rule& r) { return r.id == rule_id; });
    return found == result.rules.end() ? nullptr : &*found;
}

bool is_incomplete(const AuditResult& result) {
    const bool outcome_open =
        std::any_of(result.outcomes.begin(), result.outcomes.end(), [](const RuleOutcome& outcome) {
            const bool open = outcome.status == OutcomeStatus::not_checked || outcome.status == OutcomeStatus::failed ||
                              !outcome.gaps.empty();
            return open && !outcome.accepted;
        });
    return outcome_open || (!result.source.gaps.empty() && result.source.gaps_accepted_reason.empty());
}

bool is_open(const Finding& finding) {
    return finding.state != FindingState::fixed && finding.state != FindingState::waived;
}

std::int64_t count_open(const AuditResult& result, Severity severity) {
    return std::count_if(result.findings.begin(), result.findings.end(),
                         [&](const Finding& finding) { return is_open(finding) && finding.severity == severity; });
}

std::optional<Severity> worst(const AuditResult& result) {
    std::optional<Severity> highest;
    for (const Finding& finding : result.findings) {
        if (!is_open(finding)) continue;
        if (!highest || finding.severity > *highest) highest = finding.severity;
    }
    return highest;
}

void sort_findings(std::vector<Finding>& findings) {
    const auto key = [](const Finding& f) {
        return std::make_tuple(-static_cast<int>(f.severity), f.persons ? 0 : 1, -f.affected, std::cref(f.rule),
                               std::cref(f.object.table), std::cref(f.object.column), std::cref(f.object.principal),
                               std::cref(f.object.host));
    };
    std::sort(findings.begin(), findings.end(), [&](const Finding& a, const Finding& b) { return key(a) < key(b); });
}

}  // namespace crmaudit
