#include <ostream>

#include "auditor/app/audit_options.h"
#include "auditor/app/columns.h"
#include "auditor/app/commands.h"
#include "auditor/app/prepare.h"
#include "auditor/checks/check.h"
#include "auditor/model/suggestion.h"
#include "connectors/database.h"
#include "policies/load.h"

namespace crmaudit::app {
namespace {

using Rows = std::vector<std::vector<std::string>>;

/// By the policy's rule of the check; by another policy's where it has none.
Rows list_checks(const Policy& policy, const std::string& language) {
    std::vector<Rule> rules = policy.rules;
    for (const std::string& name : policies::shipped_policy_names()) {
        const Policy other = load_policy(name);
        rules.insert(rules.end(), other.rules.begin(), other.rules.end());
    }
    Rows rows;
    for (const checks::Check& check : checks::all_checks()) {
        std::string title;
        for (const Rule& rule : rules) {
            if (rule.check == check.id && title.empty()) title = in_language(rule.texts.title, language);
        }
        rows.push_back({std::string{check.id}, title});
    }
    return rows;
}

Rows list_rules(const Policy& policy, const std::string& language) {
    Rows rows;
    for (const Rule& rule : policy.rules) {
        std::string basis;
        for (const LegalBasis& each : rule.basis) {
            basis += (basis.empty() ? "" : ", ") + each.law + " " + each.article;
        }
        rows.push_back({rule.id, std::string{to_string(rule.severity)}, basis,
                        std::string{in_language(rule.texts.title, language)}});
    }
    return rows;
}

Rows list_policies(const std::string& language) {
    Rows rows;
    for (const std::string& name : policies::shipped_policy_names()) {
        const Policy policy = load_policy(name);
        rows.push_back({name, policy.parents.empty() ? "" : "on " + policy.parents.front(),
                        std::to_string(policy.rules.size()) + " rules",
                        std::string{in_language(policy.title, language)}});
    }
    return rows;
}

Rows list_profiles() {
    Rows rows;
    for (const std::string& name : policies::shipped_profile_names()) {
        const Profile profile = policies::load_profile(name);
        rows.push_back({name, profile.title, profile.versions});
    }
    return rows;
}

Rows one_column(const std::vector<std::string>& names) {
    Rows rows;
    for (const std::string& name : names) rows.push_back({name});
    return rows;
}

Rows list_categories() {
    Rows rows;
    for (const Category category : all_categories()) {
        if (category == Category::none) continue;
        rows.push_back({std::string{to_string(category)}, is_special(category) ? "special" : ""});
    }
    return rows;
}

}  // namespace

ExitCode list_command(const Settings& settings, const Surroundings& surroundings) {
    const std::vector<std::string> topics{"checks", "rules", "policies", "profiles", "dialects", "categories"};
    if (settings.operands().size() != 1) {
        throw Failure(ExitCode::usage, "name one of checks, rules, policies, profiles, dialects, categories");
    }
    const std::string& topic = settings.operands().front();
    const std::string language = read_language(settings, "en");
    const auto policy = [&] { return load_policy(settings.text("policy").value_or("gdpr")); };
    Rows rows;
    if (topic == "checks") {
        rows = list_checks(policy(), language);
    } else if (topic == "rules") {
        rows = list_rules(policy(), language);
    } else if (topic == "policies") {
        rows = list_policies(language);
    } else if (topic == "profiles") {
        rows = list_profiles();
    } else if (topic == "dialects") {
        rows = one_column(connectors::dialect_names());
    } else if (topic == "categories") {
        rows = list_categories();
    } else {
        throw Failure(ExitCode::usage, "there is no list of '" + topic + "'" + suggestion(topic, topics));
    }
    surroundings.out << in_columns(rows);
    return ExitCode::clean;
}

}  // namespace crmaudit::app
