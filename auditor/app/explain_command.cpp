#include <algorithm>
#include <ostream>
#include <set>

#include "auditor/app/audit_options.h"
#include "auditor/app/columns.h"
#include "auditor/app/commands.h"
#include "auditor/app/example_sql.h"
#include "auditor/app/explain_column.h"
#include "auditor/app/inspect_database.h"
#include "auditor/app/prepare.h"
#include "auditor/checks/check.h"
#include "auditor/classify/classifier.h"
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

/// Where else there is a rule or check of that name.
std::string in_other_policies(const std::string& name) {
    std::string others;
    for (const std::string& shipped : policies::shipped_policy_names()) {
        const Policy policy = load_policy(shipped);
        const bool has = std::any_of(policy.rules.begin(), policy.rules.end(),
                                     [&](const Rule& rule) { return rule.id == name || rule.check == name; });
        if (has) others += (others.empty() ? "" : ", ") + shipped;
    }
    if (others.empty()) return "; rules of that check are in policies of your own: name one with --policy FILE";
    return "; --policy takes those that have it: " + others;
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
        const bool is_check = checks::find_check(name) != nullptr;
        throw Failure(ExitCode::usage, "policy " + policy.name + " has no rule or check '" + name + "'" +
                                           (is_check ? in_other_policies(name) : suggestion(name, names)));
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
    if (rule.purge == PurgeAction::none) return text;
    text += wrapped("purge = " + std::string{to_string(rule.purge)}, "  ");
    std::string roles;
    for (const Role role : rule.emptied) roles += (roles.empty() ? "" : " ") + std::string{to_string(role)};
    return roles.empty() ? text : text + wrapped("empties = " + roles, "  ");
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
    if (const std::string settings = settings_of(rule); !settings.empty()) {
        text += "\n" + words.settings + "\n" + settings;
    }
    if (!sql.empty()) text += "\n" + words.sql + "\n" + sql;
    return text;
}

TableTopic topic_in(const Classification& classification, const TableName& name) {
    const auto found = std::find_if(classification.tables.begin(), classification.tables.end(),
                                    [&](const TableTopic& each) { return each.table == name; });
    return found == classification.tables.end() ? TableTopic{name, Topic::unknown, ""} : *found;
}

bool names(const ColumnClassification& column, const std::string& wanted) {
    return name_of(column) == wanted || column.table.name + "." + field_name_of(column) == wanted;
}

/// The columns that the name fits: several where schemas share a table's name.
std::vector<std::size_t> columns_named(const Classification& classification, const std::string& wanted) {
    std::vector<std::size_t> found;
    std::vector<std::string> known;
    for (std::size_t i = 0; i < classification.columns.size(); ++i) {
        if (names(classification.columns[i], wanted)) found.push_back(i);
        known.push_back(name_of(classification.columns[i]));
        known.push_back(classification.columns[i].table.name + "." + field_name_of(classification.columns[i]));
    }
    if (!found.empty()) return found;
    throw Failure(ExitCode::usage, "the database shows this account no column '" + wanted + "'" +
                                       suggestion(wanted, known) + "; write schema.table.column or table.column");
}

std::string explanations(InspectedDatabase& database, const PreparedSource& source, const std::string& wanted,
                         const reports::Locale& locale) {
    // Names first, to know the column's table; then its values alone are looked at.
    const Classification by_names = classify::NameClassifier{source.lexicons}.classify(database.catalog);
    const auto bracket = wanted.find(" [");
    std::set<TableName> tables;
    for (const std::size_t at : columns_named(by_names, wanted.substr(0, bracket))) {
        tables.insert(by_names.columns[at].table);
    }
    std::string text;
    for (const TableName& name : tables) {
        database.classify(database.catalog.find(name));
        for (const ColumnClassification& each : database.classification.columns) {
            if (each.table != name || !names(each, wanted)) continue;
            text += (text.empty() ? "" : "\n\n") +
                    explain_column(each, topic_in(database.classification, name), database.content, locale);
        }
    }
    if (text.empty()) columns_named(database.classification, wanted);  // throws: a field that is not there
    return text;
}

ExitCode explain_columns(const Settings& settings, const Surroundings& surroundings, const std::string& wanted) {
    const SourceOptions options = read_source_options(settings, surroundings.today);
    const reports::Locale locale{read_language(settings, "en")};
    const PreparedSource source = prepare_source(settings, options, surroundings);
    inspect(source, options, surroundings,
            [&](InspectedDatabase& database) { surroundings.out << explanations(database, source, wanted, locale); });
    return ExitCode::clean;
}

}  // namespace

ExitCode explain_command(const Settings& settings, const Surroundings& surroundings) {
    const auto column = settings.text("column");
    if (column && settings.operands().empty()) return explain_columns(settings, surroundings, *column);
    if (column || settings.operands().size() != 1) {
        throw Failure(ExitCode::usage,
                      "name one rule or check (`crmaudit list rules` shows them), or a column with --column and where "
                      "its database is");
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
    const std::string chosen = settings.text("profile").value_or("auto");
    const Profile profile = policies::load_profile(chosen == "auto" || chosen == "none" ? "suitecrm" : chosen);
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
