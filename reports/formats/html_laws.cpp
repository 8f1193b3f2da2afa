// The laws that the rules rest on: where they are found, when somebody looked last, and what nobody could verify.
#include "reports/formats/html_parts.h"

namespace crmaudit::reports::html {
namespace {

void write_law(Node body, const Law& law, const Page& page) {
    const Locale& locale = page.locale;
    const Node row = add(body, "tr");
    set(add_text(row, "th", locale.word("law", law.name)), "scope", "row");
    add_text(row, "td", law.reference);
    add_text(row, "td", law.checked.empty() ? locale.text("laws.never") : locale.date(std::string_view{law.checked}));
    const Node state = add(row, "td");
    if (law.verified) {
        append_text(state, locale.text("laws.verified"));
    } else {
        add_text(state, "strong", locale.text("laws.not_verified"));
    }
    const auto note = in_language(law.note, locale.language());
    if (!note.empty()) add_text(state, "p", note, "note");
}

}  // namespace

void write_laws(Node main, const Page& page) {
    if (page.result.laws.empty()) return;
    const Locale& locale = page.locale;
    const Node section = add_section(main, page, "laws", "section.laws");
    add_text(section, "p", locale.text("laws.lead"));
    const Table table = add_table(section, locale.text("laws.caption"),
                                  {{locale.text("laws.law")},
                                   {locale.text("laws.reference")},
                                   {locale.text("laws.checked")},
                                   {locale.text("laws.state")}});
    for (const Law& law : page.result.laws) write_law(table.body, law, page);
}

}  // namespace crmaudit::reports::html
