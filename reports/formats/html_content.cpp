// How values were looked at: the method, its reach and what it may have missed.
#include <algorithm>
#include <cmath>
#include <map>

#include "reports/formats/html_parts.h"

namespace crmaudit::reports::html {
namespace {

/// Rows that hold something must be at least this share of a table for a sample of n rows to meet one of them in 19
/// of 20 cases: 3/n, the rule of three.
std::string missed_share(std::int64_t rows, const Locale& locale) {
    const auto tenths =
        static_cast<std::int64_t>(std::ceil(3000.0 / static_cast<double>(std::max<std::int64_t>(rows, 1))));
    return locale.percent(tenths, 1000);
}

void write_methods(Node section, const Page& page) {
    struct Sum {
        std::int64_t tables = 0;
        std::int64_t read = 0;
        std::int64_t rows = 0;
    };
    std::map<SampleMethod, Sum> sums;
    for (const TableSample& sample : page.result.content.samples) {
        Sum& sum = sums[sample.method];
        ++sum.tables;
        sum.read += sample.rows_read;
        sum.rows += sample.rows_total;
    }
    if (sums.empty()) return;
    const Locale& locale = page.locale;
    const Table table = add_table(section, locale.text("content.caption"),
                                  {{locale.text("content.method")},
                                   {locale.text("content.tables"), true},
                                   {locale.text("content.read"), true},
                                   {locale.text("content.rows"), true}});
    for (const auto& [method, sum] : sums) {
        const Node row = add(table.body, "tr");
        set(add_text(row, "th", locale.word("sample_method", to_string(method))), "scope", "row");
        for (const std::int64_t number : {sum.tables, sum.read, sum.rows}) {
            add_text(row, "td", locale.number(number), "number");
        }
    }
}

void write_gaps(Node section, const Page& page, const std::vector<Gap>& gaps, const char* title_key) {
    if (gaps.empty()) return;
    constexpr std::size_t most = 50;
    add_text(section, "h4", page.locale.text(title_key));
    const Node list = add(section, "ul");
    for (std::size_t i = 0; i < std::min(gaps.size(), most); ++i) {
        const Node item = add(list, "li");
        add_name(item, gaps[i].object);
        append_text(item, ": " + page.locale.reason(gaps[i].reason));
    }
    if (gaps.size() > most) {
        const auto more = static_cast<std::int64_t>(gaps.size() - most);
        add_text(section, "p", page.locale.counted("content.more_gaps", more), "note");
    }
}

}  // namespace

void write_content(Node section, const Page& page) {
    const Locale& locale = page.locale;
    const ContentScan& content = page.result.content;
    add_text(section, "h3", locale.text("content.title"));
    const Values values{{"rows", locale.number(content.rows)},
                        {"seed", std::to_string(content.seed)},
                        {"kib", locale.number(content.longest_value / 1024)},
                        {"share", missed_share(content.rows, locale)}};
    add_text(section, "p", locale.text("content.extent." + std::string{to_string(content.extent)}, values));
    if (content.extent == ContentExtent::sample) add_text(section, "p", locale.text("content.bias", values));
    write_methods(section, page);
    write_gaps(section, page, content.gaps, "content.gaps");
    write_gaps(section, page, page.result.inventory_gaps, "content.not_counted");
}

}  // namespace crmaudit::reports::html
