// For the move to another CRM: records, tables and columns to leave behind, what somebody has to decide, what moves.
#include <algorithm>

#include "reports/formats/html_parts.h"
#include "reports/migration.h"

namespace crmaudit::reports::html {
namespace {

std::string reason_of(const Page& page, const Verdict& verdict) {
    if (verdict.reason == "rule") return rule_title(page, verdict.rule);
    return page.locale.text("migration.reason." + verdict.reason);
}

std::string number(const Page& page, const std::optional<std::int64_t>& value) {
    return value ? page.locale.number(*value) : "–";
}

void write_records(Node section, const Page& page, const std::vector<RecordsLeft>& records) {
    const Locale& locale = page.locale;
    add_text(section, "h3", locale.text("migration.records"));
    if (records.empty()) {
        add_text(section, "p", locale.text("migration.no_records"));
        return;
    }
    add_text(section, "p", locale.text("migration.records_note"));
    const Table table = add_table(section, locale.text("migration.records_caption"),
                                  {{locale.text("migration.rule")},
                                   {locale.text("migration.kind")},
                                   {locale.text("migration.table")},
                                   {locale.text("migration.stay"), true},
                                   {locale.text("migration.of"), true},
                                   {locale.text("migration.at_least"), true}});
    set(table.table, "class", "migration");
    for (const RecordsLeft& each : records) {
        const Node row = add(table.body, "tr");
        set(add_text(row, "th", rule_title(page, each.rule)), "scope", "row");
        add_text(row, "td", each.entity.empty() ? "" : locale.word("entity", each.entity));
        add_name(add(row, "td"), to_string(each.table));
        add_text(row, "td", locale.number(each.affected), "number");
        add_text(row, "td", locale.number(each.total), "number");
        add_text(row, "td", locale.number(std::max<std::int64_t>(0, each.total - each.affected)), "number");
    }
}

/// Those that move as they are, because nothing personal was recognised in them, are only counted.
void write_tables(Node section, const Page& page, const std::vector<TableMove>& tables) {
    const Locale& locale = page.locale;
    add_text(section, "h3", locale.text("migration.tables"));
    const Table table = add_table(section, locale.text("migration.tables_caption"),
                                  {{locale.text("migration.table")},
                                   {locale.text("migration.verdict")},
                                   {locale.text("migration.because")},
                                   {locale.text("migration.rows"), true},
                                   {locale.text("migration.personal"), true},
                                   {locale.text("migration.moving"), true},
                                   {locale.text("migration.staying"), true},
                                   {locale.text("migration.open"), true}});
    set(table.table, "class", "migration");
    std::int64_t plain = 0;
    std::size_t shown = 0;
    for (const TableMove& each : tables) {
        if (each.verdict.move == Move::move && each.personal == 0 && each.staying + each.open == 0) {
            ++plain;
            continue;
        }
        if (++shown > most_columns) continue;
        const Node row = add(table.body, "tr");
        const Node name = add(row, "th");
        set(name, "scope", "row");
        add_name(name, to_string(each.table));
        add_text(add(row, "td"), each.verdict.move == Move::move ? "span" : "strong",
                 locale.text("migration.move." + std::string{to_string(each.verdict.move)}));
        add_text(row, "td", reason_of(page, each.verdict));
        add_text(row, "td", number(page, each.rows), "number");
        for (const std::int64_t count : {each.personal, each.moving, each.staying, each.open}) {
            add_text(row, "td", locale.number(count), "number");
        }
    }
    if (plain > 0) add_text(section, "p", locale.counted("migration.plain_tables", plain), "note");
}

void write_columns(Node section, const Page& page, const std::vector<ColumnMove>& columns, Move which) {
    const Locale& locale = page.locale;
    const std::string key = "migration.columns." + std::string{to_string(which)};
    const auto is_shown = [&](const ColumnMove& each) { return each.verdict.move == which; };
    const auto count = std::count_if(columns.begin(), columns.end(), is_shown);
    add_text(section, "h3", locale.text(key));
    if (count == 0) {
        add_text(section, "p", locale.text("migration.none"));
        return;
    }
    const Table table = add_table(section, locale.text(key + "_caption"),
                                  {{locale.text("migration.column")},
                                   {locale.text("migration.category")},
                                   {locale.text("migration.filled"), true},
                                   {locale.text("migration.rows"), true},
                                   {locale.text("migration.because")}});
    set(table.table, "class", "migration");
    std::size_t shown = 0;
    for (const ColumnMove& each : columns) {
        if (!is_shown(each) || ++shown > most_columns) continue;
        const Node row = add(table.body, "tr");
        const Node name = add(row, "th");
        set(name, "scope", "row");
        add_name(name, to_string(each.table) + "." + each.column);
        add_text(row, "td", each.category == Category::none ? "" : locale.word("category", to_string(each.category)));
        add_text(row, "td", number(page, each.filled), "number");
        add_text(row, "td", number(page, each.rows), "number");
        add_text(row, "td", reason_of(page, each.verdict));
    }
    if (shown > most_columns) add_text(section, "p", locale.text("migration.cut"), "note");
}

}  // namespace

void write_migration(Node main, const Page& page) {
    if (!page.result.run.migration) return;
    const Locale& locale = page.locale;
    const Migration plan = plan_migration(page.result);
    const auto columns = [&](Move move) {
        return locale.counted("n.columns",
                              std::count_if(plan.columns.begin(), plan.columns.end(),
                                            [&](const ColumnMove& each) { return each.verdict.move == move; }));
    };
    const Node section = add_section(main, page, "migration", "section.migration");
    add_text(section, "p",
             locale.text(
                 "migration.lead",
                 {{"move", columns(Move::move)}, {"leave", columns(Move::leave)}, {"decide", columns(Move::decide)}}));
    write_records(section, page, plan.records);
    write_tables(section, page, plan.tables);
    write_columns(section, page, plan.columns, Move::leave);
    write_columns(section, page, plan.columns, Move::decide);
    add_text(section, "p", locale.text("migration.note"), "note");
}

}  // namespace crmaudit::reports::html
