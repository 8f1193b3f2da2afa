#include "auditor/checks/check.h"

#include <algorithm>

#include "auditor/checks/registry.h"
#include "auditor/model/plain_entity.h"

namespace crmaudit::checks {

std::span<const Check> all_checks() {
    static const std::vector<Check> checks = registry();
    return checks;
}

const Check* find_check(std::string_view id) {
    const auto checks = all_checks();
    const auto found = std::find_if(checks.begin(), checks.end(), [&](const Check& check) { return check.id == id; });
    return found == checks.end() ? nullptr : &*found;
}

std::vector<Finding> found_where_affected(const CheckInput& input, const Plan& plan,
                                          std::span<const std::optional<Measured>> measured) {
    std::vector<Finding> findings;
    for (std::size_t i = 0; i < plan.probes.size(); ++i) {
        const Probe& probe = plan.probes[i];
        const auto& counts = measured[i];
        if (!counts || counts->affected == 0) continue;
        Finding finding;
        finding.rule = input.rule.id;
        finding.check = input.rule.check;
        finding.severity = input.rule.severity;
        finding.object = probe.object;
        finding.category = probe.category;
        finding.affected = counts->affected;
        finding.total = counts->total;
        finding.persons = is_person(probe.entity.kind);
        for (std::size_t d = 0; d < probe.details.size(); ++d) {
            finding.details.push_back({probe.details[d].name, counts->details[d]});
        }
        finding.oldest = counts->oldest;
        finding.ages = without_small_bars(counts->ages, input.rule.number("min_cell", 5));
        finding.facts = probe.facts;
        finding.rows =
            RowSet{probe.entity.name, all({probe.total, probe.affected}), probe.unique_over, probe.shared_over};
        findings.push_back(std::move(finding));
    }
    return findings;
}

std::vector<AgeBar> without_small_bars(const std::vector<AgeBar>& years, std::int64_t fewest) {
    const auto is_small = [&](const AgeBar& bar) {
        return bar.all < fewest || (bar.affected > 0 && bar.affected < fewest);
    };
    const auto absorb = [](AgeBar& bar, const AgeBar& next) {
        bar.to = next.to;
        bar.all += next.all;
        bar.affected += next.affected;
    };
    std::vector<AgeBar> bars;
    for (const AgeBar& year : years) {
        if (!bars.empty() && is_small(bars.back())) {
            absorb(bars.back(), year);
        } else {
            bars.push_back(year);
        }
    }
    while (bars.size() > 1 && is_small(bars.back())) {
        absorb(bars[bars.size() - 2], bars.back());
        bars.pop_back();
    }
    if (bars.size() == 1 && is_small(bars.front())) bars.clear();
    return bars;
}

Entity plain_entity(const Table& table) {
    Entity entity;
    entity.name = plain_entity_name(table.name);
    entity.kind = EntityKind::plain;
    entity.table = table.name;
    entity.key = table.primary_key;
    return entity;
}

}  // namespace crmaudit::checks
