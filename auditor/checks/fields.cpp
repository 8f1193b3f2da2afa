#include "auditor/checks/fields.h"

#include <algorithm>
#include <map>

#include "auditor/checks/roles.h"

namespace crmaudit::checks {
namespace {

/// The path by which a table holds more columns of the entity's rows: one row at most for each, because the join is on
/// the table's whole primary key. Custom fields are often kept like that.
const Path* extension_path(const Entity& entity, const Table& table) {
    const auto found = std::find_if(entity.paths.begin(), entity.paths.end(), [&](const Path& path) {
        if (path.joins.size() != 1 || path.joins.front().table != table.name) return false;
        std::vector<std::string> columns;
        for (const JoinColumn& pair : path.joins.front().on) columns.push_back(pair.column);
        return columns == table.primary_key;
    });
    return found == entity.paths.end() ? nullptr : &*found;
}

/// Counts filled cells of the column: by the mapped entity whose rows it describes, else by the rows of its table.
Probe filled(const CheckInput& input, const Table& table, const Column& found) {
    const Condition is_filled = present(column(found.name, found.kind));
    for (const Entity& entity : input.entities) {
        if (entity.table == table.name) return probe_of(entity, is_filled);
    }
    for (const Entity& entity : input.entities) {
        const Path* path = extension_path(entity, table);
        if (path == nullptr) continue;
        const std::string name = "filled " + table.name.name + "." + found.name;
        Probe probe = probe_of(entity, holds(name));
        probe.entity.attributes.push_back(
            {name, ValueType::flag, std::nullopt, Related{path->name, Aggregate::any, {}, is_filled}, false});
        return probe;
    }
    Probe probe = probe_of(plain_entity(table), is_filled);
    probe.object.entity.clear();
    return probe;
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
        Probe probe = filled(input, *table, *found);
        probe.object.table = table->name;
        probe.object.column = found->name;
        probe.category = classified.category;
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
