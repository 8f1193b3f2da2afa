#include "auditor/app/prepare.h"

#include <algorithm>
#include <map>
#include <set>

#include "auditor/app/files.h"
#include "auditor/app/purge_scripts.h"
#include "auditor/app/state_directory.h"
#include "auditor/checks/check.h"
#include "auditor/digest/sha256.h"
#include "auditor/model/suggestion.h"
#include "auditor/model/wildcard.h"
#include "policies/load.h"
#include "reports/result_xml.h"

namespace crmaudit::app {
namespace {

std::vector<std::string> rule_names(const Policy& policy) {
    std::vector<std::string> names;
    for (const Rule& rule : policy.rules) {
        names.push_back(rule.id);
        if (rule.check != rule.id) names.push_back(rule.check);
    }
    return names;
}

/// A name that matches nothing is a typing error that would silently change what is checked.
void require_known_rules(const Settings& settings, std::string_view option, const Policy& policy) {
    const auto names = rule_names(policy);
    for (const std::string& pattern : settings[option].values) {
        const bool known = std::any_of(names.begin(), names.end(),
                                       [&](const std::string& name) { return matches_wildcard(name, pattern); });
        if (known) continue;
        throw settings.bad(
            option, "policy " + policy.name + " has no rule or check '" + pattern + "'" + suggestion(pattern, names));
    }
}

void require_known_names(const Settings& settings, const AuditOptions& options, const Policy& policy) {
    require_known_rules(settings, "only", policy);
    require_known_rules(settings, "skip", policy);
    std::vector<std::string> acceptable{"source"};
    for (const Rule& rule : policy.rules) acceptable.push_back(rule.id);
    for (const engine::Acceptance& each : options.acceptances) {
        if (std::find(acceptable.begin(), acceptable.end(), each.rule) != acceptable.end()) continue;
        throw settings.bad(
            "accept", "policy " + policy.name + " has no rule '" + each.rule + "'" + suggestion(each.rule, acceptable));
    }
    std::vector<std::string> purposes;
    for (const Purpose& purpose : policy.purposes) purposes.push_back(purpose.id);
    for (const std::string& each : options.declared_purposes) {
        if (std::find(purposes.begin(), purposes.end(), each) != purposes.end()) continue;
        throw settings.bad("declare",
                           "policy " + policy.name + " has no purpose '" + each + "'" + suggestion(each, purposes));
    }
}

/// Persons may be left out only where the policy says that the controller is established outside.
void require_controller_outside(const Settings& settings, const AuditOptions& options, const Policy& policy) {
    if (!options.leave_out_residents_outside) return;
    if (policy.residency && is_established_outside(*policy.residency)) return;
    const std::string controller = policy.residency ? policy.residency->controller : "";
    throw Failure(ExitCode::bad_configuration,
                  settings["leave-out-residents-outside"].origin + ": the policy " + options.policy +
                      (controller.empty() ? " declares no controller established outside the EU and EEA"
                                          : " declares a controller in '" + controller +
                                                "', which is no known country outside the EU and EEA") +
                      ", so nobody may be left out; remove the option, or name a policy with <residency "
                      "controller=\"CH\"> if that is where the controller is established");
}

/// What decides about the content of the result besides database, policy and profile.
std::string digest_of_options(const AuditOptions& options) {
    std::string text;
    const auto add = [&](std::string_view name, const std::vector<std::string>& values) {
        text.append(name).push_back('\0');
        for (const std::string& value : values) text.append(value).push_back('\0');
        text += '\n';
    };
    add("only", options.only);
    add("skip", options.skip);
    add("include", options.include);
    add("exclude", options.exclude);
    add("content", {std::string{to_string(options.content)}, std::to_string(options.seed)});
    add("declare", options.declared_purposes);
    add("privacy-url", {options.privacy_url});
    add("location", {options.location.country, options.location.operator_name, options.location.processor_contract});
    add("declared-host", options.location.hosts);
    for (const engine::HoldTable& each : options.hold_tables) {
        add("hold", {each.entity, each.table, each.column, each.until});
    }
    // The keys of a file are few enough to be guessed from a digest: their place alone stands here.
    for (const HoldFile& each : options.hold_files) add("hold-file", {each.entity, each.path});
    add("leave-out-residents-outside", {options.leave_out_residents_outside ? "yes" : "no"});
    for (const engine::Acceptance& each : options.acceptances) {
        add("accept", {each.rule, to_string(each.until), each.reason});
    }
    return digest::sha256(text);
}

std::optional<AuditResult> read_baseline(const std::string& path, const std::string& label) {
    if (path.empty()) return std::nullopt;
    AuditResult baseline = reports::read_result_xml(path, read_file(path, "baseline"));
    if (baseline.run.label != label) {
        throw Failure(ExitCode::bad_configuration, "the baseline " + path + " is of '" + baseline.run.label +
                                                       "', this audit is of '" + label +
                                                       "'; name a report.xml of the same source");
    }
    return baseline;
}

}  // namespace

Policy load_policy(const std::string& name_or_path) {
    std::vector<std::string> known;
    std::map<std::string, std::string> needed;
    for (const checks::Check& check : checks::all_checks()) {
        known.emplace_back(check.id);
        if (!check.needs.empty()) needed.emplace(check.id, check.needs);
    }
    return policies::load_policy(name_or_path, known, needed);
}

std::vector<std::string> copy_marks(const std::vector<Lexicon>& lexicons) {
    std::set<std::string> marks;
    for (const Lexicon& lexicon : lexicons) marks.insert(lexicon.copy_marks.begin(), lexicon.copy_marks.end());
    return {marks.begin(), marks.end()};
}

PreparedSource prepare_source(const Settings& settings, const SourceOptions& options,
                              const Surroundings& surroundings) {
    PreparedSource source;
    source.connection = read_connection(settings, surroundings.environment);
    source.choose_profile = options.profile == "auto";
    if (source.choose_profile) {
        source.profiles = policies::shipped_profiles();
    } else if (options.profile != "none") {
        source.profiles = {policies::load_profile(options.profile)};
    }
    source.lexicons = policies::lexicons_with(options.lexicons);
    source.patterns = policies::patterns_with(options.patterns);
    return source;
}

PreparedAudit prepare_audit(const Settings& settings, const AuditOptions& options, const Surroundings& surroundings) {
    PreparedAudit audit;
    static_cast<PreparedSource&>(audit) = prepare_source(settings, options, surroundings);
    audit.options = options;
    audit.state_directory = state_directory(settings, surroundings);
    audit.policy = load_policy(options.policy);
    audit.trackers = policies::shipped_trackers();
    require_known_names(settings, options, audit.policy);
    require_controller_outside(settings, options, audit.policy);
    for (const HoldFile& file : options.hold_files) audit.hold_lists.push_back(read_hold_list(file));
    audit.baseline = read_baseline(options.baseline, audit.connection.label);
    if (!options.purge.empty()) require_empty(options.purge, "purge");
    audit.options_digest = digest_of_options(options);
    return audit;
}

}  // namespace crmaudit::app
