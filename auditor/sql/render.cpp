#include "auditor/sql/render.h"

#include "auditor/sql/entity_source.h"

namespace crmaudit::sql {
namespace {

std::string term(const Grammar& grammar, const ConditionRenderer& renderer, const Measure& measure) {
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

/// A column in a form that has equality: documents and geometries have none of their own everywhere.
std::string comparable(const Grammar& grammar, const Operand& operand) {
    const std::string column = "t." + grammar.quote(operand.name);
    const bool plain = operand.kind != ColumnKind::other && operand.kind != ColumnKind::unknown;
    return plain ? column : grammar.as_text(column, operand.kind);
}

}  // namespace

Query Renderer::measure(const Entity& entity, const std::vector<Measure>& measures) const {
    EntitySource source{grammar_, as_of_, lists_, entity};
    for (const Measure& measure : measures) {
        source.use(measure.condition);
        if (!measure.attribute.empty()) source.use(attribute(measure.attribute));
    }
    const ConditionRenderer renderer = source.conditions();
    std::string select;
    for (const Measure& measure : measures) {
        select += (select.empty() ? "SELECT " : ",\n       ") + term(grammar_, renderer, measure);
    }
    std::string text = select + "\n" + source.from();
    return {std::move(text), measures.size(), source.tables()};
}

Query Renderer::years(const Entity& entity, const Condition& condition, const std::string& attribute_name) const {
    EntitySource source{grammar_, as_of_, lists_, entity};
    source.use(condition);
    source.use(attribute(attribute_name));
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

Query Renderer::count_unique(const Entity& entity, const Condition& condition,
                             const std::vector<Operand>& columns) const {
    EntitySource source{grammar_, as_of_, lists_, entity};
    const std::string groups = alone(source, condition, columns);
    std::string text = "SELECT COUNT(*) FROM (SELECT 1 AS one\n" + groups + ") g";
    return {std::move(text), 1, source.tables()};
}

Query Renderer::tally(const TableName& table, const std::vector<Tally>& columns) const {
    const ConditionRenderer renderer{
        grammar_, as_of_, lists_, [this](const Operand& operand) -> Value {
            return {"t." + grammar_.quote(operand.name), operand.kind, Value::Form::column};
        }};
    const std::string from = "FROM " + grammar_.quote(table) + " t";
    std::string text = "SELECT COUNT(*)";
    for (const Tally& each : columns) {
        const std::string filled = renderer.render(all({each.where, present(each.column)}));
        const bool every = std::holds_alternative<Always>(each.where.node);
        text +=
            every ? ",\n       COUNT(*)" : ",\n       COUNT(CASE WHEN " + renderer.render(each.where) + " THEN 1 END)";
        text += ", COUNT(CASE WHEN " + filled + " THEN 1 END), ";
        // By grouping, which databases do by hashing; COUNT(DISTINCT …) would sort every column.
        text += each.distinct ? "(SELECT COUNT(*) FROM (SELECT DISTINCT " + comparable(grammar_, each.column) +
                                    " AS v " + from + " WHERE " + filled + ") d)"
                              : "NULL";
    }
    return {text + "\n" + from, 1 + 3 * columns.size(), {table}};
}

Query Renderer::settings(const TableName& table, const Operand& column, std::int64_t limit,
                         std::size_t characters) const {
    const std::string cell = "t." + grammar_.quote(column.name);
    const ConditionRenderer renderer{grammar_, as_of_, lists_, [&](const Operand& operand) -> Value {
                                         return {cell, operand.kind, Value::Form::column};
                                     }};
    return {"SELECT DISTINCT " + grammar_.head_of(cell, column.kind, characters) + "\nFROM " + grammar_.quote(table) +
                " t\nWHERE " + renderer.render(present(column)) + "\nORDER BY 1" + grammar_.rows_between(0, limit),
            1,
            {table}};
}

std::string Renderer::evidence(const Entity& entity, const RowSet& rows) const {
    KeyLists names;
    for (const auto& [name, keys] : lists_) names[name] = {"<keys in " + name + ">"};
    EntitySource source{grammar_, as_of_, names, entity};
    if (rows.unique_over.empty()) source.use(rows.condition);
    source.use_key();
    std::string keys;
    std::string single_keys;
    for (const std::string& column : source.key()) {
        keys += (keys.empty() ? "" : ", ") + column;
        // Of a group of one row the least key is its key; as text, because not every type has a least.
        single_keys += (single_keys.empty() ? "MIN(" : ", MIN(") + grammar_.as_text(column, ColumnKind::unknown) + ")";
    }
    if (!rows.unique_over.empty()) {
        const std::string groups = alone(source, rows.condition, rows.unique_over);
        return "SELECT " + (keys.empty() ? "COUNT(*)" : single_keys) + "\n" + groups +
               (keys.empty() ? "" : "\nORDER BY 1");
    }
    const std::string where = source.conditions().render(rows.condition);
    return "SELECT " + (keys.empty() ? "COUNT(*)" : keys) + "\n" + source.from() + "\nWHERE " + where +
           (keys.empty() ? "" : "\nORDER BY " + keys);
}

std::string Renderer::alone(EntitySource& source, const Condition& condition,
                            const std::vector<Operand>& columns) const {
    std::vector<Condition> parts{condition};
    std::string group;
    for (const Operand& each : columns) source.use(each);
    for (const Operand& each : columns) {
        parts.push_back(present(each));
        group += (group.empty() ? "" : ", ") + source.value(each).sql;
    }
    for (const Condition& part : parts) source.use(part);
    const std::string where = source.conditions().render(all(std::move(parts)));
    return source.from() + "\nWHERE " + where + "\nGROUP BY " + group + "\nHAVING COUNT(*) = 1";
}

}  // namespace crmaudit::sql
