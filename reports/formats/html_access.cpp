// Who can do what with which kind of data: principals against categories, in tables narrow enough for paper. How
// somebody comes by a right stands behind the right itself.
#include <algorithm>

#include "reports/formats/html_parts.h"

namespace crmaudit::reports::html {
namespace {

constexpr std::size_t most_rows = 50;
constexpr std::size_t most_names = 5;
constexpr std::size_t categories_a_table = 6;

void add_holder(Node place, const AccessHolder& holder, const Locale& locale) {
    const Node line = add(place, "span", "holder");
    add_name(line, holder.name);
    if (holder.is_own) append_text(line, " " + locale.text("access.own"));
}

/// The first names, and the rest on demand.
void add_holders(Node cell, const AccessRow& row, const Locale& locale) {
    const auto& holders = row.holders;
    const std::size_t shown = holders.size() > most_names + 1 ? most_names : holders.size();
    for (std::size_t i = 0; i < shown; ++i) add_holder(cell, holders[i], locale);
    if (shown == holders.size()) return;
    const Node more = add(cell, "details");
    add_text(more, "summary", locale.counted("access.more_names", static_cast<std::int64_t>(holders.size() - shown)));
    for (std::size_t i = shown; i < holders.size(); ++i) add_holder(more, holders[i], locale);
}

void add_right(Node list, const AccessCell& cell, const Locale& locale) {
    const Node item = add(list, "li");
    append_text(item, locale.word("access_right", to_string(cell.right)) + ": ");
    for (const AccessWay& way : cell.ways) {
        if (&way != &cell.ways.front()) append_text(item, "; ");
        append_text(item, locale.word("path", way.path) + " (");
        add_name(item, way.object);
        append_text(item, ")");
    }
}

void add_cell(Node row_node, const AccessRow& row, Category category, const Locale& locale) {
    const Node place = add(row_node, "td");
    std::string rights;
    bool all_rows = false;
    std::vector<const AccessCell*> cells;
    for (const AccessRight right : all_access_rights) {
        const AccessCell* cell = find(row, category, right);
        if (cell == nullptr) continue;
        cells.push_back(cell);
        all_rows = all_rows || cell->all_rows;
        rights += (rights.empty() ? "" : ", ") + locale.word("access_right", to_string(right));
    }
    if (cells.empty()) {
        append_text(place, "–");
        return;
    }
    const Node details = add(place, "details");
    const Node summary = add_text(details, "summary", rights);
    if (!all_rows) append_text(summary, " " + locale.text("access.some_rows"));
    const Node list = add(details, "ul");
    for (const AccessCell* cell : cells) add_right(list, *cell, locale);
}

/// Accounts first, then roles: the rows are sorted so.
void add_table(Node section, const Page& page, const std::vector<const AccessRow*>& rows,
               const std::vector<Category>& categories) {
    const Locale& locale = page.locale;
    std::vector<Header> headers{{locale.text("access.who")}};
    std::vector<std::string> names;
    for (const Category category : categories) {
        names.push_back(locale.word("category", to_string(category)));
        headers.push_back({names.back()});
    }
    Table table =
        html::add_table(section, locale.text("access.caption", {{"categories", locale.list(names)}}), headers);
    set(table.table, "class", "access");
    const AccessRow* last = nullptr;
    for (const AccessRow* row : rows) {
        const bool can_login = row->holders.front().can_login;
        if (last == nullptr || last->holders.front().can_login != can_login) {
            if (last != nullptr) table.body = add(table.table, "tbody");
            const Node heading = add(add(table.body, "tr", "group"), "th");
            set(heading, "colspan", std::to_string(headers.size()));
            set(heading, "scope", "rowgroup");
            append_text(heading, locale.text(can_login ? "access.accounts" : "access.roles"));
        }
        last = row;
        const Node node = add(table.body, "tr");
        const Node who = add(node, "th");
        set(who, "scope", "row");
        add_holders(who, *row, locale);
        for (const Category category : categories) add_cell(node, *row, category, locale);
    }
}

std::int64_t holders_in(const std::vector<AccessRow>& rows, std::size_t from) {
    std::int64_t count = 0;
    for (std::size_t i = from; i < rows.size(); ++i) count += static_cast<std::int64_t>(rows[i].holders.size());
    return count;
}

}  // namespace

void write_access(Node main, const Page& page) {
    if (!page.result.access_matrix) return;
    const AccessMatrix& matrix = *page.result.access_matrix;
    const Locale& locale = page.locale;
    const Node section = add_section(main, page, "access", "section.access");
    if (matrix.rows.empty()) {
        add_text(section, "p", locale.text("access.none"));
        return;
    }
    add_text(section, "p", locale.text("access.lead"));
    std::vector<const AccessRow*> rows;
    for (const AccessRow& row : matrix.rows) {
        if (rows.size() < most_rows) rows.push_back(&row);
    }
    for (std::size_t start = 0; start < matrix.categories.size(); start += categories_a_table) {
        const auto first = matrix.categories.begin() + static_cast<std::ptrdiff_t>(start);
        const auto count = std::min(categories_a_table, matrix.categories.size() - start);
        add_table(section, page, rows, {first, first + static_cast<std::ptrdiff_t>(count)});
    }
    if (rows.size() < matrix.rows.size())
        add_text(section, "p", locale.counted("access.more", holders_in(matrix.rows, rows.size())), "note");
    if (matrix.without > 0) add_text(section, "p", locale.counted("access.without", matrix.without), "note");
    add_text(section, "p", locale.text("access.note"), "note");
}

}  // namespace crmaudit::reports::html
