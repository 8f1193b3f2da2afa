// Who is in no count because the law does not reach them, and who must not be erased for now.
#include "reports/formats/html_parts.h"

namespace crmaudit::reports::html {
namespace {

void add_columns(Node cell, const std::vector<std::string>& columns) {
    for (const std::string& column : columns) {
        if (&column != &columns.front()) append_text(cell, ", ");
        add_name(cell, column);
    }
}

void write_left_out(Node section, const Page& page) {
    const Locale& locale = page.locale;
    const Residency& residency = *page.result.residency;
    add_text(section, "h3", locale.text("left_out.title"));
    add_text(section, "p", locale.text("left_out.rule", {{"country", residency.controller}}));
    add_text(section, "p", locale.text("left_out.inside", {{"countries", locale.list(residency.inside)}}), "note");
    const Table table = add_table(section, locale.text("left_out.caption"),
                                  {{locale.text("persons.entity")},
                                   {locale.text("left_out.persons"), true},
                                   {locale.text("left_out.judged_by")}});
    for (const LeftOut& each : page.result.left_out) {
        const Node row = add(table.body, "tr");
        set(add_text(row, "th", locale.word("entity", each.entity)), "scope", "row");
        add_text(row, "td", locale.number(each.persons), "number");
        const Node cell = add(row, "td");
        if (each.reason.empty()) {
            add_columns(cell, each.facts);
        } else {
            append_text(cell, locale.text("left_out.nobody", {{"reason", locale.reason(each.reason)}}));
        }
    }
}

void write_held_back(Node section, const Page& page) {
    const Locale& locale = page.locale;
    add_text(section, "h3", locale.text("held_back.title"));
    add_text(section, "p", locale.text("held_back.lead"));
    const Table table = add_table(section, locale.text("held_back.caption"),
                                  {{locale.text("persons.entity")},
                                   {locale.text("held_back.why")},
                                   {locale.text("held_back.by")},
                                   {locale.text("held_back.persons"), true}});
    for (const HeldBack& each : page.result.held_back) {
        const Node row = add(table.body, "tr");
        set(add_text(row, "th", locale.word("entity", each.entity)), "scope", "row");
        add_text(row, "td", locale.word("held_back_why", each.why));
        const Node cell = add(row, "td");
        if (each.by.empty()) {
            append_text(cell, locale.text("held_back.file"));
        } else {
            add_name(cell, each.by);
        }
        add_text(row, "td", locale.number(each.persons), "number");
    }
}

}  // namespace

void write_exemptions(Node main, const Page& page) {
    if (!page.result.residency && page.result.held_back.empty()) return;
    const Node section = add_section(main, page, "exemptions", "section.exemptions");
    if (page.result.residency) write_left_out(section, page);
    if (!page.result.held_back.empty()) write_held_back(section, page);
}

std::string declared_location(const Page& page) {
    const DeclaredLocation& location = page.result.location;
    std::string text = location.country;
    if (!location.operator_name.empty()) text += (text.empty() ? "" : ", ") + location.operator_name;
    const std::string& contract = location.processor_contract;
    if (contract.empty()) return text;
    const std::string words = contract == "own" ? page.locale.text("location.own")
                                                : page.locale.text("location.contract", {{"contract", contract}});
    return text + (text.empty() ? "" : "; ") + words;
}

}  // namespace crmaudit::reports::html
