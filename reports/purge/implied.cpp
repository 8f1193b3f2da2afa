#include "reports/purge/implied.h"

#include <algorithm>
#include <utility>
#include <vector>

namespace crmaudit::reports::purge {
namespace {

std::vector<Condition> parts(const Condition& condition) {
    const All* whole = std::get_if<All>(&condition.node);
    if (whole == nullptr) return {condition};
    std::vector<Condition> flat;
    for (const Condition& each : whole->of) {
        for (Condition& part : parts(each)) flat.push_back(std::move(part));
    }
    return flat;
}

}  // namespace

bool is_implied(const Condition& asked, const Condition& met) {
    const std::vector<Condition> known = parts(met);
    const std::vector<Condition> asked_parts = parts(asked);
    return std::all_of(asked_parts.begin(), asked_parts.end(), [&](const Condition& each) {
        return std::holds_alternative<Always>(each.node) || std::find(known.begin(), known.end(), each) != known.end();
    });
}

}  // namespace crmaudit::reports::purge
