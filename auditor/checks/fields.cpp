#include "auditor/checks/fields.h"

#include <algorithm>
#include <map>

namespace crmaudit::checks {
namespace {

Entity entity_of(const CheckInput& input, const Table& table) {
    const auto mapped = std::find_if(input.entities.begin(), input.entities.end(),
                                     [&](const Entity& entity) { return entity.table == table.name; });
    return mapped == input.entities.end() ? plain_entity(table) : *mapped;
}

}  // namespace

std::vector<Probe> filled_fields(const CheckInput& input, const std::function<bool(Category)>& wanted) {
    std::vector<Probe> probes;
    for (const ColumnClassification& classified : input.classification.columns) {
        if (!wanted(classified.category)) continue;
        const Table* table = input.catalog.find(classified.table);
        if (table == nullptr || !holds_rows(*table)) continue;
        const Column* found = table->find(classified.column);
        if (found == nullptr) continue;
        Probe probe;
        probe.object.table = table->name;
        probe.object.column = found->name;
        probe.category = classified.category;
        probe.entity = entity_of(input, *table);
        probe.object.entity = probe.entity.kind == EntityKind::plain ? "" : probe.entity.name;
        probe.affected = present(column(found->name, found->kind));
        probe.total = probe.entity.live;
        probes.push_back(std::move(probe));
    }
    return probes;
}

Condition holds_personal_data(const CheckInput& input, const Table& table) {
    std::vector<Condition> filled;
    for (const ColumnClassification* classified : input.classification.of(table.name)) {
        if (!is_core_personal(classified->category)) continue;
        if (const Column* found = table.find(classified->column)) {
            filled.push_back(present(column(found->name, found->kind)));
        }
    }
    return any(std::move(filled));
}

std::vector<const Table*> personal_tables(const CheckInput& input) {
    std::map<TableName, const Table*> tables;
    for (const ColumnClassification& classified : input.classification.columns) {
        if (!is_core_personal(classified.category)) continue;
        if (const Table* table = input.catalog.find(classified.table)) tables[table->name] = table;
    }
    std::vector<const Table*> sorted;
    for (const auto& [name, table] : tables) sorted.push_back(table);
    return sorted;
}

}  // namespace crmaudit::checks
