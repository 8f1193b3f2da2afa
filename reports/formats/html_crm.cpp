// What the CRM does by itself and where it keeps what the rules look at, as its profile states.
#include "reports/formats/html_parts.h"

namespace crmaudit::reports::html {

void write_crm(Node main, const Page& page) {
    const auto& [result, locale, checksum] = page;
    if (result.statements.empty()) return;
    const Node section = add_section(main, page, "crm", "section.crm");
    add_text(section, "p", locale.text("crm.lead", {{"crm", result.run.profile_title}}));
    const Node list = add(section, "dl", "statements");
    for (const Statement& statement : result.statements) {
        const Node group = add(list, "div");
        add_text(group, "dt", locale.word("statement_topic", statement.topic));
        const Node told = add(group, "dd");
        add_text(told, "p", in_language(statement.texts, locale.language()));
        add_text(told, "p", locale.text("finding.source", {{"source", statement.source}}), "note");
    }
}

}  // namespace crmaudit::reports::html
