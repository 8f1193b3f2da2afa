#include "auditor/engine/bind.h"

#include <algorithm>
#include <optional>
#include <string>

#include "auditor/model/reasons.h"

namespace crmaudit::engine {
namespace {

/// The first thing that the catalog lacks, as "table" or "table.column".
using Lacking = std::optional<std::string>;

class Binder {
public:
    explicit Binder(const Catalog& catalog) : catalog_(catalog) {}

    bool leaves_out(const Entity& entity) const { return entity.optional && find(entity.table) == nullptr; }

    Entity bind(Entity entity) const {
        const Table* base = find(entity.table);
        settle_absences(entity);
        Lacking lacking = base == nullptr ? Lacking{entity.table.name} : std::nullopt;
        if (base != nullptr) {
            entity.table = base->name;
            for (const std::string& key : entity.key) {
                if (!lacking && base->find(key) == nullptr) lacking = base->name.name + "." + key;
            }
            if (!lacking) lacking = bind(entity.live, *base);
        }
        std::map<std::string, Lacking> paths;
        for (Path& path : entity.paths) {
            paths[path.name] = base == nullptr ? Lacking{entity.table.name} : bind(path, *base);
        }
        std::vector<Attribute> bound;
        for (Attribute& attribute : entity.attributes) {
            const Lacking reason = lacking ? lacking : bind(attribute, *base, entity, paths);
            if (!reason) {
                bound.push_back(std::move(attribute));
            } else if (attribute.role && !attribute.optional) {
                note(entity, *attribute.role, reasons::text(reasons::not_in_catalog, *reason));
            }
        }
        entity.attributes = std::move(bound);
        std::erase_if(entity.paths, [&](const Path& path) { return paths[path.name].has_value(); });
        return entity;
    }

private:
    /// What is said of databases without a table holds where the table is missing; a table that the account may not
    /// see is no missing one, so then nothing is known.
    void settle_absences(Entity& entity) const {
        std::erase_if(entity.absent, [&](const Absence& absence) {
            if (absence.without_table.empty()) return false;
            if (find({"", absence.without_table}) != nullptr) return true;
            if (!may_hide_tables(catalog_)) return false;
            note(entity, absence.role, reasons::text(reasons::not_in_catalog, absence.without_table));
            return true;
        });
        std::erase_if(entity.attributes, [&](const Attribute& attribute) {
            return attribute.role && entity.absence(*attribute.role) != nullptr;
        });
    }

    const Table* find(const TableName& name) const {
        if (!name.schema.empty()) return catalog_.find(name);
        return catalog_.find({catalog_.default_schema, name.name});
    }

    static Lacking bind(Operand& operand, const Table& table) {
        const Column* column = table.find(operand.name);
        if (column == nullptr) return table.name.name + "." + operand.name;
        operand.kind = column->kind;
        return std::nullopt;
    }

    static Lacking bind(Condition& condition, const Table& table) {
        Lacking lacking;
        for_each_operand(condition, [&](Operand& operand) {
            if (operand.source == Operand::Source::column && !lacking) lacking = bind(operand, table);
        });
        return lacking;
    }

    Lacking bind(Path& path, const Table& base) const {
        const Table* previous = &base;
        for (Join& join : path.joins) {
            const Table* table = find(join.table);
            if (table == nullptr) return join.table.name;
            join.table = table->name;
            for (JoinColumn& pair : join.on) {
                const Column* left = table->find(pair.column);
                const Column* right = previous->find(pair.previous);
                if (left == nullptr) return table->name.name + "." + pair.column;
                if (right == nullptr) return previous->name.name + "." + pair.previous;
                pair.as_text = left->kind != right->kind || left->collation != right->collation;
            }
            if (const Lacking lacking = bind(join.where, *table)) return lacking;
            previous = table;
        }
        return std::nullopt;
    }

    Lacking bind(Attribute& attribute, const Table& base, const Entity& entity,
                 const std::map<std::string, Lacking>& paths) const {
        if (auto* own = std::get_if<OwnColumn>(&attribute.value)) {
            const Lacking lacking = bind(own->column, base);
            return lacking ? lacking : bind(own->where, base);
        }
        if (auto* condition = std::get_if<OwnCondition>(&attribute.value)) return bind(condition->where, base);
        auto& related = std::get<Related>(attribute.value);
        const auto path = paths.find(related.path);
        if (path == paths.end()) return "path " + related.path;
        if (path->second) return path->second;
        const Table* last = find(entity.path(related.path)->joins.back().table);
        if (last == nullptr) return related.path;
        if (const Lacking lacking = bind(related.where, *last)) return lacking;
        return related.column.name.empty() ? std::nullopt : bind(related.column, *last);
    }

    static void note(Entity& entity, Role role, std::string reason) {
        Unbound unbound{role, std::move(reason)};
        if (std::find(entity.unbound.begin(), entity.unbound.end(), unbound) == entity.unbound.end()) {
            entity.unbound.push_back(std::move(unbound));
        }
    }

    const Catalog& catalog_;
};

}  // namespace

std::vector<Entity> bind(const Profile& profile, const Catalog& catalog) {
    const Binder binder{catalog};
    std::vector<Entity> entities;
    for (const Entity& entity : profile.entities) {
        if (!binder.leaves_out(entity)) entities.push_back(binder.bind(entity));
    }
    return entities;
}

}  // namespace crmaudit::engine
