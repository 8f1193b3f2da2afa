#include <string_view>

#include "auditor/xml/entity_xml.h"
#include "auditor/xml/text.h"
#include "reports/access_xml.h"
#include "reports/deletions_xml.h"
#include "reports/keepsakes_xml.h"
#include "reports/remedies_xml.h"
#include "reports/result_document.h"
#include "reports/result_xml.h"
#include "reports/set_xml.h"

namespace crmaudit::reports {
namespace {

using pugi::xml_node;

void add_localised(xml_node parent, const char* name, const Texts& texts) {
    for (const auto& [language, text] : texts) set(add_text(parent, name, text), "lang", language);
}

template <typename Gaps>
void add_gaps(xml_node parent, const Gaps& gaps) {
    for (const auto& gap : gaps) {
        const xml_node node = parent.append_child("gap");
        set(node, "object", gap.object);
        set(node, "reason", gap.reason);
    }
}

void add_run(xml_node root, const AuditResult& result) {
    const Run& run = result.run;
    const xml_node node = root.append_child("run");
    set(node, "tool-version", run.tool_version);
    set(node, "as-of", to_string(run.as_of));
    set(node, "label", run.label);
    set(node, "policy", run.policy);
    set(node, "policy-digest", run.policy_digest);
    set(node, "profile", run.profile);
    set(node, "profile-title", run.profile_title);
    set(node, "profile-digest", run.profile_digest);
    if (run.profile_discovered) set(node, "profile-discovered", true);
    set(node, "options-digest", run.options_digest);
    set(node, "language", run.language);
    if (run.migration) set(node, "migration", true);
    set(node, "baseline-as-of", result.baseline_as_of);
}

void add_verdict(xml_node root, const AuditResult& result) {
    xml_node node = root.append_child("verdict");
    set(node, "complete", !is_incomplete(result));
    if (const auto highest = worst(result)) set(node, "worst", to_string(*highest));
    for (const Severity severity : {Severity::critical, Severity::high, Severity::medium, Severity::low}) {
        const xml_node findings = node.append_child("findings");
        set(findings, "severity", to_string(severity));
        set(findings, "count", count_open(result, severity));
    }
}

void add_source(xml_node root, const Source& source) {
    const xml_node node = root.append_child("source");
    set(node, "dialect", source.dialect);
    set(node, "product", source.product);
    set(node, "version", source.version);
    set(node, "database", source.database);
    set(node, "schema", source.schema);
    set(node, "account", source.account);
    set(node, "structure-hash", source.structure_hash);
    set(node, "tables", source.tables);
    set(node, "columns", source.columns);
    set_unless_empty(node, "gaps-accepted", source.gaps_accepted_reason);
    add_texts(node, "can-write", source.account_can_write);
    add_texts(node, "missing-safeguard", source.missing_safeguards);
    add_texts(node, "inconsistent-table", source.inconsistent_tables);
    add_texts(node, "left-out", source.left_out);
    add_gaps(node, source.gaps);
}

void add_rule(xml_node rules, const Rule& rule) {
    xml_node node = rules.append_child("rule");
    set(node, "id", rule.id);
    set(node, "check", rule.check);
    set(node, "severity", to_string(rule.severity));
    if (rule.purge != PurgeAction::none) set(node, "purge", to_string(rule.purge));
    for (const Role role : rule.emptied) add_text(node, "empties", std::string{to_string(role)});
    for (const LegalBasis& basis : rule.basis) {
        const xml_node article = node.append_child("basis");
        set(article, "law", basis.law);
        set(article, "article", basis.article);
    }
    for (const auto& [name, value] : rule.parameters) set(add_text(node, "parameter", value), "name", name);
    add_localised(node, "title", rule.texts.title);
    add_localised(node, "what", rule.texts.what);
    add_localised(node, "why", rule.texts.why);
    add_localised(node, "remedy", rule.texts.remedy);
    add_localised(node, "false-positives", rule.texts.false_positives);
}

void add_laws(xml_node root, const std::vector<Law>& laws) {
    if (laws.empty()) return;
    xml_node all = root.append_child("laws");
    for (const Law& law : laws) {
        const xml_node node = all.append_child("law");
        set(node, "name", law.name);
        set(node, "reference", law.reference);
        set_unless_empty(node, "checked", law.checked);
        set(node, "verified", law.verified);
        add_localised(node, "note", law.note);
    }
}

void add_outcome(xml_node outcomes, const RuleOutcome& outcome) {
    const xml_node node = outcomes.append_child("outcome");
    set(node, "rule", outcome.rule);
    set(node, "check", outcome.check);
    set(node, "status", to_string(outcome.status));
    set_unless_empty(node, "reason", outcome.reason);
    if (outcome.accepted) set(node, "accepted", outcome.accepted_reason);
    add_gaps(node, outcome.gaps);
}

void add_operands(xml_node rows, const char* name, const std::vector<Operand>& operands) {
    for (const Operand& each : operands) {
        const xml_node operand = rows.append_child(name);
        set(operand, each.source == Operand::Source::column ? "column" : "attribute", each.name);
        set(operand, "kind", to_string(each.kind));
    }
}

void add_finding(xml_node findings, const Finding& finding) {
    xml_node node = findings.append_child("finding");
    set(node, "rule", finding.rule);
    set(node, "check", finding.check);
    set(node, "severity", to_string(finding.severity));
    set(node, "state", to_string(finding.state));
    set(node, "schema", finding.object.table.schema);
    set(node, "table", finding.object.table.name);
    set(node, "column", finding.object.column);
    set(node, "principal", finding.object.principal);
    set_unless_empty(node, "entity", finding.object.entity);
    set_unless_empty(node, "part", finding.object.part);
    set_unless_empty(node, "host", finding.object.host);
    if (finding.category) set(node, "category", to_string(*finding.category));
    set(node, "affected", finding.affected);
    if (finding.affected_before) set(node, "affected-before", *finding.affected_before);
    set(node, "total", finding.total);
    set(node, "persons", finding.persons);
    if (finding.sampled) set(node, "sampled", true);
    if (finding.oldest) set(node, "oldest", to_string(*finding.oldest));
    set(node, "fingerprint", finding.fingerprint);
    for (const NamedCount& detail : finding.details) {
        const xml_node count = node.append_child("detail");
        set(count, "name", detail.name);
        set(count, "count", detail.count);
    }
    add_texts(node, "fact", finding.facts);
    for (const AgeBar& bar : finding.ages) {
        const xml_node age = node.append_child("age");
        set(age, "from", std::to_string(bar.from));
        set(age, "to", std::to_string(bar.to));
        set(age, "all", bar.all);
        set(age, "affected", bar.affected);
    }
    if (finding.rows) {
        xml_node rows = node.append_child("rows");
        set(rows, "entity", finding.rows->entity);
        xml::write_condition(rows, finding.rows->condition);
        add_operands(rows, "unique-over", finding.rows->unique_over);
        add_operands(rows, "shared-over", finding.rows->shared_over);
    }
    if (!finding.evidence_sql.empty()) add_text(node, "evidence", finding.evidence_sql);
}

void add_persons(xml_node root, const PersonsAffected& persons) {
    xml_node node = root.append_child("persons");
    set(node, "entity", persons.entity);
    set(node, "total", persons.total);
    set(node, "affected", persons.affected);
    for (const auto& [severity, count] : persons.by_severity) {
        const xml_node with = node.append_child("with");
        set(with, "severity", to_string(severity));
        set(with, "count", count);
    }
}

void add_counts(xml_node node, const char* name, const std::vector<NamedCount>& counts) {
    for (const NamedCount& each : counts) {
        const xml_node count = node.append_child(name);
        set(count, "column", each.name);
        set(count, "count", each.count);
    }
}

void add_consent(xml_node root, const ConsentCount& consent) {
    xml_node node = root.append_child("consent");
    set(node, "entity", consent.entity);
    set(node, "purpose", consent.purpose);
    set(node, "granted", consent.granted);
    set(node, "refused", consent.refused);
    set(node, "unknown", consent.unknown);
    add_counts(node, "granted-by", consent.granted_by);
    add_counts(node, "refused-by", consent.refused_by);
}

void add_location(xml_node root, const DeclaredLocation& location) {
    if (location == DeclaredLocation{}) return;
    xml_node node = root.append_child("location");
    set_unless_empty(node, "country", location.country);
    set_unless_empty(node, "operator", location.operator_name);
    set_unless_empty(node, "processor-contract", location.processor_contract);
    add_texts(node, "declared-host", location.hosts);
}

void add_exemptions(xml_node root, const AuditResult& result) {
    if (result.residency) {
        xml_node residency = root.append_child("residency");
        set(residency, "controller", result.residency->controller);
        add_texts(residency, "inside", result.residency->inside);
    }
    for (const LeftOut& left_out : result.left_out) {
        xml_node node = root.append_child("persons-left-out");
        set(node, "entity", left_out.entity);
        set(node, "persons", left_out.persons);
        set_unless_empty(node, "reason", left_out.reason);
        add_texts(node, "fact", left_out.facts);
    }
    for (const HeldBack& held : result.held_back) {
        const xml_node node = root.append_child("held-back");
        set(node, "entity", held.entity);
        set(node, "why", held.why);
        set_unless_empty(node, "by", held.by);
        set(node, "persons", held.persons);
    }
}

void add_statement(xml_node root, const Statement& statement) {
    const xml_node node = root.append_child("statement");
    set(node, "topic", statement.topic);
    set(node, "source", statement.source);
    add_localised(node, "text", statement.texts);
}

void add_foreign_key(xml_node parent, const ForeignKey& key) {
    const xml_node node = parent.append_child("foreign-key");
    set(node, "name", key.name);
    set(node, "schema", key.referenced.schema);
    set(node, "table", key.referenced.name);
    set(node, "on-delete", key.on_delete);
    add_texts(node, "column", key.columns);
    add_texts(node, "references", key.referenced_columns);
}

void add_table(xml_node tables, const TouchedTable& table) {
    xml_node node = tables.append_child("table");
    set(node, "schema", table.name.schema);
    set(node, "name", table.name.name);
    if (!table.is_table) set(node, "is-table", false);
    add_texts(node, "primary-key", table.primary_key);
    for (const TouchedColumn& each : table.columns) {
        const xml_node column = node.append_child("column");
        set(column, "name", each.name);
        set(column, "type", each.type);
        set(column, "nullable", each.nullable);
        set(column, "kind", to_string(each.kind));
        if (each.unique) set(column, "unique", true);
    }
    for (const ForeignKey& key : table.foreign_keys) add_foreign_key(node, key);
    for (std::size_t i = 0; i < table.referenced_by.size(); ++i) {
        const xml_node other = node.append_child("referenced-by");
        set(other, "schema", table.referenced_by[i].schema);
        set(other, "table", table.referenced_by[i].name);
        add_foreign_key(other, table.referenced_by_keys[i]);
    }
}

void add_content(xml_node root, const ContentScan& content) {
    xml_node node = root.append_child("content");
    set(node, "extent", to_string(content.extent));
    set(node, "seed", std::to_string(content.seed));
    set(node, "rows", content.rows);
    set(node, "longest-value", content.longest_value);
    for (const TableSample& sample : content.samples) {
        const xml_node table = node.append_child("sample");
        set(table, "schema", sample.table.schema);
        set(table, "table", sample.table.name);
        set(table, "method", to_string(sample.method));
        set(table, "read", sample.rows_read);
        set(table, "rows", sample.rows_total);
    }
    add_gaps(node, content.gaps);
}

void add_numbers(xml_node node, const ColumnClassification& column) {
    if (column.field) {
        const xml_node field = node.append_child("field");
        set(field, "name", column.field->name);
        set(field, "key-column", column.field->key_column);
        set(field, "key-value", column.field->key_value);
    }
    if (column.counts) {
        const xml_node counts = node.append_child("counts");
        set(counts, "rows", column.counts->rows);
        set(counts, "filled", column.counts->filled);
        if (column.counts->distinct) set(counts, "distinct", *column.counts->distinct);
    }
    if (!column.content) return;
    xml_node read = node.append_child("read");
    set(read, "rows", column.content->read);
    set(read, "filled", column.content->filled);
    set(read, "texts", column.content->texts);
    set(read, "identified", column.content->identified);
    for (const PatternCount& count : column.content->patterns) {
        const xml_node pattern = read.append_child("pattern");
        set(pattern, "id", count.pattern);
        set(pattern, "category", to_string(count.category));
        if (count.hint) set(pattern, "hint", true);
        set(pattern, "whole", count.whole);
        set(pattern, "within", count.within);
    }
}

void add_seen(xml_node root, const std::vector<SeenTable>& tables) {
    xml_node seen = root.append_child("seen");
    for (const SeenTable& each : tables) {
        const xml_node table = seen.append_child("table");
        set(table, "schema", each.name.schema);
        set(table, "name", each.name.name);
        add_texts(table, "column", each.columns);
    }
}

void add_column(xml_node inventory, const ColumnClassification& column) {
    xml_node node = inventory.append_child("column");
    set(node, "schema", column.table.schema);
    set(node, "table", column.table.name);
    set(node, "name", column.column);
    set(node, "type", column.type);
    set(node, "category", to_string(column.category));
    set(node, "confidence", column.confidence);
    if (column.by_name != column.category) set(node, "by-name", to_string(column.by_name));
    for (const ClassificationEvidence& evidence : column.evidence) {
        const xml_node reason = add_text(node, "evidence", evidence.text);
        set(reason, "kind", to_string(evidence.kind));
        set(reason, "category", to_string(evidence.category));
        set(reason, "weight", evidence.weight);
    }
    add_numbers(node, column);
}

}  // namespace

std::string write_result_xml(const AuditResult& result) {
    pugi::xml_document document;
    xml_node root = document.append_child("result");
    set(root, "xmlns", result_namespace);
    set(root, "schemaVersion", result_version);
    add_run(root, result);
    add_verdict(root, result);
    add_source(root, result.source);
    const xml_node rules = root.append_child("rules");
    for (const Rule& rule : result.rules) add_rule(rules, rule);
    add_laws(root, result.laws);
    const xml_node outcomes = root.append_child("outcomes");
    for (const RuleOutcome& outcome : result.outcomes) add_outcome(outcomes, outcome);
    const xml_node findings = root.append_child("findings");
    for (const Finding& finding : result.findings) add_finding(findings, finding);
    for (const PersonsAffected& persons : result.persons) add_persons(root, persons);
    for (const ConsentCount& consent : result.consent) add_consent(root, consent);
    add_exemptions(root, result);
    add_location(root, result.location);
    for (const Statement& statement : result.statements) add_statement(root, statement);
    const xml_node entities = root.append_child("entities");
    for (const Entity& entity : result.entities) xml::write_entity(entities, entity);
    const xml_node tables = root.append_child("tables");
    for (const TouchedTable& table : result.tables) add_table(tables, table);
    for (const StatementRun& each : result.statement_runs) {
        const xml_node run = root.append_child("statement-run");
        set(run, "what", each.what);
        set(run, "object", each.object);
        set(run, "milliseconds", each.milliseconds);
    }
    add_content(root, result.content);
    const xml_node inventory = root.append_child("inventory");
    for (const ColumnClassification& column : result.inventory) add_column(inventory, column);
    add_gaps(inventory, result.inventory_gaps);
    write_keepsakes(root, result);
    add_seen(root, result.seen);
    add_purposes(root, result.purposes);
    add_deletions(root, result);
    write_access_matrix(root, result);
    write_remedies(root, result);
    // The checksum is over what a reader will see: empty texts, for one, are not in its tree.
    pugi::xml_document as_read;
    parse(as_read, serialised(root));
    root = as_read.document_element();
    set(root, "checksum", content_checksum(root));
    return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n" + serialised(root);
}

}  // namespace crmaudit::reports
