// The top of the page: what was audited, how it ended, whom it concerns and who agreed to what.
#include <algorithm>

#include "reports/formats/html_parts.h"

namespace crmaudit::reports::html {
namespace {

struct Persons {
    std::int64_t total = 0;
    std::int64_t affected = 0;
    std::map<Severity, std::int64_t> by_severity;
};

Persons together(const AuditResult& result) {
    Persons sum;
    for (const PersonsAffected& persons : result.persons) {
        sum.total += persons.total;
        sum.affected += persons.affected;
        for (const auto& [severity, count] : persons.by_severity) sum.by_severity[severity] += count;
    }
    return sum;
}

std::int64_t count_of(const std::map<Severity, std::int64_t>& counts, Severity severity) {
    const auto found = counts.find(severity);
    return found == counts.end() ? 0 : found->second;
}

void add_fact(Node list, const Page& page, const char* key, std::string_view value, std::string_view more = {}) {
    if (value.empty()) return;
    const Node group = add(list, "div");
    add_text(group, "dt", page.locale.text(key));
    const Node fact = add_text(group, "dd", value);
    if (!more.empty()) add_text(fact, "span", more, "more");
}

std::string joined(std::string_view first, std::string_view second) {
    return std::string{first} + (first.empty() || second.empty() ? "" : " ") + std::string{second};
}

std::string how_it_is_incomplete(const Page& page) {
    const auto& outcomes = page.result.outcomes;
    const auto rules = std::count_if(outcomes.begin(), outcomes.end(),
                                     [](const RuleOutcome& each) { return is_open(each) && !each.accepted; });
    if (rules > 0) return page.locale.counted("verdict.incomplete_rules", rules);
    return is_incomplete(page.result) ? page.locale.text("verdict.incomplete_source") : "";
}

std::string what_was_found(const Page& page) {
    const Locale& locale = page.locale;
    std::int64_t findings = 0;
    std::string counts;
    for (const Severity severity : severities) {
        const std::int64_t count = count_open(page.result, severity);
        if (count == 0) continue;
        findings += count;
        counts +=
            (counts.empty() ? "" : ", ") + locale.number(count) + " " + locale.word("severity", to_string(severity));
    }
    if (findings == 0) return locale.text(is_incomplete(page.result) ? "verdict.clean_so_far" : "verdict.clean");
    const Persons persons = together(page.result);
    if (persons.affected == 0) return locale.counted("verdict.findings", findings, {{"severities", counts}});
    const std::string affected =
        locale.counted("verdict.persons", persons.total, {{"affected", locale.number(persons.affected)}});
    return locale.counted("verdict.findings_persons", findings, {{"severities", counts}, {"affected", affected}});
}

void add_tile(Node list, const Page& page, Severity severity, const Persons& persons) {
    const std::int64_t findings = count_open(page.result, severity);
    const std::string word{to_string(severity)};
    const Node item = add(list, "li", (word + (findings == 0 ? " none" : "")).c_str());
    const Node tile = findings == 0 ? add(item, "div", "tile") : add(item, "a", "tile");
    if (findings > 0) set(tile, "href", "#" + anchor(severity));
    const Node label = add(tile, "span", "label");
    add_mark(label, severity);
    append_text(label, page.locale.word("severity_title", word));
    add_text(tile, "span", page.locale.number(findings), "figure");
    if (!page.result.persons.empty()) {
        add_text(tile, "span", page.locale.counted("n.persons", count_of(persons.by_severity, severity)), "more");
    }
}

void add_persons_row(Node body, const Page& page, std::string_view name, const Persons& persons) {
    const Locale& locale = page.locale;
    const Node row = add(body, "tr");
    set(add_text(row, "th", name), "scope", "row");
    add_text(row, "td", locale.number(persons.total), "number");
    add_text(row, "td", locale.number(persons.affected), "number");
    const Node share = add_text(row, "td", locale.percent(persons.affected, persons.total), "number share");
    add_bar(share, persons.affected, persons.total);
    for (const Severity severity : severities) {
        add_text(row, "td", locale.number(count_of(persons.by_severity, severity)), "number");
    }
}

void add_deciding_rows(const Table& table, const Page& page, const ConsentCount& consent,
                       const std::vector<NamedCount>& columns, const char* state_key) {
    for (const NamedCount& each : columns) {
        const Node row = add(table.body, "tr");
        set(add_text(row, "th", page.locale.word("entity", consent.entity)), "scope", "row");
        add_text(row, "td", page.locale.word("purpose", consent.purpose));
        add_text(row, "td", page.locale.text(state_key));
        add_name(add(row, "td"), each.name);
        add_text(row, "td", page.locale.number(each.count), "number");
    }
}

void write_deciding_columns(Node section, const Page& page) {
    const auto& consents = page.result.consent;
    if (std::all_of(consents.begin(), consents.end(),
                    [](const ConsentCount& each) { return each.granted_by.empty() && each.refused_by.empty(); })) {
        return;
    }
    const Locale& locale = page.locale;
    const Table table = add_table(section, locale.text("consent.decided_caption"),
                                  {{locale.text("persons.entity")},
                                   {locale.text("consent.purpose")},
                                   {locale.text("consent.state")},
                                   {locale.text("consent.column")},
                                   {locale.text("persons.total"), true}});
    for (const ConsentCount& each : consents) {
        add_deciding_rows(table, page, each, each.granted_by, "consent.granted");
        add_deciding_rows(table, page, each, each.refused_by, "consent.refused");
    }
}

}  // namespace

std::string verdict_sentence(const Page& page) {
    const std::string found = what_was_found(page);
    const std::string incomplete = how_it_is_incomplete(page);
    if (incomplete.empty()) return page.locale.text("verdict.single", {{"first", found}});
    return page.locale.text("verdict.joined", {{"first", found}, {"second", incomplete}});
}

void write_masthead(Node body, const Page& page) {
    const auto& [result, locale, checksum] = page;
    const Node header = add(body, "header", "masthead");
    const Node title = add(header, "h1");
    add_text(title, "span", locale.text("page.kind"), "kind");
    append_text(title, " " + result.run.label);
    const Node facts = add(header, "dl", "facts");
    add_fact(facts, page, "fact.as_of", locale.date(result.run.as_of));
    add_fact(facts, page, "fact.product", joined(result.source.product, result.source.version));
    add_fact(facts, page, "fact.database", result.source.database,
             result.source.schema == result.source.database ? "" : result.source.schema);
    add_fact(facts, page, "fact.account", result.source.account);
    add_fact(facts, page, "fact.location", declared_location(page));
    const bool has_profile = !result.run.profile.empty();
    const bool discovered = result.run.profile_discovered;
    add_fact(facts, page, "fact.profile",
             discovered    ? locale.text("fact.discovered")
             : has_profile ? result.run.profile_title
                           : locale.text("fact.no_profile"),
             discovered ? locale.text("fact.discovered_note") : result.run.profile);
    add_fact(facts, page, "fact.policy", result.run.policy);
    add_fact(facts, page, "fact.scope", locale.counted("n.tables", result.source.tables),
             locale.counted("n.columns", result.source.columns));
    if (!result.baseline_as_of.empty()) {
        add_fact(facts, page, "fact.baseline",
                 locale.text("fact.audit_of", {{"date", locale.date(std::string_view{result.baseline_as_of})}}));
    }
}

void write_verdict(Node main, const Page& page) {
    const auto highest = worst(page.result);
    Node section = add_section(main, page, "verdict", "section.verdict");
    const std::string tone = highest ? std::string{to_string(*highest)} : is_incomplete(page.result) ? "open" : "clean";
    set(section, "class", "verdict " + tone);
    add_text(section, "p", verdict_sentence(page), "sentence");
    const auto& outcomes = page.result.outcomes;
    const auto accepted = std::count_if(outcomes.begin(), outcomes.end(),
                                        [](const RuleOutcome& each) { return is_open(each) && each.accepted; });
    if (accepted > 0 || is_incomplete(page.result)) {
        Node note = add(section, "p", "note");
        if (accepted > 0) append_text(note, page.locale.counted("verdict.accepted", accepted) + " ");
        add_link(note, "#not-checked", page.locale.text("verdict.see_not_checked"));
    }
    const Node tiles = add(section, "ul", "tiles");
    const Persons persons = together(page.result);
    for (const Severity severity : severities) add_tile(tiles, page, severity, persons);
}

void write_persons(Node main, const Page& page) {
    const Locale& locale = page.locale;
    const Node section = add_section(main, page, "persons", "section.persons");
    if (page.result.persons.empty()) {
        add_text(section, "p", locale.text("persons.none"));
        return;
    }
    std::vector<Header> headers{{locale.text("persons.entity")},
                                {locale.text("persons.total"), true},
                                {locale.text("persons.affected"), true},
                                {locale.text("persons.share"), true}};
    for (const Severity severity : severities) {
        headers.push_back({locale.word("severity_title", to_string(severity)), true});
    }
    const Table table = add_table(section, locale.text("persons.caption"), headers);
    for (const PersonsAffected& persons : page.result.persons) {
        add_persons_row(table.body, page, locale.word("entity", persons.entity),
                        {persons.total, persons.affected, persons.by_severity});
    }
    if (page.result.persons.size() > 1) {
        add_persons_row(add(table.table, "tfoot"), page, locale.text("persons.sum"), together(page.result));
    }
    add_text(section, "p", locale.text("persons.note"), "note");
}

void write_consent(Node main, const Page& page) {
    const Locale& locale = page.locale;
    if (page.result.consent.empty()) return;
    const Node section = add_section(main, page, "consent", "section.consent");
    const Table table = add_table(section, locale.text("consent.caption"),
                                  {{locale.text("persons.entity")},
                                   {locale.text("consent.purpose")},
                                   {locale.text("consent.granted"), true},
                                   {locale.text("consent.refused"), true},
                                   {locale.text("consent.unknown"), true}});
    for (const ConsentCount& consent : page.result.consent) {
        const Node row = add(table.body, "tr");
        set(add_text(row, "th", locale.word("entity", consent.entity)), "scope", "row");
        add_text(row, "td", locale.word("purpose", consent.purpose));
        const std::int64_t all = consent.granted + consent.refused + consent.unknown;
        for (const std::int64_t count : {consent.granted, consent.refused, consent.unknown}) {
            const Node cell = add_text(row, "td", locale.number(count), "number share");
            add_text(cell, "span", locale.percent(count, all), "more");
            add_bar(cell, count, all);
        }
    }
    add_text(section, "p", locale.text("consent.note"), "note");
    write_deciding_columns(section, page);
}

}  // namespace crmaudit::reports::html
