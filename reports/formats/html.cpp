// report.html: the page as a whole. The sections are in the other html_*.cpp files.
#include <stdexcept>

#include "auditor/data/embedded.h"
#include "reports/formats/formats.h"
#include "reports/formats/html_parts.h"

namespace crmaudit::reports {
namespace html {
namespace {

/// A CSS string that holds nothing but what it was given, whatever that is.
std::string css_string(std::string_view text) {
    constexpr std::string_view plain = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789 .,_-:/";
    constexpr char digits[] = "0123456789abcdef";
    std::string quoted = "\"";
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        if (plain.find(c) != std::string_view::npos || byte >= 0x80) {
            quoted += c;
        } else {
            quoted.append({'\\', '0', '0', '0', '0', digits[byte >> 4U], digits[byte & 0xFU]});
        }
    }
    return quoted + "\"";
}

/// On paper each page says which audit it belongs to.
std::string page_margins(const Page& page) {
    const Run& run = page.result.run;
    const std::string head = page.locale.text(
        "page.print",
        {{"label", run.label}, {"date", page.locale.date(run.as_of)}, {"checksum", page.xml_checksum.substr(0, 12)}});
    return "@page{@top-left{content:" + css_string(head) +
           "}@bottom-right{content:" + css_string(page.locale.text("page.page") + " ") + " counter(page) " +
           css_string(" / ") + " counter(pages)}}";
}

void add_meta(Node head, const char* attribute, std::string_view name, std::string_view content) {
    const Node meta = add(head, "meta");
    set(meta, attribute, name);
    set(meta, "content", content);
}

void write_head(Node root, const Page& page) {
    const Node head = add(root, "head");
    set(add(head, "meta"), "charset", "utf-8");
    add_meta(head, "http-equiv", "Content-Security-Policy",
             "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'");
    add_meta(head, "name", "viewport", "width=device-width, initial-scale=1");
    add_meta(head, "name", "referrer", "no-referrer");
    add_meta(head, "name", "color-scheme", "light dark");
    add_text(head, "title",
             page.locale.text("page.title",
                              {{"label", page.result.run.label}, {"date", page.locale.date(page.result.run.as_of)}}));
    const auto css = data::embedded("reports/formats/report.css");
    if (!css) throw std::logic_error("report.css is not embedded");
    add_text(head, "style", std::string{*css} + page_margins(page));
}

/// Links to the sections that the page has.
void write_contents(Node nav, Node main, const Page& page) {
    set(nav, "aria-label", page.locale.text("page.contents"));
    const Node list = add(nav, "ol");
    for (const Node section : main.children("section")) {
        const std::string id = section.attribute("id").value();
        add_link(add(list, "li"), "#" + id, section.child("h2").text().get());
    }
}

}  // namespace

Node add_section(Node parent, const Page& page, const char* id, const char* title_key) {
    const Node section = add(parent, "section");
    const std::string heading = std::string{id} + "-title";
    set(section, "id", id);
    set(section, "aria-labelledby", heading);
    set(add_text(section, "h2", page.locale.text(title_key)), "id", heading);
    return section;
}

std::string rule_title(const Page& page, std::string_view rule_id) {
    const Rule* rule = rule_of(page.result, rule_id);
    const std::string_view title =
        rule == nullptr ? std::string_view{} : in_language(rule->texts.title, page.locale.language());
    return std::string{title.empty() ? rule_id : title};
}

std::string legal_basis(const Page& page, const Rule* rule) {
    std::string joined;
    if (rule == nullptr) return joined;
    for (const LegalBasis& basis : rule->basis) joined += (joined.empty() ? "" : ", ") + page.locale.basis(basis);
    return joined;
}

std::string anchor(Severity severity) { return "severity-" + std::string{to_string(severity)}; }

void mark_english(Node node, const Page& page) {
    if (page.locale.language() != "en") set(node, "lang", "en");
}

}  // namespace html

std::string write_html(const AuditResult& result, std::string_view language, std::string_view xml_checksum) {
    using namespace html;
    const Locale locale{language};
    const Page page{result, locale, std::string{xml_checksum}};
    pugi::xml_document document;
    const Node root = document.append_child("html");
    set(root, "lang", locale.language());
    write_head(root, page);
    const Node body = add(root, "body");
    add_link(add(body, "div", "skip"), "#findings", locale.text("page.skip"));
    write_masthead(body, page);
    const Node main = add(body, "main");
    write_verdict(main, page);
    const Node contents = add(main, "nav", "contents");
    write_persons(main, page);
    write_consent(main, page);
    write_exemptions(main, page);
    write_not_checked(main, page);
    write_migration(main, page);
    write_findings(main, page);
    write_rules_without_findings(main, page);
    write_access(main, page);
    write_schedule(main, page);
    write_deletions(main, page);
    write_crm(main, page);
    write_laws(main, page);
    write_inventory(main, page);
    write_evidence(main, page);
    write_contents(contents, main, page);
    write_origin(body, page);
    return document_text(root);
}

}  // namespace crmaudit::reports
