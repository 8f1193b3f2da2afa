#include "auditor/engine/audit.h"

#include <algorithm>
#include <set>

#include "auditor/access/evaluation.h"
#include "auditor/access/matrix.h"
#include "auditor/checks/check.h"
#include "auditor/digest/sha256.h"
#include "auditor/engine/bind.h"
#include "auditor/engine/exemptions.h"
#include "auditor/engine/measure.h"
#include "auditor/engine/remedies.h"
#include "auditor/engine/selected.h"
#include "auditor/engine/structure.h"
#include "auditor/engine/suppression_places.h"
#include "auditor/model/reasons.h"
#include "auditor/sql/render.h"

namespace crmaudit::engine {
namespace {

std::string fingerprint(const Finding& finding, const std::string& label) {
    std::string identity = "1";
    for (const std::string* part : {&finding.rule, &label, &finding.object.table.schema, &finding.object.table.name,
                                    &finding.object.column, &finding.object.principal, &finding.object.entity}) {
        identity += '\0';
        identity += *part;
    }
    if (!finding.object.part.empty()) identity += '\0' + finding.object.part;
    // Most findings are about no host; their fingerprints are older than hosts.
    if (!finding.object.host.empty()) identity += '\0' + finding.object.host;
    return digest::sha256(identity);
}

bool is_selected(const AuditInput& input, const Rule& rule) {
    return engine::is_selected(rule, input.only, input.skip);
}

const Acceptance* acceptance(const AuditInput& input, const std::string& rule) {
    const auto found = std::find_if(input.acceptances.begin(), input.acceptances.end(),
                                    [&](const Acceptance& a) { return a.rule == rule && input.run.as_of <= a.until; });
    return found == input.acceptances.end() ? nullptr : &*found;
}

Source source_of(const Catalog& catalog) {
    Source source;
    source.dialect = catalog.dialect;
    source.product = catalog.product;
    source.version = catalog.version;
    source.database = catalog.database;
    source.schema = catalog.default_schema;
    source.account = catalog.account;
    source.structure_hash = structure_hash(catalog);
    source.account_can_write = catalog.account_can_write;
    source.missing_safeguards = catalog.missing_safeguards;
    source.left_out = catalog.left_out;
    source.gaps = catalog.gaps;
    for (const Table& table : catalog.tables) {
        ++source.tables;
        source.columns += static_cast<std::int64_t>(table.columns.size());
        if (!table.consistent && holds_rows(table)) source.inconsistent_tables.push_back(to_string(table.name));
    }
    return source;
}

using Evaluation = std::optional<access::Evaluation>;

/// Absent where the database has no permissions, or shows none of them.
Evaluation evaluated(const AuditInput& input) {
    const Catalog& catalog = input.catalog;
    const bool is_known = catalog.permissions || !catalog.grants.empty() || !catalog.principals.empty();
    if (!catalog.has_permissions || !is_known) return std::nullopt;
    return std::make_optional<access::Evaluation>(catalog, input.classification);
}

checks::CheckInput check_input(const AuditInput& input, const std::vector<Entity>& entities,
                               const Evaluation& evaluation, const Rule& rule,
                               const checks::BoundRows* rows = nullptr) {
    static const std::vector<DeclaredColumn> nothing_declared;
    return {input.catalog,
            input.classification,
            entities,
            input.profile.has_value(),
            input.copy_marks,
            input.declared_purposes,
            input.policy,
            rule,
            input.run.as_of,
            input.content,
            input.profile ? input.profile->columns : nothing_declared,
            input.baseline,
            input.profile && input.profile->discovered,
            input.profile ? input.profile->absent : checks::none_given<std::vector<AbsentKind>>,
            input.location,
            input.hosts,
            input.messages,
            rows,
            input.host_gaps,
            evaluation ? &*evaluation : nullptr,
            input.outlets,
            input.profile && !input.profile->outlets.empty()};
}

checks::Plan plan_rule(const AuditInput& input, const std::vector<Entity>& entities, const Evaluation& evaluation,
                       const Rule& rule, const checks::Check& check) {
    if (!rule.rows) return check.plan(check_input(input, entities, evaluation, rule));
    const checks::BoundRows rows = bind_rows(rule, input.profile, entities, input.catalog);
    return check.plan(check_input(input, entities, evaluation, rule, &rows));
}

/// The laws that the rules rest on, in the policy's order; then those that it does not describe, which nobody verified.
std::vector<Law> laws_of(const Policy& policy) {
    std::set<std::string> cited;
    for (const Rule& rule : policy.rules) {
        for (const LegalBasis& basis : rule.basis) cited.insert(basis.law);
    }
    std::vector<Law> laws;
    for (const Law& law : policy.laws) {
        if (cited.erase(law.name) != 0) laws.push_back(law);
    }
    for (const std::string& name : cited) laws.push_back({name, "", "", false, {}});
    return laws;
}

/// Every table with its columns, for the audit that comes after this one.
std::vector<SeenTable> seen_tables(const Catalog& catalog) {
    std::vector<SeenTable> seen;
    for (const Table& table : catalog.tables) {
        SeenTable& entry = seen.emplace_back();
        entry.name = table.name;
        for (const Column& column : table.columns) entry.columns.push_back(column.name);
    }
    return seen;
}

std::vector<RuleRun> plan_rules(const AuditInput& input, const std::vector<Entity>& entities,
                                const Evaluation& evaluation) {
    std::vector<RuleRun> runs;
    for (const Rule& rule : input.policy.rules) {
        RuleRun run;
        run.rule = &rule;
        run.check = checks::find_check(rule.check);
        if (!is_selected(input, rule)) {
            run.gaps.push_back({"", std::string{reasons::left_out}});
        } else if (run.check == nullptr) {
            run.failure = "unknown check " + rule.check;
        } else {
            try {
                run.plan = plan_rule(input, entities, evaluation, rule, *run.check);
                run.gaps = run.plan.gaps;
            } catch (const std::exception& error) {
                run.failure = error.what();
            }
        }
        runs.push_back(std::move(run));
    }
    return runs;
}

/// How many values are of a kind is told only where it is not few: a single one might be somebody.
ColumnClassification without_small_cells(ColumnClassification column) {
    constexpr std::int64_t fewest = 5;
    if (column.content) {
        std::erase_if(column.content->patterns,
                      [](const PatternCount& each) { return each.whole + each.within < fewest; });
    }
    return column;
}

void finish(Finding& finding, const AuditInput& input, const Counted& counted, const sql::Renderer& renderer) {
    finding.fingerprint = fingerprint(finding, input.run.label);
    if (!finding.rows) return;
    const auto entity = std::find_if(counted.entities.begin(), counted.entities.end(),
                                     [&](const Entity& each) { return each.name == finding.rows->entity; });
    if (entity != counted.entities.end()) {
        finding.evidence_sql = renderer.evidence(*entity, *finding.rows);
    }
}

RuleOutcome outcome_of(const RuleRun& run, bool found, const AuditInput& input) {
    RuleOutcome outcome{run.rule->id, run.rule->check, OutcomeStatus::clean, run.gaps, "", false, ""};
    if (run.failure) {
        outcome.status = OutcomeStatus::failed;
        outcome.reason = *run.failure;
    } else if (found) {
        outcome.status = OutcomeStatus::found;
    } else if (!run.gaps.empty()) {
        outcome.status = OutcomeStatus::not_checked;
    } else if (run.plan.not_applicable) {
        outcome.status = OutcomeStatus::not_applicable;
        outcome.reason = *run.plan.not_applicable;
    }
    if (!is_selected(input, *run.rule)) {
        outcome.accepted = true;
        outcome.accepted_reason = reasons::left_out;
    } else if (const Acceptance* accepted = acceptance(input, run.rule->id)) {
        outcome.accepted = outcome.status == OutcomeStatus::not_checked || outcome.status == OutcomeStatus::failed ||
                           !outcome.gaps.empty();
        if (outcome.accepted) outcome.accepted_reason = accepted->reason;
    }
    return outcome;
}

/// What the rules that revoking mends would find with other permissions.
std::vector<Finding> judged_again(const AuditInput& input, const std::vector<Entity>& entities,
                                  const std::vector<RuleRun>& runs, const access::Evaluation& evaluation) {
    const Evaluation changed{evaluation};
    std::vector<Finding> findings;
    for (const RuleRun& run : runs) {
        const bool is_asked = run.check != nullptr && !run.failure && is_selected(input, *run.rule);
        if (!is_asked || !is_mended_by_revoking(run.check->id)) continue;
        const checks::CheckInput changed_input = check_input(input, entities, changed, *run.rule);
        for (Finding& finding : run.check->judge(changed_input, run.plan, run.measured)) {
            findings.push_back(std::move(finding));
        }
    }
    return findings;
}

}  // namespace

AuditResult audit(const AuditInput& input, const sql::Grammar& grammar, sql::QueryPort& port) {
    AuditResult result;
    result.run = input.run;
    result.source = source_of(input.catalog);
    if (const Acceptance* accepted = acceptance(input, "source")) result.source.gaps_accepted_reason = accepted->reason;
    result.rules = input.policy.rules;
    // Findings hold the rows themselves, bound to this database.
    for (Rule& rule : result.rules) rule.rows.reset();
    result.laws = laws_of(input.policy);
    if (input.profile) {
        result.run.profile = input.profile->name;
        result.run.profile_title = input.profile->title;
        result.run.profile_digest = input.profile->digest;
        result.run.profile_discovered = input.profile->discovered;
        result.statements = input.profile->statements;
    }
    std::vector<Entity> entities = input.profile ? bind(*input.profile, input.catalog) : std::vector<Entity>{};
    const sql::Renderer renderer{grammar, input.run.as_of, input.holds};
    const Exemptions exemptions{input, entities, renderer, port};

    const Evaluation evaluation = evaluated(input);
    if (input.catalog.permissions) result.access_matrix = access::matrix_of(*evaluation);
    std::vector<RuleRun> runs = plan_rules(input, entities, evaluation);
    exemptions.restrict_to_kept(runs);
    runs.push_back(exemptions.counting_run(entities));
    Counted counted = measure(runs, entities, renderer, port, exemptions.kept());
    exemptions.tell(runs.back(), result);
    runs.pop_back();
    result.location = input.location;

    for (RuleRun& run : runs) {
        std::vector<Finding> findings;
        if (run.check != nullptr && !run.failure && is_selected(input, *run.rule)) {
            findings = run.check->judge(check_input(input, entities, evaluation, *run.rule), run.plan, run.measured);
        }
        result.outcomes.push_back(outcome_of(run, !findings.empty(), input));
        for (Finding& finding : findings) {
            finish(finding, input, counted, renderer);
            result.findings.push_back(std::move(finding));
        }
    }
    sort_findings(result.findings);
    if (evaluation) {
        result.remedies = find_remedies(
            *evaluation, result.findings, input.catalog, input.classification,
            [&](const access::Evaluation& changed) { return judged_again(input, entities, runs, changed); });
    }
    for (const ColumnClassification& column : input.classification.columns) {
        if (column.category != Category::none) result.inventory.push_back(without_small_cells(column));
    }
    for (const Purpose& purpose : input.policy.purposes) {
        const auto& declared = input.declared_purposes;
        if (std::find(declared.begin(), declared.end(), purpose.id) != declared.end()) {
            result.purposes.push_back(purpose);
        }
    }
    result.content = input.content;
    result.inventory_gaps = input.inventory_gaps;
    result.seen = seen_tables(input.catalog);
    result.persons = std::move(counted.persons);
    result.consent = std::move(counted.consent);
    result.entities = std::move(counted.entities);
    result.evidence_kept = input.policy.evidence_kept;
    if (input.profile) result.suppression = bound_places(*input.profile, input.catalog);
    result.tables = touched_tables(result.entities, result.suppression, input.catalog);
    return result;
}

}  // namespace crmaudit::engine
