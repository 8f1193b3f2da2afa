// Personal data that hardly any row has, or that is the same in every row: nobody seems to need it. A column that is
// empty throughout holds no data of anybody and is left to the inventory; CRMs ship hundreds of them.
#include <set>

#include "auditor/checks/fields.h"
#include "auditor/checks/registry.h"
#include "auditor/model/reasons.h"

namespace crmaudit::checks {
namespace {

bool is_rare(const ColumnCounts& counts, std::int64_t percent) {
    return counts.filled > 0 && counts.filled * 100 < percent * counts.rows;
}

bool is_constant(const ColumnCounts& counts) { return counts.filled > 0 && counts.distinct == 1; }

std::vector<Gap> uncounted_tables(const CheckInput& input) {
    std::set<TableName> tables;
    for (const ColumnClassification& classified : input.classification.columns) {
        if (!is_core_personal(classified.category) || classified.counts) continue;
        const Table* table = input.catalog.find(classified.table);
        if (table != nullptr && holds_rows(*table)) tables.insert(table->name);
    }
    std::vector<Gap> gaps;
    for (const TableName& table : tables) gaps.push_back({to_string(table), std::string{reasons::not_counted}});
    return gaps;
}

Plan plan_unused(const CheckInput& input) {
    const std::int64_t percent = input.rule.number("share", 1);
    const std::int64_t rows = input.rule.number("rows", 100);
    const auto fields = [&](auto&& is_unused) {
        return filled_fields(input, [&](const ColumnClassification& each) {
            return is_core_personal(each.category) && each.counts && each.counts->rows >= rows &&
                   is_unused(*each.counts);
        });
    };
    Plan plan;
    plan.gaps = uncounted_tables(input);
    for (Probe& probe : fields([&](const ColumnCounts& counts) { return is_rare(counts, percent); })) {
        probe.facts.emplace_back("rarely_filled");
        plan.probes.push_back(std::move(probe));
    }
    for (Probe& probe :
         fields([&](const ColumnCounts& counts) { return !is_rare(counts, percent) && is_constant(counts); })) {
        probe.facts.emplace_back("always_the_same");
        plan.probes.push_back(std::move(probe));
    }
    return plan;
}

}  // namespace

Check unused_field() { return {"unused_field", plan_unused, found_where_affected}; }

}  // namespace crmaudit::checks
