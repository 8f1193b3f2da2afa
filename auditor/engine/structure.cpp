#include "auditor/engine/structure.h"

#include <algorithm>
#include <set>

#include "auditor/digest/sha256.h"

namespace crmaudit::engine {
namespace {

/// Length before content, so that no two structures read the same.
void append(std::string& text, std::string_view part) {
    text += std::to_string(part.size());
    text += ':';
    text += part;
}

void append(std::string& text, const std::vector<std::string>& parts) {
    append(text, std::to_string(parts.size()));
    for (const std::string& part : parts) append(text, part);
}

bool is_unique(const Table& table, const std::string& column) {
    const auto holds = [&](const std::vector<std::string>& columns) {
        return std::find(columns.begin(), columns.end(), column) != columns.end();
    };
    return holds(table.primary_key) || std::any_of(table.indexes.begin(), table.indexes.end(), [&](const Index& each) {
               return each.unique && holds(each.columns);
           });
}

/// The database deletes rows of these tables along with rows of the others, or may: not every account is told.
void add_cascades(std::set<TableName>& names, const Catalog& catalog) {
    for (std::size_t before = 0; before != names.size();) {
        before = names.size();
        for (const Table& table : catalog.tables) {
            for (const ForeignKey& key : table.foreign_keys) {
                const bool cascades = key.on_delete == "CASCADE" || key.on_delete.empty();
                if (cascades && names.contains(key.referenced)) names.insert(table.name);
            }
        }
    }
}

}  // namespace

std::string structure_hash(const Catalog& catalog) {
    std::string text;
    for (const Table& table : catalog.tables) {
        append(text, table.name.schema);
        append(text, table.name.name);
        append(text, to_string(table.kind));
        for (const Column& column : table.columns) {
            append(text, column.name);
            append(text, column.type);
            append(text, column.nullable ? "null" : "not null");
        }
        append(text, table.primary_key);
        for (const ForeignKey& key : table.foreign_keys) {
            append(text, key.columns);
            append(text, to_string(key.referenced));
            append(text, key.referenced_columns);
            append(text, key.on_delete);
        }
    }
    return digest::sha256(text);
}

std::vector<TouchedTable> touched_tables(const std::vector<Entity>& entities,
                                         const std::vector<SuppressionPlace>& places, const Catalog& catalog) {
    std::set<TableName> names;
    for (const SuppressionPlace& place : places) names.insert(place.table);
    for (const Entity& entity : entities) {
        names.insert(entity.table);
        for (const Path& path : entity.paths) {
            for (const Join& join : path.joins) names.insert(join.table);
        }
    }
    add_cascades(names, catalog);
    std::vector<TouchedTable> touched;
    for (const TableName& name : names) {
        const Table* table = catalog.find(name);
        if (table == nullptr) continue;
        TouchedTable entry{name, table->primary_key, table->foreign_keys, {}, {}};
        for (const Table& other : catalog.tables) {
            for (const ForeignKey& key : other.foreign_keys) {
                if (key.referenced != name) continue;
                entry.referenced_by.push_back(other.name);
                entry.referenced_by_keys.push_back(key);
            }
        }
        for (const Column& column : table->columns) {
            entry.columns.push_back(
                {column.name, column.type, column.nullable, column.kind, is_unique(*table, column.name)});
        }
        entry.is_table = table->kind == TableKind::table && !table->partition_of;
        touched.push_back(std::move(entry));
    }
    return touched;
}

}  // namespace crmaudit::engine
