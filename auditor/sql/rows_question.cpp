#include "auditor/sql/rows_question.h"

#include <algorithm>

#include "auditor/sql/render.h"

namespace crmaudit::sql {
namespace {

std::string same_values(const Grammar& grammar, const SameValues& same) {
    std::string any;
    for (const std::vector<std::string>& values : same.values) {
        std::string all;
        for (std::size_t i = 0; i < same.columns.size(); ++i) {
            const std::string column = "t." + grammar.quote(same.columns[i].name);
            const ColumnKind kind = same.columns[i].kind;
            all += all.empty() ? "" : " AND ";
            all += same.as_text ? grammar.as_text(column, kind) + " = " + grammar.text_literal(values[i])
                                : column + " = " + grammar.key_literal(values[i], kind);
        }
        any += (any.empty() ? "(" : " OR ") + (same.columns.size() > 1 ? "(" + all + ")" : all);
    }
    return any.empty() ? grammar.truth(false) : any + ")";
}

}  // namespace

Query Renderer::rows(const RowsQuestion& question) const {
    std::string cells;
    for (const Operand& each : question.cells) {
        const std::string column = "t." + grammar_.quote(each.name);
        const bool in_key = std::find(question.key.begin(), question.key.end(), each.name) != question.key.end();
        cells += cells.empty() ? "" : ", ";
        if (in_key) {
            cells += grammar_.key_text(column, each.kind);
        } else if (each.kind == ColumnKind::binary) {
            // What no reader could make sense of is only said to be there.
            cells += "CASE WHEN " + grammar_.binary_is_empty(column) + " THEN NULL ELSE '1' END";
        } else {
            cells += grammar_.head_of(column, each.kind, question.characters);
        }
    }
    std::string order;
    for (const std::string& each : question.key) order += (order.empty() ? "t." : ", t.") + grammar_.quote(each);
    return {"SELECT " + cells + chosen(question) + (order.empty() ? "" : " ORDER BY " + order) +
                grammar_.rows_between(question.offset, question.limit),
            question.cells.size(),
            {question.table}};
}

Query Renderer::count(const RowsQuestion& question) const {
    return {"SELECT COUNT(*)" + chosen(question), 1, {question.table}};
}

std::string Renderer::chosen(const RowsQuestion& question) const {
    std::string text = " FROM " + grammar_.quote(question.table) + " t WHERE " + condition(question.where, "t");
    if (question.same) text += " AND " + same_values(grammar_, *question.same);
    return text;
}

}  // namespace crmaudit::sql
