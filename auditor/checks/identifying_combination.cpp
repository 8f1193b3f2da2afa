// Fields that identify nobody alone and single people out together, such as date of birth, gender and postal code.
// The database counts the combinations that only one row has; none of them leaves it.
#include <algorithm>
#include <tuple>

#include "auditor/checks/fields.h"
#include "auditor/checks/registry.h"
#include "auditor/checks/roles.h"

namespace crmaudit::checks {
namespace {

using Columns = std::vector<const ColumnClassification*>;

constexpr std::size_t most_columns = 5;

std::int64_t filled(const ColumnClassification& classified) {
    return classified.counts ? classified.counts->filled : 0;
}

/// The column that stands for its category: a preferred one before the rest, then the one that is filled most, then the
/// surest.
const ColumnClassification* best_of(const CheckInput& input, const Columns& columns, Category category) {
    const auto preferred = input.rule.words("prefer");
    const auto rank = [&](const ColumnClassification& each) {
        return std::tuple{is_named_like(each.column, preferred), filled(each), each.confidence};
    };
    const ColumnClassification* best = nullptr;
    for (const ColumnClassification* each : columns) {
        if (each->category != category || each->field) continue;
        if (best == nullptr || rank(*each) > rank(*best)) best = each;
    }
    return best;
}

/// A row counts only if it has them all. So a column that is filled far less often than the others would hide what they
/// tell without it.
Columns combined(const CheckInput& input, const Table& table) {
    const Columns columns = input.classification.of(table.name);
    Columns chosen;
    for (const std::string& name : input.rule.words("categories")) {
        const ColumnClassification* best = best_of(input, columns, category_from(name).value_or(Category::none));
        if (best != nullptr && (!best->counts || best->counts->filled > 0)) chosen.push_back(best);
    }
    std::int64_t most = 0;
    for (const ColumnClassification* each : chosen) most = std::max(most, filled(*each));
    std::erase_if(chosen,
                  [&](const ColumnClassification* each) { return each->counts && each->counts->filled * 2 < most; });
    if (chosen.size() > most_columns) chosen.resize(most_columns);
    return chosen;
}

Probe probe_for(const CheckInput& input, const Table& table) {
    for (const Entity& entity : input.entities) {
        if (is_person(entity.kind) && entity.table == table.name) return probe_of(entity, {});
    }
    Probe probe = probe_of(plain_entity(table), {});
    probe.object.entity.clear();
    return probe;
}

Plan plan_combinations(const CheckInput& input) {
    Plan plan;
    for (const Table* table : personal_tables(input)) {
        if (!holds_rows(*table) || !is_about_persons(input, *table)) continue;
        const Columns columns = combined(input, *table);
        if (columns.size() < 2) continue;
        Probe probe = probe_for(input, *table);
        std::vector<Condition> all_present;
        for (const ColumnClassification* each : columns) {
            const Column* found = table->find(each->column);
            const Operand operand = column(each->column, found == nullptr ? ColumnKind::unknown : found->kind);
            all_present.push_back(present(operand));
            probe.unique_over.push_back(operand);
            probe.facts.push_back(each->column);
        }
        probe.affected = all(std::move(all_present));
        plan.probes.push_back(std::move(probe));
    }
    return plan;
}

/// In a small table anybody is alone with something, and a few such persons are in every table.
std::vector<Finding> judge_combinations(const CheckInput& input, const Plan& plan,
                                        std::span<const std::optional<Measured>> measured) {
    const std::int64_t percent = input.rule.number("share", 5);
    const std::int64_t rows = input.rule.number("rows", 100);
    std::vector<Finding> findings = found_where_affected(input, plan, measured);
    std::erase_if(findings, [&](const Finding& finding) {
        return finding.total < rows || finding.affected * 100 < percent * finding.total;
    });
    return findings;
}

}  // namespace

Check identifying_combination() {
    return {"identifying_combination", plan_combinations, judge_combinations, "categories"};
}

}  // namespace crmaudit::checks
