#include <ostream>

#include "auditor/app/audit_options.h"
#include "auditor/app/columns.h"
#include "auditor/app/commands.h"
#include "auditor/app/example_sql.h"
#include "auditor/app/prepare.h"
#include "auditor/model/suggestion.h"
#include "connectors/database.h"
#include "policies/load.h"

namespace crmaudit::app {
namespace {

struct Headings {
    std::string severity, basis, what, why, remedy, false_positives, settings, sql;
};

Headings headings(const std::string& language) {
    if (language == "de") {
        return {"Schweregrad",   "Rechtsgrundlage",
                "Was",           "Warum",
                "Abhilfe",       "Wann der Befund falsch sein kann",
                "Einstellungen", "SQL"};
    }
    return {"Severity", "Legal basis", "What", "Why", "Remedy", "When it may be wrong", "Settings", "SQL"};
}

std::vector<const Rule*> rules_named(const Policy& policy, const std::string& name) {
    if (const Rule* rule = policy.find(name)) return {rule};
    std::vector<const Rule*> rules;
    std::vector<std::string> names;
    for (const Rule& rule : policy.rules) {
        if (rule.check == name) rules.push_back(&rule);
        names.push_back(rule.id);
    }
    if (rules.empty()) {
        throw Failure(ExitCode::usage,
                      "policy " + policy.name + " has no rule or check '" + name + "'" + suggestion(name, names));
    }
    return rules;
}

std::string basis_of(const Rule& rule) {
    std::string text;
    for (const LegalBasis& each : rule.basis) text += (text.empty() ? "" : ", ") + each.law + " " + each.article;
    return text;
}

std::string settings_of(const Rule& rule) {
    std::string text;
    for (const auto& [name, value] : rule.parameters) {
        std::string shown = value;
        for (char& c : shown) {
            if (c == '\n') c = '|';
        }
        text += wrapped(name + " = " + shown, "  ");
    }
    return text;
}

std::string explanation(const Rule& rule, const std::string& language, const std::string& sql) {
    const Headings words = headings(language);
    const auto section = [&](const std::string& heading, const Texts& texts) {
        const std::string body{in_language(texts, language)};
        return body.empty() ? std::string{} : "\n" + heading + "\n" + wrapped(body, "  ");
    };
    std::string text = rule.id + ": " + std::string{in_language(rule.texts.title, language)} + "\n\n";
    text += words.severity + ": " + std::string{to_string(rule.severity)} + "\n";
    text += words.basis + ": " + basis_of(rule) + "\n";
    text += section(words.what, rule.texts.what) + section(words.why, rule.texts.why) +
            section(words.remedy, rule.texts.remedy) + section(words.false_positives, rule.texts.false_positives);
    if (!rule.parameters.empty()) text += "\n" + words.settings + "\n" + settings_of(rule);
    if (!sql.empty()) text += "\n" + words.sql + "\n" + sql;
    return text;
}

}  // namespace

ExitCode explain_command(const Settings& settings, const Surroundings& surroundings) {
    if (settings.operands().size() != 1) {
        throw Failure(ExitCode::usage, "name one rule or check; `crmaudit list rules` shows them");
    }
    const std::string language = read_language(settings, "en");
    const Policy policy = load_policy(settings.text("policy").value_or("gdpr"));
    const auto rules = rules_named(policy, settings.operands().front());
    const std::string dialect = settings.text("dialect").value_or("postgresql");
    const sql::Grammar* grammar = connectors::find_grammar(dialect);
    if (grammar == nullptr) {
        throw settings.bad("dialect",
                           "there is no dialect '" + dialect + "'" + suggestion(dialect, connectors::dialect_names()));
    }
    const Profile profile = policies::load_profile(settings.text("profile").value_or("suitecrm"));
    bool first = true;
    for (const Rule* rule : rules) {
        if (!first) surroundings.out << "\n\n";
        first = false;
        surroundings.out << explanation(*rule, language,
                                        example_sql(policy, *rule, profile, *grammar, surroundings.today));
    }
    return ExitCode::clean;
}

}  // namespace crmaudit::app
