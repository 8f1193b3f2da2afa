#include "reports/purge/readme.h"

#include "reports/purge/one_line.h"

namespace crmaudit::reports::purge {

std::string explain(const Refusal& refusal, const Locale& locale) {
    return on_one_line(refusal.rule + ", " + refusal.object + ": " +
                       locale.text("purge.refused." + refusal.reason, {{"detail", refusal.detail}}));
}

std::string readme(const AuditResult& result, const Plan& plan, const Limits& limits, std::string_view client,
                   const Locale& locale) {
    std::string text = on_one_line(locale.text("purge.readme.title", {{"label", result.run.label},
                                                                      {"database", result.source.database},
                                                                      {"date", locale.date(result.run.as_of)}})) +
                       "\n\n";
    for (const Step& step : plan.steps) {
        text += "* " + on_one_line(step.rule + ", " + step.entity.name) + ": " +
                locale.counted("purge.readme.persons", step.audited) + "\n";
    }
    for (const Refusal& each : plan.refusals) text += "* " + explain(each, locale) + "\n";
    if (plan.steps.empty()) return text + "\n" + locale.text("purge.readme.nothing") + "\n";
    text += "\n" + locale.text("purge.readme.run." + std::string{client}) + "\n";
    for (const char* part : {"order", "guard", "valid", "policy", "batches", "spared", "backup", "after"}) {
        text += "\n" +
                locale.text(std::string{"purge.readme."} + part, {{"date", locale.date(limits.valid_until)},
                                                                  {"batch", locale.number(limits.batch)},
                                                                  {"tolerance", std::to_string(limits.tolerance)},
                                                                  {"share", std::to_string(limits.max_share)},
                                                                  {"policy", on_one_line(result.run.policy)},
                                                                  {"digest", result.run.policy_digest}}) +
                "\n";
    }
    return text;
}

}  // namespace crmaudit::reports::purge
