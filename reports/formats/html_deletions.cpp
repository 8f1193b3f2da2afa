// What purge scripts have deleted before this audit, by the log they left: the proof, set against what is found now.
#include "auditor/model/deletions.h"
#include "reports/formats/html_parts.h"

namespace crmaudit::reports::html {
namespace {

/// When, after which audit, under which policy, by which script: one below the other.
void add_run(Node cell, const Page& page, const Deletion& deletion) {
    const Locale& locale = page.locale;
    append_text(cell, locale.date(deletion.run_on));
    add_text(cell, "span", locale.text("deletions.cut_off", {{"date", locale.date(deletion.cut_off)}}), "more");
    const bool is_same = deletion.policy_digest == page.result.run.policy_digest;
    const Node policy = add_text(
        cell, "span",
        locale.text(is_same ? "deletions.same_policy" : "deletions.other_policy", {{"policy", deletion.policy}}),
        "more");
    append_text(policy, " ");
    add_name(policy, deletion.policy_digest.substr(0, 12));
    const Node script = add_text(cell, "span", locale.text("deletions.script"), "more");
    append_text(script, " ");
    add_name(script, deletion.script);
}

/// What the numbers say, in a sentence.
std::string outcome_of(const Page& page, const Deletion& deletion) {
    const Locale& locale = page.locale;
    if (changes_only(page.result, deletion)) return locale.text("deletions.changed");
    if (!is_latest(page.result, deletion)) return locale.text("deletions.superseded");
    if (!is_checked_again(page.result, deletion)) return locale.text("deletions.not_checked");
    const Values numbers{{"found", locale.number(deletion.still_found)},
                         {"stayed", locale.number(stayed_behind(deletion))},
                         {"more", locale.number(more_than_stayed(deletion))}};
    if (deletion.still_found > 0 && stayed_behind(deletion) == 0) return locale.text("deletions.again", numbers);
    if (more_than_stayed(deletion) > 0) return locale.text("deletions.more", numbers);
    if (deletion.still_found > 0) return locale.text("deletions.stayed", numbers);
    return locale.text("deletions.clean");
}

void add_row(Node body, const Page& page, const Deletion& deletion) {
    const Locale& locale = page.locale;
    const bool known = is_latest(page.result, deletion) && is_checked_again(page.result, deletion);
    const Node row = add(body, "tr");
    const Node head = add(row, "th");
    set(head, "scope", "row");
    append_text(head, rule_title(page, deletion.rule) + ", " + locale.word("entity", deletion.entity));
    const bool is_open = known && more_than_stayed(deletion) > 0;
    const Node outcome = add(head, "span", is_open ? "open" : "more");
    append_text(outcome, outcome_of(page, deletion));
    if (deletion.not_reached > 0 && is_latest(page.result, deletion)) {
        append_text(outcome, " " + locale.text("deletions.not_reached_note"));
    }
    add_run(add(row, "td"), page, deletion);
    for (const std::int64_t count : {deletion.expected, deletion.done, deletion.spared, deletion.not_reached}) {
        add_text(row, "td", locale.number(count), "number");
    }
    add_text(row, "td", known ? locale.number(deletion.still_found) : "–", "number");
}

}  // namespace

void write_deletions(Node main, const Page& page) {
    const auto& deletions = page.result.deletions;
    if (deletions.empty()) return;
    const Locale& locale = page.locale;
    const Node section = add_section(main, page, "deletions", "section.deletions");
    add_text(section, "p", locale.text("deletions.lead"));
    const Table table = add_table(section, locale.text("deletions.caption"),
                                  {{locale.text("deletions.rule")},
                                   {locale.text("deletions.run_on")},
                                   {locale.text("deletions.expected"), true},
                                   {locale.text("deletions.done"), true},
                                   {locale.text("deletions.spared"), true},
                                   {locale.text("deletions.not_reached"), true},
                                   {locale.text("deletions.found"), true}});
    set(table.table, "class", "deletions");
    for (const Deletion& each : deletions) add_row(table.body, page, each);
    if (deletions.size() >= most_deletions) {
        add_text(section, "p", locale.text("deletions.latest", {{"n", locale.number(most_deletions)}}), "note");
    }
    add_text(section, "p", locale.text("deletions.note"), "note");
}

}  // namespace crmaudit::reports::html
