#include "reports/purge/changes.h"

#include <algorithm>
#include <cctype>

#include "auditor/model/erased_mark.h"
#include "reports/purge/evidence.h"

namespace crmaudit::reports::purge {
namespace {

/// A column of the entity's table, in rows that meet `where`, or of the last table of a path.
struct Place {
    std::optional<Path> path;
    std::string column;
    Condition where;
};

bool holds_name(const std::vector<std::string>& names, const std::string& name) {
    return std::find(names.begin(), names.end(), name) != names.end();
}

bool is_key(const TouchedTable& table, const std::string& column) {
    return holds_name(table.primary_key, column) ||
           std::any_of(table.referenced_by_keys.begin(), table.referenced_by_keys.end(),
                       [&](const ForeignKey& key) { return holds_name(key.referenced_columns, column); });
}

bool is_foreign_key(const TouchedTable& table, const std::string& column) {
    return std::any_of(table.foreign_keys.begin(), table.foreign_keys.end(),
                       [&](const ForeignKey& key) { return holds_name(key.columns, column); });
}

const TouchedColumn* column_of(const TouchedTable& table, const std::string& name) {
    const auto found = std::find_if(table.columns.begin(), table.columns.end(),
                                    [&](const TouchedColumn& each) { return each.name == name; });
    return found == table.columns.end() ? nullptr : &*found;
}

/// What stands for nothing in a column that has to hold something.
std::optional<std::string> neutral(ColumnKind kind) {
    switch (kind) {
        case ColumnKind::text: return "";
        case ColumnKind::integer:
        case ColumnKind::decimal: return "0";
        default: return std::nullopt;  // every moment means something, and so does no
    }
}

/// Columns that a condition wants to hold something.
void add_present(const Condition& condition, bool negated, std::vector<std::string>& columns) {
    std::visit(
        [&](const auto& node) {
            using Node = std::decay_t<decltype(node)>;
            if constexpr (std::is_same_v<Node, Missing>) {
                if (negated && !holds_name(columns, node.operand.name)) columns.push_back(node.operand.name);
            } else if constexpr (std::is_same_v<Node, Not>) {
                add_present(node.of.front(), !negated, columns);
            } else if constexpr (requires { node.of; }) {
                for (const Condition& part : node.of) add_present(part, negated, columns);
            }
        },
        condition.node);
}

/// The column does not hold yet what it is to be set to.
Condition pending(const TouchedColumn& column, const Setting& setting) {
    const Operand operand = crmaudit::column(column.name, column.kind);
    if (setting.with_key) return all({present(operand), negate({Like{operand, {*setting.value + "*"}}})});
    if (!setting.value || setting.value->empty()) return present(operand);
    return negate({OneOf{operand, {*setting.value}}});
}

bool leads_to(const Path& path, const TableName& table) {
    return std::any_of(path.joins.begin(), path.joins.end(), [&](const Join& join) { return join.table == table; });
}

/// Values are compared without case.
bool holds_word(const std::vector<std::string>& values, const std::string& value) {
    const auto is_same = [](unsigned char a, unsigned char b) { return std::tolower(a) == std::tolower(b); };
    return std::any_of(values.begin(), values.end(), [&](const std::string& each) {
        return std::equal(each.begin(), each.end(), value.begin(), value.end(), is_same);
    });
}

std::vector<OneOf> choices(const Condition& condition) {
    if (const auto* one_of = std::get_if<OneOf>(&condition.node)) return {*one_of};
    std::vector<OneOf> all_of;
    if (const auto* several = std::get_if<All>(&condition.node)) {
        for (const Condition& part : several->of) {
            if (const auto* one_of = std::get_if<OneOf>(&part.node)) all_of.push_back(*one_of);
        }
    }
    return all_of;
}

/// No row meets both: a column would have to hold two things.
bool apart(const Condition& a, const Condition& b) {
    const std::vector<OneOf> others = choices(b);
    for (const OneOf& each : choices(a)) {
        for (const OneOf& other : others) {
            const bool shares = std::any_of(each.values.begin(), each.values.end(),
                                            [&](const std::string& value) { return holds_word(other.values, value); });
            if (each.operand.name == other.operand.name && !shares) return true;
        }
    }
    return false;
}

class ChangeFinder {
public:
    ChangeFinder(const AuditResult& result, const Entity& entity) : result_(result), entity_(entity) {}

    std::variant<Changes, Problem> empty(const Finding& finding) {
        const Rule& rule = *rule_of(result_, finding.rule);
        std::vector<Place> places;
        if (rule.emptied.empty()) {
            add_column_of(finding, places);
        } else {
            for (const Role role : rule.emptied) {
                for (const Attribute* each : entity_.in_role(role)) add_places(*each, finding.object.column, places);
            }
        }
        if (places.empty()) {
            const bool is_named = !rule.emptied.empty() && !finding.object.column.empty();
            fail(is_named ? "not_emptied" : "no_column", to_string(finding.object));
        }
        for (const Place& place : places) {
            if (place.path && is_shared(*place.path)) fail("shared_rows", place.path->joins.back().table);
            if (!problem_) add(place, [&](const TouchedTable& table) { return emptying(table, place.column); });
        }
        return finish();
    }

    std::variant<Changes, Problem> restrict() {
        if (entity_.restriction.empty()) fail("no_restriction", entity_.name);
        for (const Assignment& each : entity_.restriction) {
            Place place{std::nullopt, each.column, {}};
            if (!each.path.empty()) {
                const Path* path = entity_.path(each.path);
                if (path == nullptr) return Problem{"no_restriction", entity_.name};
                place.path = *path;
            }
            add(place, [&](const TouchedTable& table) { return marking(table, each); });
        }
        return finish();
    }

private:
    void fail(std::string reason, std::string about) {
        if (!problem_) problem_ = Problem{std::move(reason), std::move(about)};
    }
    void fail(std::string reason, const TableName& about) { fail(std::move(reason), to_string(about)); }

    std::variant<Changes, Problem> finish() {
        if (problem_) return *problem_;
        found_.pending = any(std::move(pending_));
        return std::move(found_);
    }

    /// Rows that a link leads to, or that another person may have by another way, are not emptied for one of them.
    bool is_shared(const Path& own) const {
        if (own.joins.size() > 1) return true;
        const Join& join = own.joins.front();
        return std::any_of(result_.entities.begin(), result_.entities.end(), [&](const Entity& entity) {
            return is_person(entity.kind) &&
                   std::any_of(entity.paths.begin(), entity.paths.end(), [&](const Path& path) {
                       const Join& other = path.joins.front();
                       if (other.table != join.table) return leads_to(path, join.table);
                       const bool same_way = entity.name == entity_.name && other.on == join.on;
                       return !same_way && !apart(other.where, join.where);
                   });
        });
    }

    /// The column by the name that the finding calls it; a field that is kept in rows has the column of its values.
    void add_column_of(const Finding& finding, std::vector<Place>& places) {
        if (finding.object.column.empty()) return;
        const auto classified =
            std::find_if(result_.inventory.begin(), result_.inventory.end(), [&](const ColumnClassification& each) {
                return each.table == finding.object.table && field_name_of(each) == finding.object.column;
            });
        if (classified == result_.inventory.end()) return;
        if (classified->table == entity_.table) {
            places.push_back({std::nullopt, classified->column, {}});
            return;
        }
        for (const Path& path : entity_.paths) {
            if (path.joins.size() != 1 || path.joins.front().table != classified->table || classified->field) continue;
            places.push_back({path, classified->column, {}});
            return;
        }
    }

    /// What the attribute looks at; where the finding names a column, only if it is that one.
    void add_places(const Attribute& each, const std::string& wanted, std::vector<Place>& places) {
        if (const auto* own = std::get_if<OwnColumn>(&each.value)) {
            if (wanted.empty() || wanted == own->column.name)
                places.push_back({std::nullopt, own->column.name, own->where});
        } else if (const auto* condition = std::get_if<OwnCondition>(&each.value)) {
            if (!wanted.empty()) return;
            std::vector<std::string> columns;
            add_present(condition->where, false, columns);
            if (columns.empty()) fail("no_column", entity_.name + "." + each.name);
            for (std::string& column : columns) places.push_back({std::nullopt, std::move(column), condition->where});
        } else {
            const auto& related = std::get<Related>(each.value);
            const Path* path = entity_.path(related.path);
            if (path == nullptr) return;
            const TableName& last = path->joins.back().table;
            if (!wanted.empty() && wanted != last.name + "." + related.column.name) return;
            std::vector<std::string> columns;
            if (!related.column.name.empty()) columns.push_back(related.column.name);
            if (columns.empty()) add_present(related.where, false, columns);
            if (columns.empty()) fail("no_column", last);
            for (std::string& column : columns) {
                Place place{*path, std::move(column), {}};
                place.path->joins.back().where = all({path->joins.back().where, related.where});
                places.push_back(std::move(place));
            }
        }
    }

    std::optional<Setting> emptying(const TouchedTable& table, const std::string& name) {
        const std::string about = to_string(table.name) + "." + name;
        const TouchedColumn* column = column_of(table, name);
        if (column == nullptr) return fail("structure_unknown", about), std::nullopt;
        if (is_key(table, name)) return fail("key_column", about), std::nullopt;
        if (decides(result_, table.name, name)) return fail("evidence_column", about), std::nullopt;
        // There, a unique index takes one row without a value, no more.
        const bool only_one_null = result_.source.dialect == "mssql" && column->unique;
        if (column->nullable && !only_one_null) return Setting{name, std::nullopt};
        if (is_foreign_key(table, name)) return fail("foreign_key_column", about), std::nullopt;
        if (column->unique) {
            if (column->kind != ColumnKind::text) return fail("unique_column", about), std::nullopt;
            return Setting{name, erased_mark, true};
        }
        const auto value = neutral(column->kind);
        if (!value) return fail("no_neutral_value", about), std::nullopt;
        return Setting{name, value};
    }

    std::optional<Setting> marking(const TouchedTable& table, const Assignment& each) {
        const std::string about = to_string(table.name) + "." + each.column;
        const TouchedColumn* column = column_of(table, each.column);
        if (column == nullptr) return fail("structure_unknown", about), std::nullopt;
        if (is_key(table, each.column) || is_foreign_key(table, each.column) || column->unique) {
            return fail("key_column", about), std::nullopt;
        }
        if (!each.value && !column->nullable) return fail("no_neutral_value", about), std::nullopt;
        return Setting{each.column, each.value};
    }

    template <typename Set>
    void add(const Place& place, const Set& set) {
        const TableName& name = place.path ? place.path->joins.back().table : entity_.table;
        if (const auto why = unfit(result_, name)) return fail(why->reason, why->detail);
        const TouchedTable& table = *table_named(result_, name);
        const auto setting = set(table);
        if (problem_) return;
        const TouchedColumn& column = *column_of(table, place.column);
        add_pending(place, pending(column, *setting));
        for (Change& each : found_.changes) {
            if (each.path == place.path && each.where == place.where) {
                each.settings.push_back(*setting);
                return;
            }
        }
        const std::vector<std::string>& key = place.path ? table.primary_key : entity_.key;
        found_.changes.push_back({name, key, place.path, place.where, {*setting}});
    }

    void add_pending(const Place& place, Condition condition) {
        if (!place.path) {
            pending_.push_back(all({place.where, std::move(condition)}));
            return;
        }
        const std::string name = "=pending " + std::to_string(pending_.size() + 1);
        Related related{
            place.path->name, Aggregate::any, {}, all({place.path->joins.back().where, std::move(condition)})};
        found_.attributes.push_back({name, ValueType::flag, std::nullopt, std::move(related), false});
        pending_.push_back(holds(name));
    }

    const AuditResult& result_;
    const Entity& entity_;
    Changes found_;
    std::vector<Condition> pending_;
    std::optional<Problem> problem_;
};

}  // namespace

std::variant<Changes, Problem> emptied(const AuditResult& result, const Entity& entity, const Finding& finding) {
    return ChangeFinder{result, entity}.empty(finding);
}

std::variant<Changes, Problem> restricted(const AuditResult& result, const Entity& entity) {
    return ChangeFinder{result, entity}.restrict();
}

}  // namespace crmaudit::reports::purge
