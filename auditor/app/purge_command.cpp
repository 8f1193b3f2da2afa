#include <algorithm>

#include "auditor/app/commands.h"
#include "auditor/app/files.h"
#include "auditor/app/prepare.h"
#include "auditor/app/purge_scripts.h"
#include "auditor/app/source_options.h"
#include "auditor/model/wildcard.h"
#include "reports/result_xml.h"

namespace crmaudit::app {
namespace {

/// What goes along with a grant of a kept rule stays beside it: whatever depends on nothing that is kept is harmless to
/// keep too, for it would be gone with its source.
void keep_only(Remedies& remedies, const std::vector<std::string>& patterns) {
    std::erase_if(remedies.unmended, [&](const Unmended& each) { return !matches_any(each.rule, patterns); });
    const auto is_kept = [&](const Revocation& each) {
        return std::any_of(each.rules.begin(), each.rules.end(),
                           [&](const std::string& rule) { return matches_any(rule, patterns); });
    };
    // Dependent grants stand right before the one that they were given from.
    bool keeps = false;
    std::vector<Revocation> kept;
    for (auto each = remedies.revocations.rbegin(); each != remedies.revocations.rend(); ++each) {
        if (!each->depends) keeps = is_kept(*each);
        if (keeps || is_kept(*each)) kept.push_back(*each);
    }
    remedies.revocations.assign(kept.rbegin(), kept.rend());
}

void keep_only(AuditResult& result, const std::vector<std::string>& patterns) {
    if (patterns.empty()) return;
    std::erase_if(result.findings, [&](const Finding& finding) { return !matches_any(finding.rule, patterns); });
    keep_only(result.remedies, patterns);
}

/// The policy to compare with: the one that is named, or the one that an audit with this configuration would use.
std::optional<std::string> policy_to_compare(const Settings& settings) {
    if (const auto named = settings.text("policy")) return named;
    if (!settings.text("config")) return std::nullopt;
    return std::string{find_option(*find_command("audit"), "policy")->fallback};
}

/// Where the rules have changed since the audit, its findings do not say who has to go.
void require_same_policy(const Settings& settings, const Run& run) {
    const auto named = policy_to_compare(settings);
    if (!named) return;
    const Policy policy = load_policy(*named);
    if (policy.digest == run.policy_digest) return;
    const std::string why = policy.name == run.policy
                                ? "the policy " + policy.name + " has changed since the audit, its digest is " +
                                      policy.digest.substr(0, 12) + ", the result's is " +
                                      run.policy_digest.substr(0, 12)
                                : "the result rests on the policy " + run.policy + ", not on " + policy.name;
    throw Failure(ExitCode::bad_configuration, why + "; audit again with the policy that holds now");
}

}  // namespace

ExitCode purge_command(const Settings& settings, const Surroundings& surroundings) {
    if (settings.operands().size() != 1) {
        throw Failure(ExitCode::usage, "name one result, for instance: crmaudit purge report.xml --out purge");
    }
    const auto directory = settings.text("out");
    if (!directory) throw Failure(ExitCode::usage, "give the directory for the scripts: --out DIR");
    require_empty(*directory, "out");
    const std::string& path = settings.operands().front();
    const std::string xml = read_file(path, "result");
    AuditResult result = reports::read_result_xml(path, xml);
    const auto limits = read_purge_limits(settings, result.run.as_of);
    require_valid(limits, result.run.as_of, surroundings.today);
    require_same_policy(settings, result.run);
    keep_only(result, settings["only"].values);
    const std::string language = read_language(settings, result.run.language.empty() ? "en" : result.run.language);
    return write_purge_scripts(result, reports::checksum_of(xml), limits, *directory, language, surroundings.err);
}

}  // namespace crmaudit::app
