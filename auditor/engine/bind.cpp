#include "auditor/engine/bind.h"

#include <algorithm>
#include <optional>
#include <string>

#include "auditor/engine/spelling.h"
#include "auditor/model/reasons.h"

namespace crmaudit::engine {
namespace {

/// The first thing that the catalog lacks, as "table" or "table.column".
using Lacking = std::optional<std::string>;

class Binder {
public:
    explicit Binder(const Catalog& catalog) : catalog_(catalog) {}

    bool leaves_out(const Entity& entity) const { return entity.optional && find(entity.table) == nullptr; }

    /// Of an attribute that is left out, what it lacks; by its name.
    using Lackings = std::map<std::string, std::string, std::less<>>;

    Entity bind(Entity entity, Lackings* lackings = nullptr) const {
        const Table* base = find(entity.table);
        settle_absences(entity);
        Lacking lacking = base == nullptr ? Lacking{entity.table.name} : std::nullopt;
        if (base != nullptr) {
            entity.table = base->name;
            for (std::string& key : entity.key) {
                const Column* column = find_in_any_case(*base, key);
                if (column != nullptr) key = column->name;
                if (!lacking && column == nullptr) lacking = base->name.name + "." + key;
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
            if (reason && lackings != nullptr) lackings->emplace(attribute.name, *reason);
        }
        entity.attributes = std::move(bound);
        bind_restriction(entity, paths);
        std::erase_if(entity.paths, [&](const Path& path) { return paths[path.name].has_value(); });
        return entity;
    }

    const Table* find(const TableName& name) const {
        const std::string& schema = name.schema.empty() ? catalog_.default_schema : name.schema;
        return find_in_any_case(catalog_, {schema, name.name});
    }

    static Lacking bind(Condition& condition, const Table& table) {
        Lacking lacking;
        for_each_operand(condition, [&](Operand& operand) {
            if (operand.source == Operand::Source::column && !lacking) lacking = bind(operand, table);
        });
        return lacking;
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

    static Lacking bind(Operand& operand, const Table& table) {
        const Column* column = find_in_any_case(table, operand.name);
        if (column == nullptr) return table.name.name + "." + operand.name;
        operand.name = column->name;
        operand.kind = column->kind;
        return std::nullopt;
    }

    Lacking bind(Path& path, const Table& base) const {
        const Table* previous = &base;
        for (Join& join : path.joins) {
            const Table* table = find(join.table);
            if (table == nullptr) return join.table.name;
            join.table = table->name;
            for (JoinColumn& pair : join.on) {
                const Column* left = find_in_any_case(*table, pair.column);
                const Column* right = find_in_any_case(*previous, pair.previous);
                if (left == nullptr) return table->name.name + "." + pair.column;
                if (right == nullptr) return previous->name.name + "." + pair.previous;
                pair.column = left->name;
                pair.previous = right->name;
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

    /// A row that is marked in part might be used all the same: if the catalog lacks a column, nothing is left of the
    /// whole. In a table that is not installed there is nothing to mark.
    void bind_restriction(Entity& entity, const std::map<std::string, Lacking>& paths) const {
        const auto& whole = entity.restriction;
        std::vector<Assignment> bound;
        for (Assignment each : whole) {
            const Table* table = find(entity.table);
            if (!each.path.empty()) {
                const Path& path = *entity.path(each.path);
                const bool not_installed = !may_hide_tables(catalog_) && lacks_table(path);
                if (not_installed) continue;
                table = paths.at(each.path) ? nullptr : find(path.joins.back().table);
            }
            const Column* column = table == nullptr ? nullptr : find_in_any_case(*table, each.column);
            if (column == nullptr) {
                bound.clear();
                break;
            }
            each.column = column->name;
            bound.push_back(std::move(each));
        }
        entity.restriction = std::move(bound);
    }

    bool lacks_table(const Path& path) const {
        return std::any_of(path.joins.begin(), path.joins.end(),
                           [&](const Join& join) { return find(join.table) == nullptr; });
    }

    static void note(Entity& entity, Role role, std::string reason) {
        Unbound unbound{role, std::move(reason)};
        if (std::find(entity.unbound.begin(), entity.unbound.end(), unbound) == entity.unbound.end()) {
            entity.unbound.push_back(std::move(unbound));
        }
    }

    const Catalog& catalog_;
};

template <typename Named>
auto find_named(Named& all, std::string_view name) {
    return std::find_if(all.begin(), all.end(), [&](const auto& each) { return each.name == name; });
}

/// The rule's parts with its id before their names, also where they name each other.
Selection with_own_names(const Rule& rule) {
    Selection rows = *rule.rows;
    const auto own = [&](const std::string& name) { return rule.id + ":" + name; };
    const Entity declared = rows.entity;
    for (Path& path : rows.entity.paths) path.name = own(path.name);
    for (Attribute& attribute : rows.entity.attributes) {
        attribute.name = own(attribute.name);
        auto* related = std::get_if<Related>(&attribute.value);
        if (related != nullptr && declared.path(related->path) != nullptr) related->path = own(related->path);
    }
    for_each_operand(rows.where, [&](Operand& operand) {
        const bool is_attribute = operand.source == Operand::Source::attribute;
        if (is_attribute && declared.find(operand.name) != nullptr) operand.name = own(operand.name);
    });
    return rows;
}

void add_parts(Entity& entity, const Entity& own) {
    entity.paths.insert(entity.paths.end(), own.paths.begin(), own.paths.end());
    entity.attributes.insert(entity.attributes.end(), own.attributes.begin(), own.attributes.end());
}

}  // namespace

std::vector<Entity> bind(const Profile& profile, const Catalog& catalog) {
    const Binder binder{catalog};
    std::vector<Entity> entities;
    for (const Entity& entity : profile.entities) {
        if (!binder.leaves_out(entity)) entities.push_back(binder.bind(entity));
    }
    return entities;
}

Entity bind(const Entity& entity, const Catalog& catalog) { return Binder{catalog}.bind(entity); }

checks::BoundRows bind_rows(const Rule& rule, const std::optional<Profile>& profile, const std::vector<Entity>& bound,
                            const Catalog& catalog) {
    const Selection rows = with_own_names(rule);
    checks::BoundRows found{rows.entity, rows.where, {}};
    const auto refuse = [&](std::string_view reason, const std::string& detail) {
        found.gaps.push_back(reasons::text(reason, detail));
        return found;
    };
    const Binder binder{catalog};
    if (rows.entity.table.name.empty()) {
        if (!profile) return refuse(reasons::no_profile, "");
        const auto mapped = find_named(profile->entities, rows.entity.name);
        if (mapped == profile->entities.end()) return refuse(reasons::not_mapped, rows.entity.name);
        found.entity = *mapped;
        add_parts(found.entity, rows.entity);
    }
    const Table* base = binder.find(found.entity.table);
    if (base == nullptr) return refuse(reasons::not_in_catalog, found.entity.table.name);
    Binder::Lackings lackings;
    found.entity = binder.bind(std::move(found.entity), &lackings);
    if (found.entity.name.empty()) found.entity.name = checks::plain_entity(*base).name;
    if (found.entity.key.empty()) found.entity.key = base->primary_key;
    for (const std::string& key : found.entity.key) {
        if (base->find(key) == nullptr) return refuse(reasons::not_in_catalog, base->name.name + "." + key);
    }
    if (const Lacking column = Binder::bind(found.where, *base)) return refuse(reasons::not_in_catalog, *column);
    // The entity as the other rules see it: a run may have added to what the profile says.
    const auto shared = find_named(bound, found.entity.name);
    if (shared != bound.end()) {
        Entity own = std::move(found.entity);
        found.entity = *shared;
        std::erase_if(own.paths, [&](const Path& path) { return found.entity.path(path.name) != nullptr; });
        std::erase_if(own.attributes, [&](const Attribute& each) { return found.entity.find(each.name) != nullptr; });
        add_parts(found.entity, own);
    }
    for_each_operand(found.where, [&](const Operand& operand) {
        const bool is_attribute = operand.source == Operand::Source::attribute;
        if (!is_attribute || found.entity.find(operand.name) != nullptr) return;
        const auto lacking = lackings.find(operand.name);
        const bool is_missing = lacking != lackings.end();
        refuse(is_missing ? reasons::not_in_catalog : reasons::not_mapped, is_missing ? lacking->second : operand.name);
    });
    return found;
}

}  // namespace crmaudit::engine
