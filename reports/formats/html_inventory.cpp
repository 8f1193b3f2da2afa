// The rest of the page: rules without findings, the inventory of columns with personal data, and the report's origin.
#include <algorithm>
#include <cmath>
#include <map>
#include <set>

#include "reports/formats/html_parts.h"

namespace crmaudit::reports::html {
namespace {

std::vector<const RuleOutcome*> with_status(const AuditResult& result, OutcomeStatus status) {
    std::vector<const RuleOutcome*> chosen;
    for (const RuleOutcome& outcome : result.outcomes) {
        if (outcome.status == status) chosen.push_back(&outcome);
    }
    return chosen;
}

void write_status(Node section, const Page& page, OutcomeStatus status, const char* title_key,
                  const char* caption_key) {
    const Locale& locale = page.locale;
    const auto outcomes = with_status(page.result, status);
    if (outcomes.empty()) return;
    const bool with_reason = status == OutcomeStatus::not_applicable;
    add_text(section, "h3", locale.text(title_key));
    std::vector<Header> headers{{locale.text("rules.rule")}, {locale.text("rules.basis")}};
    if (with_reason) headers.push_back({locale.text("rules.reason")});
    const Table table = add_table(section, locale.text(caption_key), headers);
    for (const RuleOutcome* outcome : outcomes) {
        const Node row = add(table.body, "tr");
        set(add_text(row, "th", rule_title(page, outcome->rule)), "scope", "row");
        add_text(row, "td", legal_basis(page, rule_of(page.result, outcome->rule)));
        if (with_reason) add_text(row, "td", locale.reason(outcome->reason));
    }
}

std::string percent_of(double confidence, const Locale& locale) {
    const std::int64_t whole = std::llround(std::clamp(confidence, 0.0, 1.0) * 100);
    return locale.text("number.percent", {{"n", locale.number(whole)}});
}

std::string kinds_of(const ColumnClassification& column, const Locale& locale) {
    std::set<EvidenceKind> kinds;
    for (const ClassificationEvidence& evidence : column.evidence) {
        if (evidence.category == column.category && evidence.weight > 0) kinds.insert(evidence.kind);
    }
    std::string joined;
    for (const EvidenceKind kind : kinds) {
        joined += (joined.empty() ? "" : ", ") + locale.word("evidence_kind", to_string(kind));
    }
    return joined;
}

void add_category(Node cell, Category category, const Locale& locale) {
    append_text(cell, locale.word("category", to_string(category)));
    if (!is_special(category)) return;
    append_text(cell, " ");
    add_text(cell, "span", locale.text("inventory.special"), "tag");
}

void write_categories(Node section, const Page& page) {
    std::map<Category, std::int64_t> counts;
    for (const ColumnClassification& column : page.result.inventory) ++counts[column.category];
    add_text(section, "h3", page.locale.text("inventory.summary"));
    const Node list = add(section, "ul", "categories");
    for (const auto& [category, count] : counts) {
        const Node item = add(list, "li");
        add_category(item, category, page.locale);
        append_text(item, " ");
        add_text(item, "strong", page.locale.number(count));
    }
}

void add_column(Node body, const ColumnClassification& column, const Locale& locale) {
    const Node row = add(body, "tr");
    const Node name = add(row, "th");
    set(name, "scope", "row");
    add_name(name, field_name_of(column));
    add_name(add(row, "td", "type"), column.type);
    add_category(add(row, "td"), column.category, locale);
    add_text(row, "td", percent_of(column.confidence, locale), column.confidence < 0.7 ? "number doubt" : "number");
    add_text(row, "td", kinds_of(column, locale));
    const auto& counts = column.counts;
    add_text(row, "td", counts ? locale.percent(counts->filled, counts->rows) : "", "number");
    add_text(row, "td", counts && counts->distinct ? locale.number(*counts->distinct) : "", "number");
}

void add_origin(Node body, const std::string& what, std::string_view value) {
    if (value.empty()) return;
    const Node row = add(body, "tr");
    set(add_text(row, "th", what), "scope", "row");
    add_name(add(row, "td"), value);
}

}  // namespace

void write_rules_without_findings(Node main, const Page& page) {
    const Node section = add_section(main, page, "rules", "section.rules");
    const auto& outcomes = page.result.outcomes;
    if (std::none_of(outcomes.begin(), outcomes.end(), [](const RuleOutcome& each) {
            return each.status == OutcomeStatus::clean || each.status == OutcomeStatus::not_applicable;
        })) {
        add_text(section, "p", page.locale.text("rules.none"));
    }
    write_status(section, page, OutcomeStatus::clean, "rules.clean", "rules.clean_caption");
    write_status(section, page, OutcomeStatus::not_applicable, "rules.not_applicable", "rules.not_applicable_caption");
}

void write_inventory(Node main, const Page& page) {
    const Locale& locale = page.locale;
    const auto& inventory = page.result.inventory;
    const Node section = add_section(main, page, "inventory", "section.inventory");
    if (inventory.empty()) {
        add_text(section, "p", locale.text("inventory.none"));
        write_content(section, page);
        return;
    }
    add_text(section, "p", locale.text("inventory.lead"));
    write_categories(section, page);
    if (inventory.size() > most_columns) {
        add_text(
            section, "p",
            locale.text("inventory.capped", {{"shown", locale.number(most_columns)},
                                             {"total", locale.number(static_cast<std::int64_t>(inventory.size()))}}),
            "note");
    }
    const std::vector<Header> headers{
        {locale.text("inventory.column")},        {locale.text("inventory.type")},
        {locale.text("inventory.category")},      {locale.text("inventory.confidence"), true},
        {locale.text("inventory.evidence")},      {locale.text("inventory.filled"), true},
        {locale.text("inventory.distinct"), true}};
    Table table = add_table(section, locale.text("inventory.caption"), headers);
    set(table.table, "class", "inventory");
    const TableName* current = nullptr;
    for (std::size_t i = 0; i < std::min(inventory.size(), most_columns); ++i) {
        const ColumnClassification& column = inventory[i];
        if (current == nullptr || *current != column.table) {
            if (current != nullptr) table.body = add(table.table, "tbody");
            const Node heading = add(add(table.body, "tr", "group"), "th");
            set(heading, "colspan", std::to_string(headers.size()));
            set(heading, "scope", "rowgroup");
            add_name(heading, to_string(column.table));
            current = &column.table;
        }
        add_column(table.body, column, locale);
    }
    write_content(section, page);
}

void write_origin(Node body, const Page& page) {
    const auto& [result, locale, checksum] = page;
    const Node footer = add(body, "footer");
    const Node section = add_section(footer, page, "origin", "section.origin");
    add_text(section, "p", locale.text("origin.note"));
    const Table table = add_table(section, locale.text("origin.caption"),
                                  {{locale.text("origin.what")}, {locale.text("origin.value")}});
    add_origin(table.body, locale.text("origin.tool"), "crmaudit " + result.run.tool_version);
    add_origin(table.body, locale.text("origin.xml"), checksum);
    add_origin(table.body, locale.text("origin.policy", {{"name", result.run.policy}}), result.run.policy_digest);
    add_origin(table.body, locale.text("origin.profile", {{"name", result.run.profile}}), result.run.profile_digest);
    add_origin(table.body, locale.text("origin.options"), result.run.options_digest);
    add_origin(table.body, locale.text("origin.structure"), result.source.structure_hash);
}

}  // namespace crmaudit::reports::html
