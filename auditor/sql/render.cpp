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

}  // namespace

Query Renderer::measure(const Entity& entity, const std::vector<Measure>& measures) const {
    EntitySource source{grammar_, as_of_, entity};
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
    EntitySource source{grammar_, as_of_, entity};
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

std::string Renderer::evidence(const Entity& entity, const Condition& condition) const {
    EntitySource source{grammar_, as_of_, entity};
    source.use(condition);
    source.use_key();
    std::string keys;
    for (const std::string& column : source.key()) keys += (keys.empty() ? "" : ", ") + column;
    const std::string where = source.conditions().render(condition);
    return "SELECT " + (keys.empty() ? "COUNT(*)" : keys) + "\n" + source.from() + "\nWHERE " + where +
           (keys.empty() ? "" : "\nORDER BY " + keys);
}

}  // namespace crmaudit::sql
