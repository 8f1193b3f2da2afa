#include "auditor/model/deletions.h"

#include <algorithm>
#include <tuple>

namespace crmaudit {

bool changes_only(const AuditResult& result, const Deletion& deletion) {
    const Rule* rule = rule_of(result, deletion.rule);
    return rule != nullptr && (rule->purge == PurgeAction::minimise || rule->purge == PurgeAction::restrict);
}

bool is_checked_again(const AuditResult& result, const Deletion& deletion) {
    if (changes_only(result, deletion)) return false;
    const auto outcome = std::find_if(result.outcomes.begin(), result.outcomes.end(),
                                      [&](const RuleOutcome& each) { return each.rule == deletion.rule; });
    if (outcome == result.outcomes.end()) return false;
    if (outcome->status != OutcomeStatus::found && outcome->status != OutcomeStatus::clean) return false;
    const bool is_known = std::any_of(result.entities.begin(), result.entities.end(),
                                      [&](const Entity& each) { return each.name == deletion.entity; });
    return is_known && std::none_of(outcome->gaps.begin(), outcome->gaps.end(), [&](const Gap& gap) {
               return gap.object.empty() || gap.object == deletion.entity;
           });
}

std::int64_t stayed_behind(const Deletion& deletion) {
    return std::max<std::int64_t>(0, deletion.expected - deletion.done);
}

std::int64_t more_than_stayed(const Deletion& deletion) {
    return std::max<std::int64_t>(0, deletion.still_found - stayed_behind(deletion));
}

bool is_latest(const AuditResult& result, const Deletion& deletion) {
    const auto first = std::find_if(result.deletions.begin(), result.deletions.end(), [&](const Deletion& each) {
        return each.rule == deletion.rule && each.entity == deletion.entity;
    });
    return first != result.deletions.end() && &*first == &deletion;
}

std::vector<const Deletion*> latest_deletions(const AuditResult& result) {
    std::vector<const Deletion*> latest;
    for (const Deletion& each : result.deletions) {
        if (is_latest(result, each)) latest.push_back(&each);
    }
    return latest;
}

void sort_deletions(std::vector<Deletion>& deletions) {
    std::sort(deletions.begin(), deletions.end(), [](const Deletion& a, const Deletion& b) {
        // Of two rows of the same script and day the one that has got further is the later.
        return std::tie(b.run_on, b.cut_off, a.rule, a.entity, a.script, b.done, b.spared, a.not_reached, a.policy,
                        a.policy_digest, a.expected) < std::tie(a.run_on, a.cut_off, b.rule, b.entity, b.script, a.done,
                                                                a.spared, b.not_reached, b.policy, b.policy_digest,
                                                                b.expected);
    });
}

}  // namespace crmaudit
