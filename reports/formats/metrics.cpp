// Prometheus text for the node exporter's textfile collector. Few labels, no names of tables or columns; what the clock
// says about the run is added by whoever runs it.
#include <chrono>

#include "auditor/model/deletions.h"
#include "reports/formats/formats.h"

namespace crmaudit::reports {
namespace {

using Labels = std::vector<std::pair<std::string_view, std::string_view>>;

std::string escaped(std::string_view value) {
    std::string text;
    for (const char c : value) {
        switch (c) {
            case '\\': text += "\\\\"; break;
            case '"': text += "\\\""; break;
            case '\n': text += "\\n"; break;
            default: text += c;
        }
    }
    return text;
}

class Writer {
public:
    explicit Writer(std::string_view source) : source_(source) {}

    void family(std::string_view name, std::string_view help) {
        name_ = name;
        text_.append("# HELP ").append(name).append(" ").append(help).append("\n");
        text_.append("# TYPE ").append(name).append(" gauge\n");
    }

    void sample(std::int64_t value, const Labels& labels = {}) {
        text_.append(name_).append("{source=\"").append(escaped(source_)).append("\"");
        for (const auto& [label, content] : labels) {
            text_.append(",").append(label).append("=\"").append(escaped(content)).append("\"");
        }
        text_.append("} ").append(std::to_string(value)).append("\n");
    }

    std::string text() && { return std::move(text_); }

private:
    std::string_view source_;
    std::string name_;
    std::string text_;
};

constexpr Severity severities[] = {Severity::critical, Severity::high, Severity::medium, Severity::low};
constexpr FindingState states[] = {FindingState::added, FindingState::unchanged, FindingState::changed,
                                   FindingState::fixed, FindingState::waived};
constexpr OutcomeStatus statuses[] = {OutcomeStatus::found, OutcomeStatus::clean, OutcomeStatus::not_applicable,
                                      OutcomeStatus::not_checked, OutcomeStatus::failed};

template <typename List, typename Wanted>
std::int64_t count(const List& list, Wanted&& wanted) {
    std::int64_t counted = 0;
    for (const auto& each : list) counted += wanted(each) ? 1 : 0;
    return counted;
}

void write_persons(Writer& writer, const AuditResult& result) {
    writer.family("crmaudit_persons", "Persons in the database.");
    for (const PersonsAffected& each : result.persons) writer.sample(each.total, {{"entity", each.entity}});
    writer.family("crmaudit_persons_affected", "Persons with at least one finding.");
    for (const PersonsAffected& each : result.persons) writer.sample(each.affected, {{"entity", each.entity}});
    writer.family("crmaudit_persons_affected_by_severity", "Persons with at least one finding of the severity.");
    for (const PersonsAffected& each : result.persons) {
        for (const Severity severity : severities) {
            const auto found = each.by_severity.find(severity);
            writer.sample(found == each.by_severity.end() ? 0 : found->second,
                          {{"entity", each.entity}, {"severity", to_string(severity)}});
        }
    }
}

void write_consent(Writer& writer, const AuditResult& result) {
    writer.family("crmaudit_consent", "Persons by state of their consent.");
    for (const ConsentCount& each : result.consent) {
        const std::pair<std::string_view, std::int64_t> counts[] = {
            {"granted", each.granted}, {"refused", each.refused}, {"unknown", each.unknown}};
        for (const auto& [state, persons] : counts) {
            writer.sample(persons, {{"entity", each.entity}, {"purpose", each.purpose}, {"state", state}});
        }
    }
}

/// Of each rule and entity the last purge alone.
void write_deletions(Writer& writer, const AuditResult& result) {
    const auto latest = latest_deletions(result);
    if (latest.empty()) return;
    const auto labels = [](const Deletion& each) { return Labels{{"rule", each.rule}, {"entity", each.entity}}; };
    writer.family("crmaudit_deletion_timestamp_seconds", "The day of the last purge by a rule, at midnight UTC.");
    for (const Deletion* each : latest) {
        const auto day = parse_date(each->run_on);
        if (!day) continue;
        writer.sample(
            std::chrono::duration_cast<std::chrono::seconds>(std::chrono::sys_days{*day}.time_since_epoch()).count(),
            labels(*each));
    }
    writer.family("crmaudit_deleted", "What that purge deleted.");
    for (const Deletion* each : latest) writer.sample(each->done, labels(*each));
    writer.family("crmaudit_deletion_not_reached", "What that purge did not come to.");
    for (const Deletion* each : latest) writer.sample(each->not_reached, labels(*each));
    writer.family("crmaudit_found_after_deletion", "What the same rule finds now, beyond what stayed at that time.");
    for (const Deletion* each : latest) {
        if (is_checked_again(result, *each)) writer.sample(more_than_stayed(*each), labels(*each));
    }
}

}  // namespace

std::string write_metrics(const AuditResult& result) {
    Writer writer{result.run.label};
    writer.family("crmaudit_info", "The program, policy and profile of the last audit.");
    writer.sample(1, {{"version", result.run.tool_version},
                      {"policy", result.run.policy},
                      {"profile", result.run.profile},
                      {"dialect", result.source.dialect}});
    writer.family("crmaudit_as_of_timestamp_seconds", "The day the audit stands for, at midnight UTC.");
    const auto day = std::chrono::sys_days{result.run.as_of}.time_since_epoch();
    writer.sample(std::chrono::duration_cast<std::chrono::seconds>(day).count());
    writer.family("crmaudit_complete", "1 when everything was checked or its absence was accepted.");
    writer.sample(is_incomplete(result) ? 0 : 1);
    writer.family("crmaudit_findings", "Findings that are neither fixed nor waived.");
    for (const Severity severity : severities) {
        writer.sample(count_open(result, severity), {{"severity", to_string(severity)}});
    }
    writer.family("crmaudit_findings_by_state", "Findings compared with the baseline.");
    for (const FindingState state : states) {
        writer.sample(count(result.findings, [&](const Finding& each) { return each.state == state; }),
                      {{"state", to_string(state)}});
    }
    writer.family("crmaudit_rules", "Rules by how they ended.");
    for (const OutcomeStatus status : statuses) {
        writer.sample(count(result.outcomes, [&](const RuleOutcome& each) { return each.status == status; }),
                      {{"status", to_string(status)}});
    }
    write_persons(writer, result);
    write_consent(writer, result);
    write_deletions(writer, result);
    return std::move(writer).text();
}

}  // namespace crmaudit::reports
