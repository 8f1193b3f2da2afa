// How old records are, year by year, beside those a rule calls too old: what a period is chosen by.
#include <algorithm>

#include "reports/formats/html_parts.h"

namespace crmaudit::reports::html {

void write_ages(Node place, const Finding& finding, const Page& page) {
    if (finding.ages.empty()) return;
    const Locale& locale = page.locale;
    std::int64_t most = 1;
    for (const AgeBar& bar : finding.ages) most = std::max(most, bar.all);
    const Node group = add(place, "div", "ages");
    const Table table =
        add_table(group, locale.text("ages.caption"),
                  {{locale.text("ages.year")}, {locale.text("ages.all"), true}, {locale.text("ages.affected"), true}});
    for (const AgeBar& bar : finding.ages) {
        const Node row = add(table.body, "tr");
        const std::string from = std::to_string(bar.from);
        set(add_text(row, "th", bar.from == bar.to ? from : from + "–" + std::to_string(bar.to)), "scope", "row");
        for (const std::int64_t count : {bar.all, bar.affected}) {
            const Node cell = add_text(row, "td", locale.number(count), "number share");
            add_bar(cell, count, most);
        }
    }
    add_text(group, "p", locale.text("ages.note"), "note");
}

}  // namespace crmaudit::reports::html
