#include "auditor/sql/text_query.h"

#include <stdexcept>

namespace crmaudit::sql {
namespace {

bool is_always(const Condition& condition) { return std::holds_alternative<Always>(condition.node); }

/// The entity's attributes as expressions over one row of its table.
class RowExpressions {
public:
    RowExpressions(const Grammar& grammar, Date as_of, const Entity& entity)
        : grammar_(grammar), as_of_(as_of), entity_(entity) {}

    ConditionRenderer conditions() const {
        return over([this](const Operand& operand) { return value(operand); });
    }

    Value value(const Operand& operand) const {
        if (operand.source == Operand::Source::column) return cell("t", operand);
        const Attribute& attribute = find(operand.name);
        if (const auto* condition = std::get_if<OwnCondition>(&attribute.value)) {
            return {rows_of("t").render(condition->where), ColumnKind::boolean, Value::Form::flag};
        }
        if (const auto* own = std::get_if<OwnColumn>(&attribute.value)) return own_value(attribute, *own);
        return related_value(std::get<Related>(attribute.value));
    }

private:
    const Attribute& find(const std::string& name) const {
        const Attribute* attribute = entity_.find(name);
        if (attribute == nullptr) throw std::logic_error("entity " + entity_.name + " has no attribute " + name);
        return *attribute;
    }

    ConditionRenderer over(Resolve resolve) const {
        static const KeyLists none;
        return {grammar_, as_of_, none, std::move(resolve)};
    }

    /// Conditions over columns of the table that stands under this name.
    ConditionRenderer rows_of(const std::string& name) const {
        return over([this, name](const Operand& operand) { return cell(name, operand); });
    }

    Value cell(const std::string& name, const Operand& operand) const {
        return {name + "." + grammar_.quote(operand.name), operand.kind, Value::Form::column};
    }

    Value own_value(const Attribute& attribute, const OwnColumn& own) const {
        const ConditionRenderer row = rows_of("t");
        if (attribute.type == ValueType::flag) {
            return {row.render(all({own.where, {OneOf{own.column, {"1"}}}})), ColumnKind::boolean, Value::Form::flag};
        }
        Value value = attribute.type == ValueType::date ? row.moment(own.column) : cell("t", own.column);
        if (!is_always(own.where)) value.sql = "CASE WHEN " + row.render(own.where) + " THEN " + value.sql + " END";
        return value;
    }

    Value related_value(const Related& related) const {
        const Path* path = entity_.path(related.path);
        if (path == nullptr || path->joins.empty()) throw std::logic_error("no path " + related.path);
        const std::string last = "j" + std::to_string(path->joins.size());
        const ConditionRenderer rows = rows_of(last);
        const bool must_be_filled = related.aggregate == Aggregate::any && !related.column.name.empty();
        const Condition where = must_be_filled ? all({related.where, present(related.column)}) : related.where;
        const std::string from = " FROM " + joined(*path) + (is_always(where) ? "" : " AND " + rows.render(where));
        switch (related.aggregate) {
            case Aggregate::any: return {"EXISTS (SELECT 1" + from + ")", ColumnKind::boolean, Value::Form::flag};
            case Aggregate::count: return {"(SELECT COUNT(*)" + from + ")", ColumnKind::integer, Value::Form::column};
            case Aggregate::first: {
                const std::string text = cell(last, related.column).sql;
                return {"(SELECT " + text + from + " AND " + text + " IS NOT NULL" + grammar_.rows_between(0, 1) + ")",
                        related.column.kind, Value::Form::column};
            }
            default: break;
        }
        const Value moment = rows.moment(related.column);
        const std::string function = related.aggregate == Aggregate::latest ? "MAX(" : "MIN(";
        return {"(SELECT " + function + moment.sql + ")" + from + " AND " + rows.is_plausible(moment) + ")",
                ColumnKind::timestamp, Value::Form::plausible_moment};
    }

    /// The tables of the path and, as a condition, which of their rows belong to the row t.
    std::string joined(const Path& path) const {
        std::string text;
        std::string where;
        for (std::size_t i = 0; i < path.joins.size(); ++i) {
            const Join& join = path.joins[i];
            const std::string name = "j" + std::to_string(i + 1);
            const std::string previous = i == 0 ? "t" : "j" + std::to_string(i);
            text += (i == 0 ? "" : " JOIN ") + grammar_.quote(join.table) + " " + name;
            if (i > 0) text += " ON " + pairs(join.on, name, previous);
            if (i == 0) where = " WHERE " + pairs(join.on, name, previous);
            if (!is_always(join.where)) where += " AND " + rows_of(name).render(join.where);
        }
        return text + where;
    }

    std::string pairs(const std::vector<JoinColumn>& on, const std::string& left, const std::string& right) const {
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

    const Grammar& grammar_;
    Date as_of_;
    const Entity& entity_;
};

}  // namespace

TextQuery text_query(const Grammar& grammar, Date as_of, const Entity& entity, const Table& table,
                     const TextQuestion& question) {
    const RowExpressions row{grammar, as_of, entity};
    const ConditionRenderer conditions = row.conditions();
    TextQuery query;
    query.table_ = &table;
    query.where_ = conditions.render(question.where);
    for (const Condition& flag : question.flags) query.cells_.push_back(grammar.flag(conditions.render(flag)));
    for (const std::string& label : question.labels) {
        const Value value = row.value(attribute(label));
        query.cells_.push_back(grammar.as_text(value.sql, value.kind));
    }
    for (const std::string& text : question.texts) {
        const Value value = row.value(attribute(text));
        query.texts_.push_back({value.sql, value.kind});
    }
    for (const std::string& date : question.dates) {
        const Value moment = conditions.moment(attribute(date));
        const std::string known = "CASE WHEN " + conditions.is_plausible(moment) + " THEN " +
                                  grammar.as_text(moment.sql, ColumnKind::unknown) + " END";
        query.moment_ = query.moment_.empty() ? known : "COALESCE(" + query.moment_ + ", " + known + ")";
    }
    return query;
}

}  // namespace crmaudit::sql
