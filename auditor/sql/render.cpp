#include "auditor/sql/render.h"

#include <algorithm>
#include <map>
#include <stdexcept>

#include "auditor/sql/condition_sql.h"

namespace crmaudit::sql {
namespace {

const std::string base = "b";

/// The FROM clause of a statement over one entity, and how its attributes are written in it.
/// Each related path that is used is aggregated once, in one derived table that everything in the statement shares.
class EntitySource {
public:
    EntitySource(const Grammar& grammar, Date as_of, const Entity& entity)
        : grammar_(grammar), as_of_(as_of), entity_(entity), tables_{entity.table} {}

    /// Announces an attribute before `from` and `value` are asked for.
    void use(const std::string& attribute_name) {
        const auto* related = std::get_if<Related>(&find(attribute_name).value);
        if (related == nullptr) return;
        auto& names = by_path_[related->path];
        if (std::find(names.begin(), names.end(), attribute_name) == names.end()) names.push_back(attribute_name);
    }

    void use(const Condition& condition) {
        for_each_operand(condition, [this](const Operand& operand) {
            if (operand.source == Operand::Source::attribute) use(operand.name);
        });
    }

    Value value(const Operand& operand) const {
        if (operand.source == Operand::Source::column) return own_column(operand);
        const Attribute& attribute = find(operand.name);
        if (const auto* own = std::get_if<OwnColumn>(&attribute.value)) {
            Value column = own_column(own->column);
            if (attribute.type == ValueType::flag) {
                column.sql = conditions().render(all({own->where, {OneOf{own->column, {"1"}}}}));
                column.form = Value::Form::flag;
                return column;
            }
            if (!std::holds_alternative<Always>(own->where.node)) {
                column.sql = "CASE WHEN " + conditions().render(own->where) + " THEN " + column.sql + " END";
            }
            if (attribute.type == ValueType::date) {
                column.sql = grammar_.moment_of(column.sql, column.kind);
                column.form = Value::Form::moment;
            }
            return column;
        }
        if (const auto* condition = std::get_if<OwnCondition>(&attribute.value)) {
            return {conditions().render(condition->where), ColumnKind::boolean, Value::Form::flag};
        }
        const std::string cell = related_column(operand.name);
        switch (std::get<Related>(attribute.value).aggregate) {
            case Aggregate::any: return {"COALESCE(" + cell + ", 0) = 1", ColumnKind::boolean, Value::Form::flag};
            case Aggregate::count: return {"COALESCE(" + cell + ", 0)", ColumnKind::integer, Value::Form::column};
            default: return {cell, ColumnKind::timestamp, Value::Form::plausible_moment};
        }
    }

    ConditionRenderer conditions() const {
        return {grammar_, as_of_, [this](const Operand& operand) { return value(operand); }};
    }

    std::string from() {
        std::string text = "FROM " + grammar_.quote(entity_.table) + " " + base;
        std::size_t index = 0;
        for (const auto& [path_name, attributes] : by_path_) {
            const Path* path = entity_.path(path_name);
            if (path == nullptr || path->joins.empty()) throw std::logic_error("no path " + path_name);
            text += "\nLEFT JOIN (" + derived_table(*path, attributes) + ") " + alias(index) + "\n  ON " +
                    key_pairs(*path, index);
            ++index;
        }
        return text;
    }

    const std::vector<TableName>& tables() const { return tables_; }

private:
    const Attribute& find(const std::string& name) const {
        const Attribute* attribute = entity_.find(name);
        if (attribute == nullptr) throw std::logic_error("entity " + entity_.name + " has no attribute " + name);
        return *attribute;
    }

    Value own_column(const Operand& operand) const {
        return {base + "." + grammar_.quote(operand.name), operand.kind, Value::Form::column};
    }

    static std::string alias(std::size_t path_index) { return "p" + std::to_string(path_index + 1); }

    std::string related_column(const std::string& attribute_name) const {
        const std::string& path = std::get<Related>(find(attribute_name).value).path;
        const auto entry = by_path_.find(path);
        if (entry == by_path_.end()) throw std::logic_error("attribute " + attribute_name + " was not announced");
        const auto& names = entry->second;
        const auto position = std::find(names.begin(), names.end(), attribute_name) - names.begin();
        const auto index = static_cast<std::size_t>(std::distance(by_path_.begin(), entry));
        return alias(index) + ".a" + std::to_string(position + 1);
    }

    std::string key_pairs(const Path& path, std::size_t index) const {
        std::string text;
        std::size_t number = 0;
        for (const JoinColumn& pair : path.joins.front().on) {
            std::string left = alias(index) + ".k" + std::to_string(++number);
            std::string right = base + "." + grammar_.quote(pair.previous);
            if (pair.as_text) {
                left = grammar_.as_text(left, ColumnKind::unknown);
                right = grammar_.as_text(right, ColumnKind::unknown);
            }
            text += (text.empty() ? "" : " AND ") + left + " = " + right;
        }
        return text;
    }

    /// Conditions of a join speak of the columns of that join's table.
    ConditionRenderer conditions_of_join(std::size_t join) const {
        return {grammar_, as_of_, [this, join](const Operand& operand) -> Value {
                    if (operand.source != Operand::Source::column) {
                        throw std::logic_error("a join of " + entity_.name + " refers to an attribute");
                    }
                    return {"j" + std::to_string(join + 1) + "." + grammar_.quote(operand.name), operand.kind,
                            Value::Form::column};
                }};
    }

    std::string derived_table(const Path& path, const std::vector<std::string>& attributes) {
        std::string select;
        std::string group;
        std::size_t number = 0;
        for (const JoinColumn& pair : path.joins.front().on) {
            const std::string key = "j1." + grammar_.quote(pair.column);
            ++number;
            select += (select.empty() ? "" : ", ") + key + " AS k" + std::to_string(number);
            group += (group.empty() ? "" : ", ") + key;
        }
        number = 0;
        for (const std::string& name : attributes) {
            select += ", " + aggregate(std::get<Related>(find(name).value), path.joins.size() - 1) + " AS a" +
                      std::to_string(++number);
        }
        return "SELECT " + select + "\n    FROM " + joined_tables(path) + "\n    GROUP BY " + group;
    }

    std::string joined_tables(const Path& path) {
        std::string text;
        for (std::size_t i = 0; i < path.joins.size(); ++i) {
            const Join& join = path.joins[i];
            const std::string name = "j" + std::to_string(i + 1);
            if (std::find(tables_.begin(), tables_.end(), join.table) == tables_.end()) tables_.push_back(join.table);
            if (i > 0) text += "\n    JOIN ";
            text += grammar_.quote(join.table) + " " + name;
            if (i == 0) continue;
            std::string pairs;
            for (const JoinColumn& pair : join.on) {
                std::string left = name + "." + grammar_.quote(pair.column);
                std::string right = "j" + std::to_string(i) + "." + grammar_.quote(pair.previous);
                if (pair.as_text) {
                    left = grammar_.as_text(left, ColumnKind::unknown);
                    right = grammar_.as_text(right, ColumnKind::unknown);
                }
                pairs += (pairs.empty() ? "" : " AND ") + left + " = " + right;
            }
            text += " ON " + pairs;
        }
        std::string where;
        for (std::size_t i = 0; i < path.joins.size(); ++i) {
            if (std::holds_alternative<Always>(path.joins[i].where.node)) continue;
            where += (where.empty() ? "\n    WHERE " : " AND ") + conditions_of_join(i).render(path.joins[i].where);
        }
        return text + where;
    }

    std::string aggregate(const Related& related, std::size_t last_join) const {
        const ConditionRenderer renderer = conditions_of_join(last_join);
        const bool every = std::holds_alternative<Always>(related.where.node);
        const std::string where = every ? "" : renderer.render(related.where);
        switch (related.aggregate) {
            case Aggregate::any: return every ? "1" : "MAX(" + grammar_.flag(where) + ")";
            case Aggregate::count: return every ? "COUNT(*)" : "COUNT(CASE WHEN " + where + " THEN 1 END)";
            default: break;
        }
        const Value moment = renderer.moment(related.column);
        const std::string function = related.aggregate == Aggregate::latest ? "MAX" : "MIN";
        return function + "(CASE WHEN " + (every ? "" : where + " AND ") + renderer.is_plausible(moment) + " THEN " +
               moment.sql + " END)";
    }

    const Grammar& grammar_;
    Date as_of_;
    const Entity& entity_;
    std::map<std::string, std::vector<std::string>> by_path_;
    std::vector<TableName> tables_;
};

std::string term(const Grammar& grammar, const EntitySource& source, const Measure& measure) {
    const ConditionRenderer renderer = source.conditions();
    const bool every = std::holds_alternative<Always>(measure.condition.node);
    const std::string condition = every ? "" : renderer.render(measure.condition);
    if (measure.what == Measure::What::count) {
        return every ? "COUNT(*)" : "COUNT(CASE WHEN " + condition + " THEN 1 END)";
    }
    const Value moment = renderer.moment(attribute(measure.attribute));
    const std::string function = measure.what == Measure::What::earliest ? "MIN" : "MAX";
    return grammar.day_text(function + "(CASE WHEN " + (every ? "" : condition + " AND ") +
                            renderer.is_plausible(moment) + " THEN " + moment.sql + " END)");
}

}  // namespace

Query Renderer::measure(const Entity& entity, const std::vector<Measure>& measures) const {
    EntitySource source{grammar_, as_of_, entity};
    for (const Measure& measure : measures) {
        source.use(measure.condition);
        if (!measure.attribute.empty()) source.use(measure.attribute);
    }
    std::string select;
    for (const Measure& measure : measures) {
        select += (select.empty() ? "SELECT " : ",\n       ") + term(grammar_, source, measure);
    }
    std::string text = select + "\n" + source.from();
    return {std::move(text), measures.size(), source.tables()};
}

Query Renderer::years(const Entity& entity, const Condition& condition, const std::string& attribute_name) const {
    EntitySource source{grammar_, as_of_, entity};
    source.use(condition);
    source.use(attribute_name);
    const ConditionRenderer renderer = source.conditions();
    const Value moment = renderer.moment(attribute(attribute_name));
    const std::string year = grammar_.year_of(moment.sql);
    const std::string where = renderer.render(condition) + " AND " + renderer.is_plausible(moment);
    std::string text =
        "SELECT " + year + ", COUNT(*)\n" + source.from() + "\nWHERE " + where + "\nGROUP BY " + year + "\nORDER BY 1";
    return {std::move(text), 2, source.tables()};
}

Query Renderer::touch(const TableName& table) const {
    return {"SELECT COUNT(*) FROM " + grammar_.quote(table) + " WHERE " + grammar_.truth(false), 1, {table}};
}

std::string Renderer::evidence(const Entity& entity, const Condition& condition) const {
    EntitySource source{grammar_, as_of_, entity};
    source.use(condition);
    std::string keys;
    for (const std::string& key : entity.key) keys += (keys.empty() ? "" : ", ") + base + "." + grammar_.quote(key);
    const std::string where = source.conditions().render(condition);
    const std::string select = keys.empty() ? "COUNT(*)" : keys;
    return "SELECT " + select + "\n" + source.from() + "\nWHERE " + where + (keys.empty() ? "" : "\nORDER BY " + keys);
}

}  // namespace crmaudit::sql
