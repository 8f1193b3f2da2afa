#include "auditor/checks/fields.h"

#include <algorithm>
#include <map>

#include "auditor/checks/roles.h"
#include "auditor/model/erased_mark.h"
#include "auditor/model/tokens.h"
#include "auditor/model/wildcard.h"

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

/// The rows of the table that hold the field: all of them, unless it is a logical one.
Condition rows_of(const Table& table, const ColumnClassification& classified) {
    if (!classified.field) return {};
    const Column* key = table.find(classified.field->key_column);
    return {OneOf{column(classified.field->key_column, key == nullptr ? ColumnKind::unknown : key->kind),
                  {classified.field->key_value}}};
}

/// A column that has to hold something may hold what stands for nothing: 0, or the mark of an erasure.
Condition says_something(const Column& found) {
    const Operand operand = column(found.name, found.kind);
    if (found.nullable) return present(operand);
    const bool is_number = found.kind == ColumnKind::integer || found.kind == ColumnKind::decimal;
    if (is_number) return all({present(operand), negate({OneOf{operand, {"0"}}})});
    if (found.kind != ColumnKind::text) return present(operand);
    return all({present(operand), negate({Like{operand, {std::string{erased_mark} + "*"}}})});
}

/// Counts filled cells of the column: by the mapped entity whose rows it describes, else by the rows of its table.
Probe filled(const CheckInput& input, const Table& table, const Column& found, const ColumnClassification& classified) {
    const Condition is_filled = says_something(found);
    const Condition rows = rows_of(table, classified);
    const auto within_rows = [&](Probe probe) {
        probe.total = all({probe.total, rows});
        return probe;
    };
    for (const Entity& entity : input.entities) {
        if (entity.table == table.name) return within_rows(probe_of(entity, is_filled));
    }
    for (const Entity& entity : input.entities) {
        const Path* path = extension_path(entity, table);
        if (path == nullptr) continue;
        const std::string name = "filled " + table.name.name + "." + field_name_of(classified);
        Probe probe = probe_of(entity, holds(name));
        probe.entity.attributes.push_back({name, ValueType::flag, std::nullopt,
                                           Related{path->name, Aggregate::any, {}, all({rows, is_filled})}, false});
        return probe;
    }
    Probe probe = within_rows(probe_of(plain_entity(table), is_filled));
    probe.object.entity.clear();
    return probe;
}

bool names_a_person(Category category) {
    return category == Category::person_name || category == Category::email || category == Category::phone ||
           category == Category::postal_address;
}

}  // namespace

std::vector<Probe> filled_fields(const CheckInput& input,
                                 const std::function<bool(const ColumnClassification&)>& wanted) {
    std::vector<Probe> probes;
    for (const ColumnClassification& classified : input.classification.columns) {
        if (!wanted(classified)) continue;
        const Table* table = input.catalog.find(classified.table);
        if (table == nullptr || !holds_rows(*table)) continue;
        const Column* found = table->find(classified.column);
        if (found == nullptr) continue;
        Probe probe = filled(input, *table, *found, classified);
        probe.object.table = table->name;
        probe.object.column = field_name_of(classified);
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
            filled.push_back(all({rows_of(table, *classified), present(column(found->name, found->kind))}));
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

bool is_about_persons(const CheckInput& input, const Table& table) {
    const bool is_mapped = std::any_of(input.entities.begin(), input.entities.end(), [&](const Entity& entity) {
        return is_person(entity.kind) && entity.table == table.name;
    });
    if (is_mapped) return true;
    const Topic topic = input.classification.topic_of(table.name);
    if (topic != Topic::unknown) return topic == Topic::person || topic == Topic::detail || topic == Topic::consent;
    const auto columns = input.classification.of(table.name);
    return std::any_of(columns.begin(), columns.end(),
                       [](const ColumnClassification* each) { return names_a_person(each->category); });
}

bool is_named_like(const std::string& column, const std::vector<std::string>& patterns) {
    std::string name;
    for (const std::string& token : tokens_of(column)) name += (name.empty() ? "" : "_") + token;
    return matches_any(name, patterns);
}

}  // namespace crmaudit::checks
