#include "auditor/engine/holds.h"

#include <algorithm>

#include "auditor/model/suggestion.h"

namespace crmaudit::engine {
namespace {

[[noreturn]] void refuse(const std::string& origin, const std::string& what) {
    throw HoldError((origin.empty() ? "" : origin + ": ") + what);
}

/// The entity by name, with a key of one column.
Entity& held_entity(std::vector<Entity>& entities, const std::string& name, const std::string& origin) {
    std::vector<std::string> names;
    for (Entity& entity : entities) {
        if (entity.name != name) {
            names.push_back(entity.name);
            continue;
        }
        if (entity.key.size() == 1) return entity;
        refuse(origin, "rows of '" + name + "' are told apart by " + std::to_string(entity.key.size()) +
                           " columns, a hold needs an entity with a key of one column");
    }
    const std::string remedy =
        names.empty() ? "; no profile fits this database, name one with --profile" : suggestion(name, names);
    refuse(origin, "the profile has no entity '" + name + "' in this database" + remedy);
}

const Table& find_table(const Catalog& catalog, const HoldTable& hold) {
    const Table* table = catalog.find({catalog.default_schema, hold.table});
    const auto dot = hold.table.find('.');
    if (table == nullptr && dot != std::string::npos) {
        table = catalog.find({hold.table.substr(0, dot), hold.table.substr(dot + 1)});
    }
    if (table != nullptr) return *table;
    refuse(hold.origin, "the database shows this account no table '" + hold.table + "'; check its name and its grants");
}

const Column& find_column(const Table& table, const std::string& name, const std::string& origin) {
    if (const Column* found = table.find(name)) return *found;
    std::vector<std::string> names;
    for (const Column& each : table.columns) names.push_back(each.name);
    refuse(origin, "the table " + to_string(table.name) + " has no column '" + name + "'" + suggestion(name, names));
}

void add_hold(Entity& entity, Attribute attribute) {
    // Whatever the profile says of the CRM, there are holds now.
    std::erase_if(entity.absent, [](const Absence& absence) { return absence.role == Role::hold; });
    entity.attributes.push_back(std::move(attribute));
}

/// The key's column in the catalog; null where the entity itself could not be bound.
const Column* key_column(const Entity& entity, const Catalog& catalog) {
    const Table* table = catalog.find(entity.table);
    return table == nullptr ? nullptr : table->find(entity.key.front());
}

bool is_moment(ColumnKind kind) {
    return kind == ColumnKind::date || kind == ColumnKind::timestamp || kind == ColumnKind::text ||
           kind == ColumnKind::integer;
}

std::string new_name(const Entity& entity, const std::string& wanted) {
    std::string name = wanted;
    for (int number = 2; entity.find(name) != nullptr || entity.path(name) != nullptr; ++number) {
        name = wanted + " " + std::to_string(number);
    }
    return name;
}

}  // namespace

void add_hold_tables(std::vector<Entity>& entities, const std::vector<HoldTable>& tables, const Catalog& catalog,
                     Date as_of) {
    for (const HoldTable& hold : tables) {
        Entity& entity = held_entity(entities, hold.entity, hold.origin);
        const Table& table = find_table(catalog, hold);
        const Column& keys = find_column(table, hold.column, hold.origin);
        const Column* key = key_column(entity, catalog);
        if (key == nullptr)
            refuse(hold.origin, "the table or the key of '" + hold.entity + "' is not in this database");
        Join join{table.name, {{hold.column, key->name, false}}, {}};
        join.on.front().as_text = keys.kind != key->kind || keys.collation != key->collation;
        if (!hold.until.empty()) {
            const Column& until = find_column(table, hold.until, hold.origin);
            if (!is_moment(until.kind)) refuse(hold.origin, "the column '" + hold.until + "' holds no dates");
            // What has no date, or one that cannot be read, holds on.
            join.where = negate({Before{column(until.name, until.kind), as_of}});
        }
        const std::string name = new_name(entity, "hold " + table.name.name + "." + hold.column);
        entity.paths.push_back({name, {std::move(join)}});
        add_hold(entity, {name, ValueType::flag, Role::hold,
                          Related{name, Aggregate::any, column(keys.name, keys.kind), {}}, false});
    }
}

void add_hold_lists(std::vector<Entity>& entities, const sql::KeyLists& lists, const Catalog& catalog) {
    for (const auto& [name, keys] : lists) {
        Entity& entity = held_entity(entities, name, "");
        const Column* key = key_column(entity, catalog);
        if (key == nullptr) refuse("", "the table or the key of '" + name + "' is not in this database");
        add_hold(entity, {new_name(entity, "hold list"), ValueType::flag, Role::hold,
                          OwnCondition{{Listed{column(key->name, key->kind), name}}}, false});
    }
}

}  // namespace crmaudit::engine
