#include "auditor/app/erasure.h"

#include <algorithm>
#include <charconv>
#include <map>

#include "auditor/app/purge_scripts.h"
#include "auditor/engine/audit.h"
#include "auditor/engine/bind.h"
#include "auditor/sql/render.h"
#include "reports/locale.h"
#include "reports/purge/files.h"
#include "reports/purge/readme.h"
#include "reports/result_xml.h"

namespace crmaudit::app {
namespace {

using reports::purge::Limits;
using reports::purge::Plan;
using reports::purge::Refusal;

constexpr const char* rule_id = "erasure_request";

/// One rule for each entity, which selects the rows of the keys and nothing else.
Policy policy_for(const std::vector<SubjectPerson>& persons, const std::vector<Entity>& entities,
                  const Catalog& catalog, const Run& run) {
    Policy policy;
    policy.name = run.policy;
    policy.digest = run.policy_digest;
    std::map<std::string, std::vector<Condition>> keys;
    for (const SubjectPerson& person : persons) {
        const Table* table = catalog.find(person.table);
        const auto entity = std::find_if(entities.begin(), entities.end(),
                                         [&](const Entity& each) { return each.name == person.entity; });
        if (table == nullptr || entity == entities.end()) continue;
        std::vector<Condition> same;
        for (std::size_t i = 0; i < person.key.size(); ++i) {
            const Column* found = table->find(entity->key[i]);
            const ColumnKind kind = found == nullptr ? ColumnKind::unknown : found->kind;
            same.push_back({OneOf{column(entity->key[i], kind), {person.key[i]}}});
        }
        keys[person.entity].push_back(all(std::move(same)));
    }
    for (auto& [entity, conditions] : keys) {
        Rule rule;
        rule.id = keys.size() == 1 ? rule_id : std::string{rule_id} + "_" + entity;
        rule.check = "custom";
        rule.purge = PurgeAction::person;
        Selection rows;
        rows.entity.name = entity;
        rows.where = any(std::move(conditions));
        rule.rows = std::move(rows);
        policy.rules.push_back(std::move(rule));
    }
    return policy;
}

bool is_held(const SubjectPerson& person, const std::vector<HoldList>& lists) {
    return std::any_of(lists.begin(), lists.end(), [&](const HoldList& list) {
        return list.file.entity == person.entity && person.key.size() == 1 &&
               std::any_of(list.keys.begin(), list.keys.end(),
                           [&](const HeldKey& each) { return each.key == person.key.front(); });
    });
}

/// A key that differs in case alone may be another's: then as many rows are found as nobody asked for.
bool is_exact(const AuditResult& result, const std::vector<SubjectPerson>& persons) {
    return std::all_of(result.findings.begin(), result.findings.end(), [&](const Finding& finding) {
        const auto asked = std::count_if(persons.begin(), persons.end(), [&](const SubjectPerson& each) {
            return finding.rows && each.entity == finding.rows->entity;
        });
        return finding.affected == asked;
    });
}

/// Why persons of the plan would be spared as the database is now; empty where all of them go.
std::vector<std::string> reasons_to_spare(const Plan& plan, Date as_of, InspectedDatabase& database,
                                          const reports::Locale& locale) {
    const sql::Renderer renderer{database.grammar(), as_of};
    std::vector<std::string> reasons;
    for (const reports::purge::Step& step : plan.steps) {
        std::vector<sql::Measure> measures;
        for (const reports::purge::Spared& each : step.spared) {
            measures.push_back({sql::Measure::What::count, all({step.found, each.condition}), ""});
        }
        if (measures.empty()) continue;
        const auto rows = database.port().select(renderer.measure(step.entity, measures).named("subject"));
        for (std::size_t i = 0; i < measures.size(); ++i) {
            if (rows.at(0).at(i).value_or("0") == "0") continue;
            reasons.push_back(locale.text(
                "subject.erase.spared",
                {{"entity", step.entity.name}, {"why", locale.text("purge.spared." + step.spared[i].why)}}));
        }
    }
    return reasons;
}

AuditResult audited(const engine::AuditInput& input, InspectedDatabase& database) {
    try {
        return engine::audit(input, database.grammar(), database.port());
    } catch (const engine::HoldError& error) {
        throw Failure(ExitCode::bad_configuration, error.what());
    }
}

}  // namespace

ErasureOptions read_erasure_options(const Settings& settings, Date as_of) {
    const std::string text = settings.text("valid-days").value_or("");
    int days = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), days);
    if (error != std::errc{} || end != text.data() + text.size() || days < 0 || days > 366) {
        throw settings.bad("valid-days", "must be a whole number from 0 to 366");
    }
    ErasureOptions options;
    options.limits.valid_until = std::chrono::sys_days{as_of} + std::chrono::days{days};
    options.limits.tolerance = 0;    // nobody else
    options.limits.max_share = 100;  // of a small table one row may be all
    options.limits.on_request = true;
    options.limits.accept_relationship = settings.is_set("accept-relationship");
    options.limits.accept_no_relationship = options.limits.accept_relationship;
    options.limits.accept_lost_objections = settings.is_set("accept-lost-objections");
    options.limits.accept_triggers = settings.is_set("accept-triggers");
    options.limits.suppression_key = read_key_file(settings);
    options.hold_tables = read_hold_tables(settings);
    for (const HoldFile& file : read_hold_files(settings)) options.hold_lists.push_back(read_hold_list(file));
    return options;
}

namespace {

Source source_of(const sql::Grammar& grammar, const Catalog& catalog) {
    Source source;
    source.dialect = grammar.name();
    source.product = catalog.product;
    return source;
}

}  // namespace

Erasure erase(const std::vector<SubjectPerson>& persons, const Run& run, const ErasureOptions& options,
              const std::vector<std::string>& copy_marks, InspectedDatabase& database) {
    Erasure erasure;
    const reports::Locale locale{options.language};
    const auto refuse = [&](const char* reason) { erasure.refusals.push_back(locale.text(reason)); };
    const sql::Grammar& grammar = database.grammar();
    const Catalog& catalog = database.catalog;
    const Source source = source_of(grammar, catalog);
    if (!reports::purge::has_client(source, grammar)) {
        refuse("subject.erase.no_client");
    } else {
        require_plain_key_file(options.limits, source, grammar);
    }
    for (const SubjectPerson& each : persons) {
        if (is_held(each, options.hold_lists)) refuse("subject.erase.held");
    }
    if (!erasure.refusals.empty() || persons.empty() || !database.profile) return erasure;

    const Policy policy = policy_for(persons, engine::bind(*database.profile, catalog), catalog, run);
    engine::AuditInput input{run, catalog, database.classification, policy, database.profile, copy_marks, {}, {},
                             {},  {}};
    input.hold_tables = options.hold_tables;
    const AuditResult result = audited(input, database);
    if (result.findings.size() != policy.rules.size() || !is_exact(result, persons)) {
        refuse("subject.erase.not_exact");
        return erasure;
    }
    Plan plan = reports::purge::make_plan(result, options.limits);
    reports::purge::refuse_misread(result.source, grammar, plan);
    for (const Refusal& each : plan.refusals) erasure.refusals.push_back(reports::purge::explain(each, locale));
    for (std::string& each : reasons_to_spare(plan, run.as_of, database, locale)) {
        erasure.refusals.push_back(std::move(each));
    }
    if (!erasure.refusals.empty()) return erasure;  // all of somebody's rows, or none
    const std::string checksum = reports::checksum_of(reports::write_result_xml(result));
    for (auto& file : reports::purge::purge_files(result, checksum, plan, options.limits, grammar, options.language)) {
        erasure.files.push_back({std::move(file.name), std::move(file.content)});
    }
    return erasure;
}

}  // namespace crmaudit::app
