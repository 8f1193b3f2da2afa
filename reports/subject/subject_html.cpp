// subject.html: the copy of their data for the person who asked, in words that need no knowledge of databases.
#include <algorithm>
#include <set>
#include <stdexcept>

#include "auditor/data/embedded.h"
#include "reports/formats/html_tree.h"
#include "reports/locale.h"
#include "reports/subject/subject.h"

namespace crmaudit::reports {
namespace {

using namespace html;

struct Page {
    const SubjectAnswer& answer;
    const Locale& locale;
};

std::string style_sheet(const char* path) {
    const auto css = data::embedded(path);
    if (!css) throw std::logic_error(std::string{path} + " is not embedded");
    return std::string{*css};
}

void write_head(Node root, const Page& page) {
    const Node head = add(root, "head");
    set(add(head, "meta"), "charset", "utf-8");
    const auto meta = [&](const char* attribute, const char* name, const char* content) {
        const Node node = add(head, "meta");
        set(node, attribute, name);
        set(node, "content", content);
    };
    meta("http-equiv", "Content-Security-Policy",
         "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'");
    meta("name", "viewport", "width=device-width, initial-scale=1");
    meta("name", "referrer", "no-referrer");
    meta("name", "color-scheme", "light dark");
    // A title stands in lists of windows and of recent files: it names nobody.
    add_text(head, "title", page.locale.text("subject.title"));
    add_text(head, "style", style_sheet("reports/formats/report.css") + style_sheet("reports/formats/subject.css"));
}

Node add_section(Node main, const Page& page, const char* name) {
    const Node section = add(main, "section");
    const std::string heading = std::string{name} + "-title";
    set(section, "aria-labelledby", heading);
    set(add_text(section, "h2", page.locale.text(std::string{"subject.section."} + name)), "id", heading);
    return section;
}

void write_masthead(Node body, const Page& page) {
    const auto& [answer, locale] = page;
    const Node header = add(body, "header", "masthead");
    const Node title = add(header, "h1");
    add_text(title, "span", locale.text("subject.kind"), "kind");
    append_text(title, locale.text("subject.title"));
    const Node facts = add(header, "dl", "facts");
    const auto fact = [&](const char* name, const std::string& value) {
        const Node group = add(facts, "div");
        add_text(group, "dt", locale.text(std::string{"subject.fact."} + name));
        add_text(group, "dd", value);
    };
    fact("source", answer.run.label);
    fact("date", locale.date(answer.run.as_of));
    fact("asked_by", locale.text("subject.asked_by." + answer.asked_by));
}

void write_state(Node main, const Page& page) {
    const auto& [answer, locale] = page;
    const bool several = answer.records.empty() && answer.matches.size() > 1;
    const char* state = several ? "several" : answer.records.empty() ? "nothing" : "found";
    const Node box = add(main, "div", several ? "state open" : "state");
    add_text(box, "p", locale.text(std::string{"subject.state."} + state));
    if (several) {
        const Table table = add_table(box, locale.text("subject.several.caption"),
                                      {{locale.text("subject.several.entity")}, {locale.text("subject.several.line")}});
        for (const SubjectPerson& each : answer.matches) {
            const Node row = add(table.body, "tr");
            add_text(row, "td", each.entity);
            std::string line = "key: " + each.entity + "=";
            for (std::size_t i = 0; i < each.key.size(); ++i) line += (i == 0 ? "" : ",") + each.key[i];
            add_name(add(row, "td"), line);
        }
    }
    if (!answer.gaps.empty()) add_text(box, "p", locale.text("subject.state.gaps"));
}

/// "Birth date", with the column's own name where the category does not tell it.
void add_label(Node group, const SubjectValue& value, const Locale& locale) {
    const Node label = add(group, "dt");
    if (value.category == Category::none) {
        add_name(label, value.column);
        return;
    }
    append_text(label, locale.word("category", to_string(value.category)));
    add_name(label, value.column);
}

void add_value(Node list, const SubjectValue& value, const Locale& locale) {
    const Node group = add(list, "div");
    add_label(group, value, locale);
    if (value.shown == ValueShown::masked || value.shown == ValueShown::binary) {
        const char* why = value.shown == ValueShown::binary        ? "subject.binary"
                          : value.category == Category::credential ? "subject.credential"
                                                                   : "subject.masked";
        add_text(group, "dd", locale.text(why), "masked");
        return;
    }
    const Node text = add_text(group, "dd", value.text);
    if (value.shown == ValueShown::beginning) add_text(text, "span", locale.text("subject.beginning"), "note");
    if (value.shown == ValueShown::excerpt) add_text(text, "span", locale.text("subject.excerpt"), "note");
}

/// What says something about the person first; what a system notes of every row folds away.
void add_entry(Node parent, const SubjectRow& row, const Locale& locale) {
    const Node entry = add(parent, "div", "entry");
    const auto tells = [](const SubjectValue& each) {
        return each.category != Category::none && each.category != Category::person_key;
    };
    const bool some_tell = std::any_of(row.begin(), row.end(), tells);
    const Node shown = add(entry, "dl");
    for (const SubjectValue& each : row) {
        if (!some_tell || tells(each)) add_value(shown, each, locale);
    }
    const auto others = std::count_if(row.begin(), row.end(), [&](const SubjectValue& each) { return !tells(each); });
    if (!some_tell || others == 0) return;
    const Node details = add(entry, "details", "technical");
    add_text(details, "summary", locale.counted("subject.technical", others));
    const Node list = add(details, "dl");
    for (const SubjectValue& each : row) {
        if (!tells(each)) add_value(list, each, locale);
    }
}

void write_table(Node section, const SubjectTable& table, const Locale& locale) {
    const Node source = add(section, "div", "source");
    add_text(source, "h3",
             table.link == SubjectLink::own ? locale.text("subject.own")
             : table.link == SubjectLink::mention
                 ? locale.text("subject.mentioned")
                 : locale.text("subject.topic." + std::string{to_string(table.topic)}));
    const Node origin = add(source, "p", "origin");
    append_text(origin, locale.text("subject.link." + std::string{to_string(table.link)}) + " ");
    append_text(origin, locale.text("subject.table") + " ");
    add_name(origin, to_string(table.table));
    append_text(origin, ", " + locale.counted("subject.rows", static_cast<std::int64_t>(table.rows.size())) + ".");
    for (const SubjectRow& row : table.rows) add_entry(source, row, locale);
    if (table.left > 0) add_text(source, "p", locale.counted("subject.left", table.left), "note");
}

void write_data(Node main, const Page& page) {
    const auto& [answer, locale] = page;
    for (const SubjectRecord& record : answer.records) {
        const Node section = add(main, "section");
        std::string heading = locale.text("subject.section.data");
        if (answer.records.size() > 1) heading += ": " + record.person.entity;
        add_text(section, "h2", heading);
        if (record.person.entity.empty()) add_text(section, "p", locale.text("subject.no_person"));
        for (const SubjectTable& each : record.tables) write_table(section, each, locale);
    }
}

/// Values of the person's own rows in these categories, named as their columns are.
void add_own_values(Node section, const Page& page, const std::set<Category>& categories, const char* none) {
    const Node entry = add(section, "div", "entry");
    const Node list = add(entry, "dl");
    for (const SubjectRecord& record : page.answer.records) {
        for (const SubjectTable& table : record.tables) {
            if (table.link != SubjectLink::own && table.topic != Topic::consent) continue;
            for (const SubjectRow& row : table.rows) {
                for (const SubjectValue& each : row) {
                    if (categories.contains(each.category)) add_value(list, each, page.locale);
                }
            }
        }
    }
    if (list.first_child()) return;
    section.remove_child(entry);
    add_text(section, "p", page.locale.text(none));
}

void write_purposes(Node main, const Page& page) {
    const auto& [answer, locale] = page;
    const Node section = add_section(main, page, "purposes");
    if (answer.purposes.empty()) {
        add_text(section, "p", locale.text("subject.purposes.none"));
    } else {
        const Node list = add(section, "ul");
        for (const Purpose& each : answer.purposes) {
            std::vector<std::string> words;
            for (const Category category : each.justifies)
                words.push_back(locale.word("category", to_string(category)));
            const std::string title{in_language(each.title, locale.language())};
            add_text(list, "li", (title.empty() ? each.id : title) + (words.empty() ? "" : ": " + locale.list(words)));
        }
    }
    add_text(section, "h3", locale.text("subject.basis"));
    add_own_values(section, page, {Category::consent, Category::consent_evidence}, "subject.basis.none");
}

void write_periods(Node main, const Page& page) {
    const auto& [answer, locale] = page;
    const Node section = add_section(main, page, "periods");
    add_text(section, "p", locale.text(answer.periods.empty() ? "subject.periods.none" : "subject.periods"));
    if (answer.periods.empty()) return;
    const Table table =
        add_table(section, locale.text("subject.periods.caption"),
                  {{locale.text("schedule.rule")}, {locale.text("schedule.start")}, {locale.text("schedule.period")}});
    for (const Rule& rule : answer.periods) {
        const Node row = add(table.body, "tr");
        const std::string_view title = in_language(rule.texts.title, locale.language());
        set(add_text(row, "th", title.empty() ? std::string_view{rule.id} : title), "scope", "row");
        const std::string_view start = rule.parameter("start");
        add_text(row, "td", start.empty() ? locale.word("schedule_start", rule.check) : locale.word("role", start));
        add_text(row, "td", locale.period(rule.period("after")));
    }
}

void write_readers(Node main, const Page& page) {
    const auto& [answer, locale] = page;
    const Node section = add_section(main, page, "readers");
    add_text(section, "p", locale.text(answer.readers_known ? "subject.readers" : "subject.readers.unknown"));
    if (!answer.readers.empty()) {
        const Table table =
            add_table(section, locale.text("subject.readers.caption"),
                      {{locale.text("subject.readers.account")}, {locale.text("subject.readers.what")}});
        for (const SubjectRecipient& each : answer.readers) {
            const Node row = add(table.body, "tr");
            add_name(add(row, "td"), each.principal);
            std::string tables;
            for (const TableName& name : each.tables) tables += (tables.empty() ? "" : ", ") + to_string(name);
            add_text(row, "td", tables.empty() ? locale.text("subject.readers.all") : tables);
        }
    }
    add_text(section, "p", locale.text("subject.readers.others"));
}

void write_list(Node main, const Page& page, const char* name, const std::vector<const char*>& items) {
    const Node section = add_section(main, page, name);
    const Node list = add(section, "ul", name);
    for (const char* each : items) add_text(list, "li", page.locale.text("subject." + std::string{name} + "." + each));
}

void write_gaps(Node main, const Page& page) {
    const auto& [answer, locale] = page;
    if (answer.gaps.empty()) return;
    const Node section = add_section(main, page, "gaps");
    const Table table = add_table(section, locale.text("subject.gaps.caption"),
                                  {{locale.text("subject.gaps.what")}, {locale.text("subject.gaps.why")}});
    for (const Gap& each : answer.gaps) {
        const Node row = add(table.body, "tr");
        add_name(add(row, "td"), each.object);
        add_text(row, "td", locale.reason(each.reason));
    }
}

}  // namespace

std::string write_subject_html(const SubjectAnswer& answer, std::string_view language) {
    const Locale locale{language};
    const Page page{answer, locale};
    pugi::xml_document document;
    const Node root = document.append_child("html");
    set(root, "lang", locale.language());
    write_head(root, page);
    const Node body = add(root, "body");
    write_masthead(body, page);
    const Node main = add(body, "main");
    write_state(main, page);
    if (!answer.records.empty()) {
        write_data(main, page);
        write_purposes(main, page);
        const Node origin = add_section(main, page, "origin");
        add_own_values(origin, page, {Category::data_source}, "subject.origin.none");
        write_periods(main, page);
        write_readers(main, page);
    }
    write_gaps(main, page);
    if (answer.records.empty() && answer.matches.size() > 1) return document_text(root);
    write_list(
        main, page, "rights",
        {"access", "rectification", "erasure", "restriction", "portability", "objection", "withdrawal", "complaint"});
    write_list(main, page, "limits", {"others", "elsewhere", "automated"});
    return document_text(root);
}

}  // namespace crmaudit::reports
