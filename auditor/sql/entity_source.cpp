#include "auditor/sql/entity_source.h"

#include <algorithm>
#include <stdexcept>

#include "auditor/sql/related_columns.h"

namespace crmaudit::sql {
namespace {

// Aliases: t the base table, b its rows with named attributes, j1, j2, … the joined tables of a path, r its rows, p1,
// p2, … its aggregates. Attributes are named "=name", which no column that a person made is called; a form of either
// has the form's mark before its name.
std::string attribute_alias(const std::string& name) { return "=" + name; }

/// Longer names leave no room for a mark before them: databases cut or refuse names of more than 63 bytes.
bool has_aliases(const Operand& column) { return column.name.size() < 63 && column.kind != ColumnKind::binary; }

/// The column that an attribute simply is; nullptr where it is more than that.
const Operand* plain_column(const Attribute& attribute) {
    const auto* own = std::get_if<OwnColumn>(&attribute.value);
    const bool is_plain = own != nullptr && attribute.type != ValueType::flag && own->where == Condition{};
    return is_plain && has_aliases(own->column) ? &own->column : nullptr;
}

bool is_always(const Condition& condition) { return std::holds_alternative<Always>(condition.node); }

void add_once(std::vector<std::string>& names, const std::string& name) {
    if (std::find(names.begin(), names.end(), name) == names.end()) names.push_back(name);
}

const std::string live_alias = "=live=";

}  // namespace

const Attribute& EntitySource::find(const std::string& name) const {
    const Attribute* attribute = entity_.find(name);
    if (attribute == nullptr) throw std::logic_error("entity " + entity_.name + " has no attribute " + name);
    return *attribute;
}

void EntitySource::use(const Operand& operand) {
    if (operand.source == Operand::Source::column) return use_column(operand);
    const Attribute& attribute = find(operand.name);
    if (const auto* related = std::get_if<Related>(&attribute.value)) {
        add_once(by_path_[related->path], attribute.name);
        const Path* path = entity_.path(related->path);
        if (path == nullptr || path->joins.empty()) throw std::logic_error("no path " + related->path);
        for (const JoinColumn& pair : path->joins.front().on) use_column(column(pair.previous));
    } else if (const Operand* plain = plain_column(attribute)) {
        use_column(*plain);
    } else {
        add_once(own_attributes_, attribute.name);
    }
}

void EntitySource::use(const Condition& condition) {
    if (!is_always(condition) && condition == entity_.live) {
        uses_live_ = true;
        return;
    }
    if (const auto* all_of = std::get_if<All>(&condition.node)) {
        for (const Condition& part : all_of->of) use(part);
    } else if (const auto* any_of = std::get_if<Any>(&condition.node)) {
        for (const Condition& part : any_of->of) use(part);
    } else if (const auto* negation = std::get_if<Not>(&condition.node)) {
        for (const Condition& part : negation->of) use(part);
    } else {
        for_each_operand(condition, [this](const Operand& operand) { use(operand); });
    }
}

void EntitySource::use_column(const Operand& operand) {
    const auto known =
        std::find_if(columns_.begin(), columns_.end(), [&](const Operand& each) { return each.name == operand.name; });
    if (known == columns_.end()) {
        columns_.push_back(operand);
    } else if (known->kind == ColumnKind::unknown) {
        known->kind = operand.kind;
    }
}

void EntitySource::use_key() {
    for (const std::string& name : entity_.key) use_column(column(name));
}

std::vector<std::string> EntitySource::key() const {
    std::vector<std::string> columns;
    for (const std::string& column : entity_.key) columns.push_back("b." + grammar_.quote(column));
    return columns;
}

ConditionRenderer EntitySource::base_conditions() const {
    return {grammar_, days_, lists_, [this](const Operand& operand) -> Value {
                if (operand.source != Operand::Source::column) {
                    throw std::logic_error("a condition on the table of " + entity_.name + " refers to an attribute");
                }
                return {row_ + "." + grammar_.quote(operand.name), operand.kind, Value::Form::column};
            }};
}

ConditionRenderer EntitySource::join_conditions(std::size_t join) const {
    return {grammar_, days_, lists_, [this, join](const Operand& operand) -> Value {
                if (operand.source != Operand::Source::column) {
                    throw std::logic_error("a join of " + entity_.name + " refers to an attribute");
                }
                return {"j" + std::to_string(join + 1) + "." + grammar_.quote(operand.name), operand.kind,
                        Value::Form::column};
            }};
}

ConditionRenderer EntitySource::conditions() const {
    return {grammar_, days_, lists_, [this](const Operand& operand) { return value(operand); },
            [this](const Condition& condition) -> std::optional<std::string> {
                if (!uses_live_ || !(condition == entity_.live)) return std::nullopt;
                return "b." + grammar_.quote(live_alias) + " = 1";
            }};
}

Value EntitySource::own_value(const Attribute& attribute) const {
    const ConditionRenderer renderer = base_conditions();
    if (const auto* condition = std::get_if<OwnCondition>(&attribute.value)) {
        return {renderer.render(condition->where), ColumnKind::boolean, Value::Form::flag};
    }
    const auto& own = std::get<OwnColumn>(attribute.value);
    if (attribute.type == ValueType::flag) {
        return {renderer.render(all({own.where, {OneOf{own.column, {"1"}}}})), ColumnKind::boolean, Value::Form::flag};
    }
    Value cell{row_ + "." + grammar_.quote(own.column.name), own.column.kind, Value::Form::column};
    if (attribute.type == ValueType::date) {
        cell = renderer.moment(own.column);
        cell.plausible = plausible_moment(own.column);
    }
    if (is_always(own.where)) return cell;
    const std::string when = "CASE WHEN " + renderer.render(own.where) + " THEN ";
    cell.sql = when + cell.sql + " END";
    if (!cell.plausible.empty()) cell.plausible = when + cell.plausible + " END";
    return cell;
}

std::string EntitySource::plausible_moment(const Operand& base_column) const {
    return grammar_.moment_between(row_ + "." + grammar_.quote(base_column.name), base_column.kind, earliest_plausible,
                                   day_after(days_.latest));
}

ColumnForms::Name EntitySource::form_names(const std::string& name) const {
    return [this, name](char mark) { return grammar_.quote(mark + name); };
}

Value EntitySource::value(const Operand& operand) const {
    if (operand.source == Operand::Source::column) {
        Value named{"b." + grammar_.quote(operand.name), operand.kind, Value::Form::column};
        if (!has_aliases(operand)) return named;
        return forms_.named(named, [&](char mark) { return "b." + grammar_.quote(mark + operand.name); });
    }
    const Attribute& attribute = find(operand.name);
    if (const Operand* plain = plain_column(attribute)) {
        const Value named = value(*plain);
        if (attribute.type != ValueType::date) return named;
        return {named.dated, named.kind, Value::Form::moment, "", "", named.plausible};
    }
    const std::string alias = grammar_.quote(attribute_alias(attribute.name));
    const auto* related = std::get_if<Related>(&attribute.value);
    if (related == nullptr) {
        Value named = own_value(attribute);
        named.sql = "b." + alias + (named.form == Value::Form::flag ? " = 1" : "");
        return forms_.named(named,
                            [&](char mark) { return "b." + grammar_.quote(mark + attribute_alias(attribute.name)); });
    }
    const auto entry = by_path_.find(related->path);
    if (entry == by_path_.end()) throw std::logic_error("attribute " + attribute.name + " was not announced");
    const std::string cell = "p" + std::to_string(1 + std::distance(by_path_.begin(), entry)) + "." + alias;
    switch (related->aggregate) {
        case Aggregate::any: return {"COALESCE(" + cell + ", 0) = 1", ColumnKind::boolean, Value::Form::flag};
        case Aggregate::count: return {"COALESCE(" + cell + ", 0)", ColumnKind::integer, Value::Form::column};
        case Aggregate::first: return {cell, ColumnKind::text, Value::Form::column};
        default: return {cell, ColumnKind::timestamp, Value::Form::plausible_moment};
    }
}

Value EntitySource::row_value(const Operand& operand) const {
    if (operand.source == Operand::Source::column) {
        return {row_ + "." + grammar_.quote(operand.name), operand.kind, Value::Form::column};
    }
    const Attribute& attribute = find(operand.name);
    Value value = own_value(attribute);
    const auto* own = std::get_if<OwnColumn>(&attribute.value);
    if (own != nullptr && attribute.type == ValueType::date && is_always(own->where)) {
        value.raw = row_ + "." + grammar_.quote(own->column.name);
        value.kind = own->column.kind;
    }
    return value;
}

std::optional<std::string> EntitySource::row_condition(const Condition& condition) const {
    if (!by_path_.empty()) return std::nullopt;
    return ConditionRenderer{grammar_, days_, lists_, [this](const Operand& operand) { return row_value(operand); }}
        .render(condition);
}

std::string EntitySource::from(const std::string& rest) {
    std::string joins;
    std::size_t index = 0;
    for (const auto& [path_name, attributes] : by_path_) {
        const Path& path = *entity_.path(path_name);
        const std::string alias = "p" + std::to_string(++index);
        std::vector<JoinColumn> on = path.joins.front().on;
        for (std::size_t i = 0; i < on.size(); ++i) on[i].column = "k" + std::to_string(i + 1);
        joins += "\nLEFT JOIN (" + related_table(path, attributes) + ") " + alias + "\n  ON " + pairs(on, alias, "b");
    }
    return "FROM (" + base_table(rest + joins) + ") b" + joins;
}

std::string EntitySource::base_table(const std::string& rest) const {
    std::vector<std::string> cells;
    const auto add_if_named = [&](const std::string& name, const std::string& expression) {
        if (rest.find("b." + name) != std::string::npos) cells.push_back(expression + " AS " + name);
    };
    for (const Operand& each : columns_) {
        const Value raw{"t." + grammar_.quote(each.name), each.kind, Value::Form::column};
        if (rest.find("b." + grammar_.quote(each.name)) != std::string::npos) cells.push_back(raw.sql);
        if (has_aliases(each)) forms_.for_each(raw, form_names(each.name), {}, add_if_named);
    }
    if (uses_live_) {
        cells.push_back(grammar_.flag(base_conditions().render(entity_.live)) + " AS " + grammar_.quote(live_alias));
    }
    for (const std::string& name : own_attributes_) {
        const Value own = own_value(find(name));
        add_if_named(grammar_.quote(attribute_alias(name)),
                     own.form == Value::Form::flag ? grammar_.flag(own.sql) : own.sql);
        forms_.for_each(own, form_names(attribute_alias(name)), {}, add_if_named);
    }
    if (cells.empty()) cells.emplace_back("1 AS one");
    std::string text = "SELECT ";
    for (std::size_t i = 0; i < cells.size(); ++i) text += (i == 0 ? "" : ",\n             ") + cells[i];
    return text + "\n      FROM " + rows() + grammar_.evaluated_once();
}

std::string EntitySource::rows() const {
    const std::string rows = grammar_.quote(entity_.table) + " t";
    if (among_.empty()) return rows;
    std::string same;
    for (std::size_t i = 0; i < entity_.key.size(); ++i) {
        same += (i == 0 ? "" : " AND ") + std::string{"t."} + grammar_.quote(entity_.key[i]) + " = w." +
                grammar_.quote("k" + std::to_string(i + 1));
    }
    return among_ + " w JOIN " + rows + " ON " + same;
}

std::string EntitySource::related_table(const Path& path, const std::vector<std::string>& attributes) {
    // Each column of the last table that the attributes look at, as it is, as folded text and as a moment: whichever of
    // these is asked for is evaluated once for each row, however many attributes ask.
    std::vector<Condition> asked;
    std::vector<Operand> shown;
    for (const std::string& name : attributes) {
        const auto& related = std::get<Related>(find(name).value);
        asked.push_back(related.where);
        if (related.aggregate == Aggregate::first) shown.push_back(related.column);
    }
    RelatedColumns columns{grammar_, days_.latest, "j" + std::to_string(path.joins.size()), std::move(asked),
                           std::move(shown)};
    const ConditionRenderer renderer{grammar_, days_, lists_,
                                     [&](const Operand& operand) { return columns.value(operand); }};
    std::string inner;
    std::string group;
    std::size_t number = 0;
    for (const JoinColumn& pair : path.joins.front().on) {
        const std::string key = grammar_.quote("k" + std::to_string(++number));
        inner += (inner.empty() ? "" : ", ") + std::string{"j1."} + grammar_.quote(pair.column) + " AS " + key;
        group += (group.empty() ? "r." : ", r.") + key;
    }
    std::string outer = group;
    for (const std::string& name : attributes) {
        const std::string aggregate = aggregated(std::get<Related>(find(name).value), renderer);
        outer += ",\n           " + aggregate + " AS " + grammar_.quote(attribute_alias(name));
    }
    return "SELECT " + outer + "\n    FROM (SELECT " + inner + columns.named_in(outer) + "\n          FROM " +
           joined_tables(path) + grammar_.evaluated_once() + ") r\n    GROUP BY " + group;
}

std::string EntitySource::aggregated(const Related& related, const ConditionRenderer& renderer) {
    const bool looks_at_column =
        related.aggregate == Aggregate::first || (related.aggregate == Aggregate::any && !related.column.name.empty());
    const Condition where = looks_at_column ? all({related.where, present(related.column)}) : related.where;
    const std::string when = is_always(where) ? "" : renderer.render(where);
    switch (related.aggregate) {
        case Aggregate::any: return when.empty() ? "1" : "MAX(CASE WHEN " + when + " THEN 1 ELSE 0 END)";
        case Aggregate::count: return when.empty() ? "COUNT(*)" : "COUNT(CASE WHEN " + when + " THEN 1 END)";
        case Aggregate::first: return "MIN(CASE WHEN " + when + " THEN " + renderer.folded(related.column) + " END)";
        default: break;
    }
    const Value moment = renderer.moment(related.column);
    return std::string{related.aggregate == Aggregate::latest ? "MAX" : "MIN"} + "(" +
           renderer.plausible_where(when, moment) + ")";
}

std::string EntitySource::joined_tables(const Path& path) {
    std::string text;
    std::string where;
    for (std::size_t i = 0; i < path.joins.size(); ++i) {
        const Join& join = path.joins[i];
        const std::string alias = "j" + std::to_string(i + 1);
        if (std::find(tables_.begin(), tables_.end(), join.table) == tables_.end()) tables_.push_back(join.table);
        const bool joined = i > 0 || !among_.empty();
        if (i == 0 && joined) {
            std::string origins;
            for (const JoinColumn& pair : join.on) {
                const std::string column = "t." + grammar_.quote(pair.previous);
                if (origins.find(column) == std::string::npos) origins += (origins.empty() ? "" : ", ") + column;
            }
            text += "(SELECT DISTINCT " + origins + " FROM " + rows() + ") j0";
        }
        if (joined) text += "\n          JOIN ";
        text += grammar_.quote(join.table) + " " + alias;
        if (joined) text += " ON " + pairs(join.on, alias, "j" + std::to_string(i));
        if (is_always(join.where)) continue;
        where += (where.empty() ? "\n          WHERE " : " AND ") + join_conditions(i).render(join.where);
    }
    return text + where;
}

std::string EntitySource::pairs(const std::vector<JoinColumn>& on, const std::string& left,
                                const std::string& right) const {
    std::string text;
    for (const JoinColumn& pair : on) {
        std::string first = left + "." + grammar_.quote(pair.column);
        std::string second = right + "." + grammar_.quote(pair.previous);
        if (pair.as_text) {
            first = grammar_.as_text(first, ColumnKind::unknown);
            second = grammar_.as_text(second, ColumnKind::unknown);
        }
        text += (text.empty() ? "" : " AND ") + first + " = " + second;
    }
    return text;
}

}  // namespace crmaudit::sql
