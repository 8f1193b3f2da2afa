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
    return grammar.day_text(function + "(" + renderer.plausible_where(condition, moment) + ")");
}

/// The latest plausible one of some moments, or the first day of no_year.
std::string latest(const Grammar& grammar, const ConditionRenderer& renderer, const std::vector<std::string>& names) {
    const std::string none = grammar.date_literal(Date{std::chrono::year{no_year} / 1 / 1});
    std::vector<std::string> moments;
    for (const std::string& name : names) {
        const Value moment = renderer.moment(attribute(name));
        moments.push_back("COALESCE(" + renderer.plausible_where("", moment) + ", " + none + ")");
    }
    return grammar.latest_of(moments);
}

std::string year_of_age(const Grammar& grammar, const ConditionRenderer& renderer, const Ages& ages) {
    const std::string age = latest(grammar, renderer, ages.latest_of);
    if (ages.otherwise.empty()) return grammar.year_of(age);
    std::vector<Condition> known;
    for (const std::string& name : ages.latest_of) known.push_back(present(attribute(name)));
    return grammar.year_of("CASE WHEN " + renderer.render(any(std::move(known))) + " THEN " + age + " ELSE " +
                           latest(grammar, renderer, ages.otherwise) + " END");
}

/// A column in a form that has equality: documents and geometries have none of their own everywhere.
std::string comparable(const Grammar& grammar, const Operand& operand) {
    const std::string column = "t." + grammar.quote(operand.name);
    const bool plain = operand.kind != ColumnKind::other && operand.kind != ColumnKind::unknown;
    return plain ? column : grammar.as_text(column, operand.kind);
}

}  // namespace

Query Renderer::measure(const Entity& entity, const std::vector<Measure>& measures, const Ages& ages) const {
    EntitySource source{grammar_, days_, lists_, entity};
    for (const Measure& measure : measures) {
        source.use(measure.condition);
        if (!measure.attribute.empty()) source.use(attribute(measure.attribute));
    }
    for (const auto* names : {&ages.latest_of, &ages.otherwise}) {
        for (const std::string& name : *names) source.use(attribute(name));
    }
    const ConditionRenderer renderer = source.conditions();
    const bool by_year = !ages.latest_of.empty();
    const std::string year = by_year ? year_of_age(grammar_, renderer, ages) : "";
    std::string select = by_year ? "SELECT " + year : "";
    for (const Measure& measure : measures) {
        select += (select.empty() ? "SELECT " : ",\n       ") + term(grammar_, renderer, measure);
    }
    std::string text = select + "\n" + source.from(select + year);
    if (by_year) text += "\nGROUP BY " + year;
    return {std::move(text), measures.size() + (by_year ? 1 : 0), source.tables()};
}

Query Renderer::touch(const TableName& table) const {
    return {"SELECT COUNT(*) FROM " + grammar_.quote(table) + " WHERE " + grammar_.truth(false), 1, {table}};
}

Query Renderer::count_unique(const Entity& entity, const Condition& condition,
                             const std::vector<Operand>& columns) const {
    EntitySource source{grammar_, days_, lists_, entity};
    std::string text =
        "SELECT COUNT(*) FROM (" + groups(source, condition, columns, false, "= 1", "SELECT 1 AS one\n") + ") g";
    return {std::move(text), 1, source.tables()};
}

Query Renderer::count_shared(const Entity& entity, const Condition& condition,
                             const std::vector<Operand>& parts) const {
    EntitySource source{grammar_, days_, lists_, entity};
    std::string text = "SELECT COALESCE(SUM(g.n), 0) FROM (" +
                       groups(source, condition, parts, true, "> 1", "SELECT COUNT(*) AS n\n") + ") g";
    return {std::move(text), 1, source.tables()};
}

std::string Renderer::different(const Tally& tally, const std::string& from) const {
    const std::string value = comparable(grammar_, tally.column);
    const bool as_it_is = value == "t." + grammar_.quote(tally.column.name);
    const ConditionRenderer of_values{
        grammar_, days_, lists_, [&](const Operand& operand) -> Value {
            return {"d.v", as_it_is ? operand.kind : ColumnKind::text, Value::Form::column};
        }};
    const ConditionRenderer of_rows{grammar_, days_, lists_, [this](const Operand& operand) -> Value {
                                        return {"t." + grammar_.quote(operand.name), operand.kind, Value::Form::column};
                                    }};
    const bool every = std::holds_alternative<Always>(tally.where.node);
    // Whether anything is in a value is asked of the different ones only: databases would move a WHERE to all rows.
    return "(SELECT COUNT(CASE WHEN " + of_values.render(present(tally.column)) +
           " THEN 1 END) FROM (SELECT DISTINCT " + value + " AS v " + from +
           (every ? "" : " WHERE " + of_rows.render(tally.where)) + ") d)";
}

Query Renderer::tally(const TableName& table, const std::vector<Tally>& columns) const {
    const ConditionRenderer renderer{
        grammar_, days_, lists_, [this](const Operand& operand) -> Value {
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
        text += each.distinct ? different(each, from) : "NULL";
    }
    return {text + "\n" + from, 1 + 3 * columns.size(), {table}};
}

Query Renderer::settings(const TableName& table, const Operand& column, std::int64_t limit,
                         std::size_t characters) const {
    const std::string cell = "t." + grammar_.quote(column.name);
    const ConditionRenderer renderer{grammar_, days_, lists_, [&](const Operand& operand) -> Value {
                                         return {cell, operand.kind, Value::Form::column};
                                     }};
    return {"SELECT DISTINCT " + grammar_.head_of(cell, column.kind, characters) + "\nFROM " + grammar_.quote(table) +
                " t\nWHERE " + renderer.render(present(column)) + "\nORDER BY 1" + grammar_.rows_between(0, limit),
            1,
            {table}};
}

Query Renderer::combinations(const Entity& entity, const Condition& condition, const std::vector<std::string>& texts,
                             const std::string& date, std::int64_t limit, std::size_t characters) const {
    EntitySource source{grammar_, days_, lists_, entity};
    source.use(condition);
    for (const std::string& text : texts) source.use(attribute(text));
    if (!date.empty()) source.use(attribute(date));
    const ConditionRenderer renderer = source.conditions();
    std::string inner;
    std::string outer;
    for (std::size_t i = 0; i < texts.size(); ++i) {
        const Value value = source.value(attribute(texts[i]));
        const std::string name = grammar_.quote("t" + std::to_string(i + 1));
        inner +=
            (i == 0 ? "SELECT " : ",\n       ") + grammar_.head_of(value.sql, value.kind, characters) + " AS " + name;
        outer += (i == 0 ? "g." : ", g.") + name;
    }
    const std::string day = "g." + grammar_.quote("d");
    if (texts.empty()) inner = "SELECT 1 AS " + grammar_.quote("one");
    if (!date.empty()) {
        inner += ", " + renderer.plausible_where("", renderer.moment(attribute(date))) + " AS " + grammar_.quote("d");
    }
    const std::string where = renderer.render(condition);
    std::string text = "SELECT " + outer + (outer.empty() ? "" : ", ") + "COUNT(*)" +
                       (date.empty() ? "" : ", " + grammar_.day_text("MAX(" + day + ")")) + "\nFROM (" + inner + "\n" +
                       source.from(inner + where) + "\nWHERE " + where + ") g";
    if (!outer.empty()) text += "\nGROUP BY " + outer + "\nORDER BY " + outer + grammar_.rows_between(0, limit);
    return {std::move(text), texts.size() + (date.empty() ? 1 : 2), source.tables()};
}

Query Renderer::last_rows(const TableName& table, const std::vector<Operand>& columns,
                          const std::vector<Operand>& latest_by, std::int64_t limit, std::size_t characters) const {
    const auto head = [&](const Operand& column) {
        return grammar_.head_of("t." + grammar_.quote(column.name), column.kind, characters);
    };
    std::string select;
    for (const Operand& each : columns) select += (select.empty() ? "SELECT " : ", ") + head(each);
    std::string order;
    for (const Operand& each : latest_by) {
        order += (order.empty() ? "\nORDER BY " : ", ");
        order += "COALESCE(" + head(each) + ", " + grammar_.text_literal("") + ") DESC";
    }
    return {select + "\nFROM " + grammar_.quote(table) + " t" + order + grammar_.rows_between(0, limit),
            columns.size(),
            {table}};
}

std::string Renderer::evidence(const Entity& entity, const RowSet& rows) const {
    KeyLists names;
    for (const auto& [name, keys] : lists_) names[name] = {"<keys in " + name + ">"};
    EntitySource source{grammar_, days_, names, entity};
    if (rows.unique_over.empty() && rows.shared_over.empty()) source.use(rows.condition);
    source.use_key();
    if (!rows.shared_over.empty()) return shared_evidence(entity, rows, source);
    std::string keys;
    std::string single_keys;
    for (const std::string& column : source.key()) {
        keys += (keys.empty() ? "" : ", ") + column;
        // Of a group of one row the least key is its key; as text, because not every type has a least.
        single_keys += (single_keys.empty() ? "MIN(" : ", MIN(") + grammar_.as_text(column, ColumnKind::unknown) + ")";
    }
    if (!rows.unique_over.empty()) {
        const std::string select = "SELECT " + (keys.empty() ? "COUNT(*)" : single_keys) + "\n";
        return groups(source, rows.condition, rows.unique_over, false, "= 1", select) +
               (keys.empty() ? "" : "\nORDER BY 1");
    }
    const std::string where = source.conditions().render(rows.condition);
    return "SELECT " + (keys.empty() ? "COUNT(*)" : keys) + "\n" + source.from(keys + where) + "\nWHERE " + where +
           (keys.empty() ? "" : "\nORDER BY " + keys);
}

std::string Renderer::keys(const Entity& entity, const Condition& condition, const std::string& among) const {
    EntitySource source{grammar_, days_, lists_, entity};
    source.use(condition);
    source.use_key();
    source.among(among);
    const std::optional<std::string> own = source.row_condition(condition);
    std::string select;
    for (std::size_t i = 0; i < entity.key.size(); ++i) {
        select += (i == 0 ? "SELECT " : ", ") + std::string{own ? "t." : "b."} + grammar_.quote(entity.key[i]) +
                  " AS " + grammar_.quote("k" + std::to_string(i + 1));
    }
    if (own) return select + "\nFROM " + source.rows() + "\nWHERE " + *own;
    const std::string where = source.conditions().render(condition);
    return select + "\n" + source.from(select + where) + "\nWHERE " + where;
}

std::optional<std::string> Renderer::row_condition(const Entity& entity, const Condition& condition,
                                                   const std::string& row) const {
    EntitySource source{grammar_, days_, lists_, entity};
    source.call_row(row);
    source.use(condition);
    return source.row_condition(condition);
}

std::string Renderer::related_keys(const Entity& entity, const Path& path, std::size_t joins,
                                   const std::vector<std::string>& key, const std::string& among) const {
    EntitySource source{grammar_, days_, lists_, entity};
    source.among(among);
    Path part = path;
    part.joins.resize(joins);
    std::string select;
    for (std::size_t i = 0; i < key.size(); ++i) {
        select += (i == 0 ? "SELECT DISTINCT j" : ", j") + std::to_string(joins) + "." + grammar_.quote(key[i]) +
                  " AS " + grammar_.quote("k" + std::to_string(i + 1));
    }
    return select + " FROM " + source.rows_of(part);
}

std::string Renderer::condition(const Condition& condition, const std::string& table) const {
    return ConditionRenderer{grammar_, days_, lists_,
                             [&](const Operand& operand) -> Value {
                                 return {table + "." + grammar_.quote(operand.name), operand.kind, Value::Form::column};
                             }}
        .render(condition);
}

std::string Renderer::shared_evidence(const Entity& entity, const RowSet& rows, EntitySource& source) const {
    std::string select = "SELECT COUNT(*)";
    if (entity.key.size() == 1) {
        const std::string key = grammar_.as_text(source.key().front(), ColumnKind::unknown);
        select += ", MIN(" + key + "), MAX(" + key + ")";
    }
    return groups(source, rows.condition, rows.shared_over, true, "> 1", select + "\n") + "\nORDER BY 1";
}

std::string Renderer::groups(EntitySource& source, const Condition& condition, const std::vector<Operand>& parts,
                             bool folded, const char* number, const std::string& select) const {
    source.use(condition);
    std::vector<Condition> conditions{condition};
    std::string group;
    std::string having = "COUNT(*) " + std::string{number};
    for (const Operand& each : parts) {
        source.use(each);
        const Value value = source.value(each);
        const bool is_text = folded && value.form == Value::Form::column && value.kind == ColumnKind::text;
        const std::string part = !is_text               ? value.sql
                                 : value.folded.empty() ? grammar_.folded(grammar_.as_text(value.sql, value.kind))
                                                        : value.folded;
        group += (group.empty() ? "" : ", ") + part;
        if (is_text && !value.folded.empty()) {
            having += " AND " + part + " <> ''";  // asked of groups, which are fewer than rows
        } else {
            conditions.push_back(present(each));
        }
    }
    const std::string where = source.conditions().render(all(std::move(conditions)));
    return select + source.from(select + where + group) + "\nWHERE " + where + "\nGROUP BY " + group + "\nHAVING " +
           having;
}

}  // namespace crmaudit::sql
