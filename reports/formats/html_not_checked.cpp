// What the audit did not look at: rules, parts of the source, and safeguards that were missing. Also what was accepted.
#include <algorithm>

#include "auditor/model/own_tables.h"
#include "reports/formats/html_parts.h"

namespace crmaudit::reports::html {
namespace {

const char* extent(const RuleOutcome& outcome) {
    switch (outcome.status) {
        case OutcomeStatus::not_checked: return "extent.not_checked";
        case OutcomeStatus::failed: return "extent.failed";
        default: return "extent.part";
    }
}

void add_reasons(Node cell, const Page& page, const RuleOutcome& outcome) {
    if (!outcome.reason.empty()) add_text(cell, "p", page.locale.reason(outcome.reason));
    if (outcome.gaps.empty()) return;
    const Node list = add(cell, "ul");
    for (const Gap& gap : outcome.gaps) {
        const std::string reason = page.locale.reason(gap.reason);
        const Node item = add(list, "li");
        if (gap.object.empty()) {
            append_text(item, reason);
            continue;
        }
        add_text(item, "bdi", page.locale.word("entity", gap.object));
        append_text(item, ": " + reason);
    }
}

void write_rules(Node section, const Page& page) {
    const Locale& locale = page.locale;
    add_text(section, "p", locale.text("not_checked.lead"));
    const Table table = add_table(section, locale.text("not_checked.caption"),
                                  {{locale.text("not_checked.rule")},
                                   {locale.text("not_checked.extent")},
                                   {locale.text("not_checked.why")},
                                   {locale.text("not_checked.decision")}});
    for (const RuleOutcome& outcome : page.result.outcomes) {
        if (!is_open(outcome)) continue;
        const Node row = add(table.body, "tr");
        set(add_text(row, "th", rule_title(page, outcome.rule)), "scope", "row");
        add_text(row, "td", locale.text(extent(outcome)));
        add_reasons(add(row, "td"), page, outcome);
        const Node decision = add(row, "td");
        if (outcome.accepted) {
            append_text(decision,
                        locale.text("not_checked.accepted", {{"reason", locale.reason(outcome.accepted_reason)}}));
        } else {
            add_text(decision, "strong", locale.text("not_checked.open"));
        }
    }
}

/// Those that crmaudit's own scripts left, or the others.
std::vector<std::string> left_out(const Source& source, bool own) {
    std::vector<std::string> tables;
    for (const std::string& each : source.left_out) {
        if (is_own_table(each) == own) tables.push_back(each);
    }
    return tables;
}

bool has_limits(const Source& source) {
    return !source.gaps.empty() || !source.account_can_write.empty() || !source.missing_safeguards.empty() ||
           !source.inconsistent_tables.empty() || !left_out(source, false).empty();
}

void add_list(Node section, const Page& page, const char* title_key, const std::vector<std::string>& items,
              const char* note_key = nullptr) {
    if (items.empty()) return;
    add_text(section, "h4", page.locale.text(title_key));
    if (note_key != nullptr) add_text(section, "p", page.locale.text(note_key));
    const Node list = add(section, "ul");
    for (const std::string& item : items) mark_english(add_text(add(list, "li"), "bdi", item), page);
}

void write_limits(Node section, const Page& page) {
    const Source& source = page.result.source;
    add_text(section, "h3", page.locale.text("source.limits"));
    if (!source.gaps.empty()) {
        add_text(section, "h4", page.locale.text("source.gaps"));
        if (!source.gaps_accepted_reason.empty()) {
            add_text(section, "p", page.locale.text("source.gaps_accepted", {{"reason", source.gaps_accepted_reason}}));
        }
        const Node list = add(section, "ul");
        for (const CatalogGap& gap : source.gaps) {
            const Node item = add(list, "li");
            add_name(item, gap.object);
            append_text(item, ": ");
            const std::string reason = page.locale.reason(gap.reason);
            const Node text = add_text(item, "bdi", reason);
            if (reason == gap.reason) mark_english(text, page);
        }
    }
    add_list(section, page, "source.can_write", source.account_can_write, "source.can_write_note");
    add_list(section, page, "source.safeguards", source.missing_safeguards);
    add_list(section, page, "source.inconsistent", source.inconsistent_tables, "source.inconsistent_note");
    add_list(section, page, "source.left_out", left_out(source, false), "source.left_out_note");
}

}  // namespace

bool is_open(const RuleOutcome& outcome) {
    return outcome.status == OutcomeStatus::not_checked || outcome.status == OutcomeStatus::failed ||
           !outcome.gaps.empty();
}

void write_not_checked(Node main, const Page& page) {
    Node section = add_section(main, page, "not-checked", "section.not_checked");
    const auto& outcomes = page.result.outcomes;
    const bool has_rules =
        std::any_of(outcomes.begin(), outcomes.end(), [](const RuleOutcome& each) { return is_open(each); });
    if (!has_rules && !has_limits(page.result.source)) {
        add_text(section, "p", page.locale.text("not_checked.none"));
    } else {
        set(section, "class", "warning");
    }
    if (has_rules) write_rules(section, page);
    if (has_limits(page.result.source)) write_limits(section, page);
    add_list(section, page, "source.own_tables", left_out(page.result.source, true), "source.own_tables_note");
}

}  // namespace crmaudit::reports::html
