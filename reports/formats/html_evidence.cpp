// The statements behind the findings. They stand together after everything else: one reader wants none of them, another
// wants nothing else.
#include <algorithm>

#include "reports/formats/html_parts.h"

namespace crmaudit::reports::html {
namespace {

void write_statement(Node section, const Finding& finding, const Page& page) {
    const Node details = add(section, "details");
    const Node summary = add(details, "summary");
    append_text(summary, rule_title(page, finding.rule) + ": ");
    add_object(summary, finding, page.locale);
    // Browsers open the details when a link leads inside.
    const Node statement = add(details, "pre");
    set(statement, "id", evidence_anchor(finding));
    add_text(statement, "code", finding.evidence_sql);
    add_link(add(details, "p", "back"), "#" + anchor(finding), page.locale.text("evidence.back"));
}

}  // namespace

void write_evidence(Node main, const Page& page) {
    std::vector<const Finding*> findings = shown_findings(page.result);
    std::erase_if(findings, [](const Finding* each) { return each->evidence_sql.empty(); });
    if (findings.empty()) return;
    const Node section = add_section(main, page, "evidence", "section.evidence");
    add_text(section, "p", page.locale.text("evidence.lead"));
    for (const Finding* finding : findings) write_statement(section, *finding, page);
}

}  // namespace crmaudit::reports::html
