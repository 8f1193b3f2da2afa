#include "reports/purge/implied.h"

#include <algorithm>
#include <utility>
#include <vector>

namespace crmaudit::reports::purge {
namespace {

std::vector<Condition> parts(const Condition& condition) {
    std::vector<Condition> flat;
    if (const All* whole = std::get_if<All>(&condition.node)) {
        for (const Condition& each : whole->of) {
            for (Condition& part : parts(each)) flat.push_back(std::move(part));
        }
        return flat;
    }
    // None of several is not one and not the other.
    const Not* denied = std::get_if<Not>(&condition.node);
    const Any* several = denied == nullptr ? nullptr : std::get_if<Any>(&denied->of.front().node);
    if (several == nullptr) return {condition};
    for (const Condition& each : several->of) {
        for (Condition& part : parts(negate(each))) flat.push_back(std::move(part));
    }
    return flat;
}

/// Nothing since a day means nothing since any later day.
bool is_nothing_since_before(const Condition& asked, const Condition& known) {
    const Not* no = std::get_if<Not>(&asked.node);
    const Not* not_before = std::get_if<Not>(&known.node);
    if (no == nullptr || not_before == nullptr) return false;
    const Since* later = std::get_if<Since>(&no->of.front().node);
    const Since* earlier = std::get_if<Since>(&not_before->of.front().node);
    return later != nullptr && earlier != nullptr && later->operand == earlier->operand && earlier->date <= later->date;
}

bool is_known(const Condition& asked, const std::vector<Condition>& known) {
    return std::holds_alternative<Always>(asked.node) ||
           std::any_of(known.begin(), known.end(),
                       [&](const Condition& each) { return each == asked || is_nothing_since_before(asked, each); });
}

}  // namespace

bool is_implied(const Condition& asked, const Condition& met) {
    const std::vector<Condition> known = parts(met);
    const std::vector<Condition> asked_parts = parts(asked);
    return std::all_of(asked_parts.begin(), asked_parts.end(),
                       [&](const Condition& each) { return is_known(each, known); });
}

Condition all_once(const std::vector<Condition>& conditions) {
    std::vector<Condition> needed;
    for (const Condition& each : conditions) {
        for (Condition& part : parts(each)) {
            if (!is_known(part, needed)) needed.push_back(std::move(part));
        }
    }
    return all(std::move(needed));
}

}  // namespace crmaudit::reports::purge
