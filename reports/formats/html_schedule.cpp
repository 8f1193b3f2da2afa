// The retention schedule: for each kind of data the event that starts the period, the period, and what is past it.
#include <algorithm>

#include "reports/formats/html_parts.h"

namespace crmaudit::reports::html {
namespace {

bool has_period(const Rule& rule) { return !rule.parameter("after").empty(); }

/// "created" for a rule that says so, else what its check starts from.
std::string start_of(const Rule& rule, const Locale& locale) {
    const std::string_view start = rule.parameter("start");
    return start.empty() ? locale.word("schedule_start", rule.check) : locale.word("role", start);
}

std::string state_of(const AuditResult& result, const Rule& rule, const Locale& locale) {
    const auto outcome = std::find_if(result.outcomes.begin(), result.outcomes.end(),
                                      [&](const RuleOutcome& each) { return each.rule == rule.id; });
    return outcome == result.outcomes.end() ? "" : locale.word("outcome", to_string(outcome->status));
}

}  // namespace

void write_schedule(Node main, const Page& page) {
    const auto& [result, locale, checksum] = page;
    if (std::none_of(result.rules.begin(), result.rules.end(), has_period)) return;
    const Node section = add_section(main, page, "schedule", "section.schedule");
    const Table table = add_table(section, locale.text("schedule.caption"),
                                  {{locale.text("schedule.rule")},
                                   {locale.text("schedule.start")},
                                   {locale.text("schedule.period")},
                                   {locale.text("schedule.past"), true},
                                   {locale.text("schedule.of"), true},
                                   {locale.text("schedule.outcome")}});
    for (const Rule& rule : result.rules) {
        if (!has_period(rule)) continue;
        std::int64_t past = 0;
        std::int64_t total = 0;
        for (const Finding& finding : result.findings) {
            if (finding.rule != rule.id || !crmaudit::is_open(finding)) continue;
            past += finding.affected;
            total += finding.total;
        }
        const Node row = add(table.body, "tr");
        set(add_text(row, "th", rule_title(page, rule.id)), "scope", "row");
        add_text(row, "td", start_of(rule, locale));
        add_text(row, "td", locale.period(rule.period("after")), "period");
        add_text(row, "td", total == 0 ? "–" : locale.number(past), "number");
        add_text(row, "td", total == 0 ? "–" : locale.number(total), "number");
        add_text(row, "td", state_of(result, rule, locale));
    }
    add_text(section, "p", locale.text("schedule.note"), "note");
}

}  // namespace crmaudit::reports::html
