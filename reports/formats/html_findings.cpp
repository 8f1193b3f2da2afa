// The findings: by severity, then by rule, then each place with its numbers and its evidence. What is fixed or accepted
// comes after them.
#include <algorithm>
#include <map>

#include "reports/formats/html_parts.h"

namespace crmaudit::reports::html {
namespace {

using Findings = std::vector<const Finding*>;

/// Findings of one severity and rule. Groups keep the order of their first, that is their largest, finding.
struct Group {
    std::string rule;
    Findings findings;
};

std::vector<Group> grouped(const Findings& findings) {
    std::vector<Group> groups;
    for (const Finding* finding : findings) {
        const auto group =
            std::find_if(groups.begin(), groups.end(), [&](const Group& each) { return each.rule == finding->rule; });
        if (group == groups.end()) {
            groups.push_back({finding->rule, {finding}});
        } else {
            group->findings.push_back(finding);
        }
    }
    return groups;
}

template <typename Wanted>
Findings chosen(const AuditResult& result, Wanted&& wanted) {
    Findings findings;
    for (const Finding& finding : result.findings) {
        if (wanted(finding)) findings.push_back(&finding);
    }
    return findings;
}

bool is_about_permissions(const Finding& finding) { return !finding.object.principal.empty(); }

std::string affected_text(const Finding& finding, const Locale& locale) {
    if (finding.total == 0) {
        if (!finding.object.host.empty()) return locale.counted("affected.hosts", finding.affected);
        if (finding.object.entity == "source") return locale.counted("affected.declarations", finding.affected);
        const bool is_thing = !finding.rows && !is_about_permissions(finding) && !finding.object.entity.empty();
        if (is_thing) return locale.counted("n.places", finding.affected);
        const bool is_structure = !finding.rows && !is_about_permissions(finding) && !finding.object.column.empty();
        return locale.counted(finding.rows   ? "affected.records"
                              : is_structure ? "n.columns"
                                             : "affected.privileges",
                              finding.affected);
    }
    const bool is_message = finding.sampled && !finding.object.entity.empty();
    const char* unit = is_message        ? "affected.messages"
                       : finding.sampled ? "affected.values"
                       : finding.persons ? "affected.persons"
                       : finding.rows    ? "affected.rows"
                                         : "affected.tables";
    return locale.counted(unit, finding.total, {{"affected", locale.number(finding.affected)}});
}

}  // namespace

void add_object(Node parent, const Finding& finding, const Locale& locale) {
    const Object& object = finding.object;
    const std::string kind = locale.word("entity", object.entity);
    if (kind != object.entity) append_text(parent, kind + " ");
    if (!object.table.name.empty()) {
        add_name(parent, to_string(object.table));
        if (!object.column.empty()) {
            append_text(parent, " › ");
            add_name(parent, object.column);
        }
    }
    if (!object.part.empty()) append_text(parent, " · " + locale.word("part", object.part));
    if (!object.principal.empty()) {
        if (!object.table.name.empty()) append_text(parent, " · ");
        append_text(parent, locale.text("finding.principal") + ": ");
        if (object.principal == "PUBLIC") {
            append_text(parent, locale.text("finding.everybody"));
        } else {
            add_name(parent, object.principal);
        }
    }
    if (!object.host.empty()) {
        if (!object.table.name.empty()) append_text(parent, " · ");
        append_text(parent, locale.text("finding.host") + ": ");
        add_name(parent, object.host);
    }
    if (object.table.name.empty() && object.principal.empty() && kind == object.entity) append_text(parent, kind);
}

namespace {

void add_fact(Node list, std::string_view term, std::string_view value) {
    const Node group = add(list, "div");
    add_text(group, "dt", term);
    add_text(group, "dd", value);
}

void add_facts(Node place, const Finding& finding, const Locale& locale) {
    const Node list = add(place, "dl", "facts");
    for (const NamedCount& detail : finding.details) {
        add_fact(list, locale.detail(detail.name), locale.number(detail.count));
    }
    if (finding.oldest) add_fact(list, locale.text("finding.oldest"), locale.date(*finding.oldest));
    if (!finding.facts.empty()) {
        const Node group = add(list, "div", "wide");
        add_text(group, "dt", locale.text(is_about_permissions(finding) ? "finding.privileges" : "finding.facts"));
        const Node value = add(group, "dd");
        for (const std::string& fact : finding.facts) {
            if (&fact != &finding.facts.front()) append_text(value, ", ");
            const std::string words = locale.fact(fact);
            if (words == fact) {
                add_name(value, fact);
            } else {
                append_text(value, words);
            }
        }
    }
}

void add_state(Node heading, const Finding& finding, const Page& page) {
    if (page.result.baseline_as_of.empty()) return;
    append_text(heading, " ");
    const std::string state{to_string(finding.state)};
    add_text(heading, "span", page.locale.word("state", state), ("state " + state).c_str());
}

void write_place(Node article, const Finding& finding, const Page& page) {
    const Locale& locale = page.locale;
    const Node place = add(article, "div", "place");
    set(place, "id", anchor(finding));
    const Node heading = add(place, "h5");
    add_object(heading, finding, locale);
    if (finding.category) {
        append_text(heading, " ");
        add_text(heading, "span", locale.word("category", to_string(*finding.category)), "tag");
    }
    add_state(heading, finding, page);
    const Node affected = add(place, "p", "affected");
    add_text(affected, "strong", affected_text(finding, locale));
    if (finding.total > 0) append_text(affected, " (" + locale.percent(finding.affected, finding.total) + ")");
    if (finding.affected_before) {
        append_text(affected, ", ");
        append_text(affected, locale.text("affected.was", {{"before", locale.number(*finding.affected_before)}}));
    }
    append_text(affected, " ");
    add_bar(affected, finding.affected, finding.total);
    if (!finding.details.empty() || !finding.facts.empty() || finding.oldest) add_facts(place, finding, locale);
    write_ages(place, finding, page);
    if (!finding.evidence_sql.empty()) {
        add_link(add(place, "p", "evidence"), "#" + evidence_anchor(finding), locale.text("finding.evidence"));
    }
    const Node fingerprint = add(place, "p", "fingerprint");
    append_text(fingerprint, locale.text("finding.fingerprint") + " ");
    add_name(fingerprint, finding.fingerprint.substr(0, 16));
}

void add_part(Node parent, const Page& page, const char* title_key, std::string_view text, const char* css_class) {
    if (text.empty()) return;
    const Node part = add(parent, "div", css_class);
    add_text(part, "h5", page.locale.text(title_key));
    add_text(part, "p", text);
}

void write_texts(Node article, const Page& page, const Rule& rule) {
    const std::string& language = page.locale.language();
    const Node advice = add(article, "div", "advice");
    add_part(advice, page, "finding.why", in_language(rule.texts.why, language), "why");
    add_part(advice, page, "finding.remedy", in_language(rule.texts.remedy, language), "remedy");
    add_part(advice, page, "finding.false_positives", in_language(rule.texts.false_positives, language), "doubt");
    for (const Statement* statement : statements_for(page.result, &rule)) {
        const Node part = add(advice, "div", "statement");
        add_text(part, "h5", page.locale.text("finding.statement"));
        add_text(part, "p", in_language(statement->texts, language));
        if (!statement->source.empty()) {
            add_text(part, "p", page.locale.text("finding.source", {{"source", statement->source}}), "note");
        }
    }
}

void write_group(Node section, const Group& group, Severity severity, const Page& page) {
    const Rule* rule = rule_of(page.result, group.rule);
    const std::string word{to_string(severity)};
    const Node article = add(section, "article", ("finding " + word).c_str());
    const Node heading = add(article, "h4");
    append_text(heading, rule_title(page, group.rule));
    const Node line = add(article, "p", "meta");
    const Node badge = add(line, "span", "badge");
    add_mark(badge, severity);
    append_text(badge, page.locale.word("severity_title", word));
    const std::string basis = legal_basis(page, rule);
    if (!basis.empty()) add_text(line, "span", basis, "basis");
    if (group.findings.size() > 1) {
        add_text(line, "span", page.locale.counted("n.places", static_cast<std::int64_t>(group.findings.size())));
    }
    if (rule != nullptr) {
        const auto what = in_language(rule->texts.what, page.locale.language());
        if (!what.empty()) add_text(article, "p", what, "what");
    }
    for (const Finding* finding : group.findings) write_place(article, *finding, page);
    if (rule != nullptr) write_texts(article, page, *rule);
}

void write_gone(Node section, const Findings& findings, const Page& page, const std::string& caption) {
    const Locale& locale = page.locale;
    const Table table = add_table(section, caption,
                                  {{locale.text("not_checked.rule")},
                                   {locale.text("finding.object")},
                                   {locale.text("finding.affected"), true},
                                   {locale.text("finding.before"), true}});
    for (const Finding* finding : findings) {
        const Node row = add(table.body, "tr");
        set(add_text(row, "th", rule_title(page, finding->rule)), "scope", "row");
        add_object(add(row, "td"), *finding, locale);
        add_text(row, "td", affected_text(*finding, locale), "number");
        add_text(row, "td", finding->affected_before ? locale.number(*finding->affected_before) : "", "number");
    }
}

void write_comparison(Node section, const Page& page) {
    if (page.result.baseline_as_of.empty()) return;
    std::map<FindingState, std::int64_t> counts;
    for (const Finding& finding : page.result.findings) ++counts[finding.state];
    std::vector<std::string> states;
    states.reserve(counts.size());
    for (const auto& [state, count] : counts) {
        states.push_back(page.locale.number(count) + " " + page.locale.word("state", to_string(state)));
    }
    if (states.empty()) return;
    add_text(
        section, "p",
        page.locale.text("findings.compared", {{"date", page.locale.date(std::string_view{page.result.baseline_as_of})},
                                               {"states", page.locale.list(states)}}));
}

/// One of the words that a check's id is made of is the topic: no_tracking_choice is about tracking.
bool is_about(const std::string& check, const std::string& topic) {
    return ("_" + check + "_").find("_" + topic + "_") != std::string::npos;
}

}  // namespace

std::vector<const Finding*> shown_findings(const AuditResult& result) {
    Findings open = chosen(result, [](const Finding& each) { return crmaudit::is_open(each); });
    if (open.size() > most_findings) open.resize(most_findings);
    return open;
}

std::string anchor(const Finding& finding) { return "finding-" + finding.fingerprint.substr(0, 16); }

std::string evidence_anchor(const Finding& finding) { return "evidence-" + finding.fingerprint.substr(0, 16); }

std::vector<const Statement*> statements_for(const AuditResult& result, const Rule* rule) {
    std::vector<const Statement*> about;
    for (const Statement& statement : result.statements) {
        if (rule != nullptr && is_about(rule->check, statement.topic)) about.push_back(&statement);
    }
    return about;
}

void write_findings(Node main, const Page& page) {
    const Locale& locale = page.locale;
    const Node section = add_section(main, page, "findings", "section.findings");
    write_comparison(section, page);
    const Findings open = shown_findings(page.result);
    if (open.empty()) add_text(section, "p", locale.text("findings.none"));
    std::int64_t total = 0;
    for (const Severity severity : severities) total += count_open(page.result, severity);
    const auto shown = static_cast<std::int64_t>(open.size());
    if (shown < total) {
        add_text(section, "p",
                 locale.text("findings.capped", {{"shown", locale.number(shown)}, {"total", locale.number(total)}}),
                 "note");
    }
    for (const Severity severity : severities) {
        Findings of_severity;
        std::copy_if(open.begin(), open.end(), std::back_inserter(of_severity),
                     [&](const Finding* each) { return each->severity == severity; });
        if (of_severity.empty()) continue;
        const Node heading = add(section, "h3", "severity");
        set(heading, "id", anchor(severity));
        append_text(heading, locale.word("severity_title", to_string(severity)) + " ");
        add_text(heading, "span", locale.counted("n.findings", count_open(page.result, severity)), "more");
        for (const Group& group : grouped(of_severity)) write_group(section, group, severity, page);
    }
    const Findings fixed = chosen(page.result, [](const Finding& each) { return each.state == FindingState::fixed; });
    if (!fixed.empty()) {
        const std::string date = locale.date(std::string_view{page.result.baseline_as_of});
        add_text(section, "h3", locale.text("findings.fixed", {{"date", date}}));
        write_gone(section, fixed, page, locale.text("findings.fixed_caption"));
    }
    const Findings waived = chosen(page.result, [](const Finding& each) { return each.state == FindingState::waived; });
    if (!waived.empty()) {
        add_text(section, "h3", locale.text("findings.waived"));
        add_text(section, "p", locale.text("findings.waived_lead"));
        write_gone(section, waived, page, locale.text("findings.waived_caption"));
    }
}

}  // namespace crmaudit::reports::html
