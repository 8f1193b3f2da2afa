#include "reports/purge/readme.h"

#include <algorithm>

#include "reports/purge/one_line.h"
#include "reports/purge/unscripted.h"

namespace crmaudit::reports::purge {
namespace {

/// Some person may have to wait for another to go.
bool has_tied_persons(const Plan& plan) {
    return std::any_of(plan.steps.begin(), plan.steps.end(), [](const Step& step) {
        const std::vector<Blocker>& blockers = step.reach.blockers;
        const std::vector<Tie>& ties = step.reach.ties;
        return std::any_of(blockers.begin(), blockers.end(), [](const Blocker& each) { return each.same_table; }) ||
               std::any_of(ties.begin(), ties.end(), [&](const Tie& each) { return each.table == step.entity.table; });
    });
}

/// What is told, in this order; of changes only where some are made.
std::vector<std::string> parts(const Plan& plan, const Limits& limits, const ScriptGrammar& client) {
    std::vector<std::string> all{"order", "guard", "valid", "policy", "batches"};
    if (has_tied_persons(plan)) all.emplace_back("tied");
    all.emplace_back("stop");
    all.insert(all.end(),
               {client.can_pause() ? "pause" : "no_pause", limits.on_request ? "spared_on_request" : "spared"});
    if (limits.archive) all.emplace_back("archive");
    for (const auto& [action, part] :
         {std::pair{PurgeAction::minimise, "emptied"}, {PurgeAction::restrict, "marked"}}) {
        const bool some = std::any_of(plan.steps.begin(), plan.steps.end(),
                                      [action = action](const Step& step) { return step.action == action; });
        if (some) all.emplace_back(part);
    }
    all.insert(all.end(), {"log", "backup", "after"});
    return all;
}

}  // namespace

std::string explain(const Refusal& refusal, const Locale& locale) {
    return on_one_line(refusal.rule + ", " + refusal.object + ": " +
                       locale.text("purge.refused." + refusal.reason, {{"detail", refusal.detail}}));
}

std::string readme(const AuditResult& result, const Plan& plan, const Limits& limits, const ScriptGrammar& client,
                   const Locale& locale) {
    std::string text = on_one_line(locale.text("purge.readme.title", {{"label", result.run.label},
                                                                      {"database", result.source.database},
                                                                      {"date", locale.date(result.run.as_of)}})) +
                       "\n\n";
    for (const Step& step : plan.steps) {
        text += "* " + on_one_line(step.rule + ", " + step.about) + ": " +
                locale.counted("purge.readme." + std::string{to_string(step.action)}, step.audited) + "\n";
    }
    for (const Refusal& each : plan.refusals) text += "* " + explain(each, locale) + "\n";
    for (const Unscripted& each : plan.unscripted) {
        text += "* " + explain(each, locale) + " (" + locale.number(each.affected) + ")\n";
    }
    if (plan.steps.empty()) return text + "\n" + locale.text("purge.readme.nothing") + "\n";
    const std::string name{client.client()};
    if (!client.is_proven()) text += "\n" + locale.text("purge.unproven." + name) + "\n";
    text += "\n" + locale.text("purge.readme.run." + name) + "\n";
    for (const std::string& part : parts(plan, limits, client)) {
        text += "\n" +
                locale.text("purge.readme." + part, {{"date", locale.date(limits.valid_until)},
                                                     {"batch", locale.number(limits.batch)},
                                                     {"tolerance", std::to_string(limits.tolerance)},
                                                     {"share", std::to_string(limits.max_share)},
                                                     {"policy", on_one_line(result.run.policy)},
                                                     {"digest", result.run.policy_digest}}) +
                "\n";
    }
    return text;
}

std::string undo_notes(const AuditResult& result, const Plan& plan, const std::vector<std::string>& statements,
                       const Locale& locale) {
    std::string text = on_one_line(locale.text("purge.undo.title", {{"label", result.run.label},
                                                                    {"database", result.source.database},
                                                                    {"date", locale.date(result.run.as_of)}})) +
                       "\n\n" + locale.text("purge.undo.law") + "\n\n";
    for (const Step& step : plan.steps) {
        text += "* " + on_one_line(step.rule + ", " + step.about) + ": " +
                locale.text(deletes_rows(step.action) ? "purge.undo.deleted" : "purge.undo.changed") + "\n";
    }
    if (statements.empty()) return text + "\n" + locale.text("purge.undo.backup") + "\n";
    text += "\n" + locale.text("purge.undo.archive") + "\n\n";
    for (const std::string& each : statements) text += each + ";\n\n";
    return text + locale.text("purge.undo.rest") + "\n";
}

}  // namespace crmaudit::reports::purge
