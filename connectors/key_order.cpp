#include "connectors/key_order.h"

#include <algorithm>

#include "connectors/selection.h"

namespace crmaudit::connectors {
namespace {

bool is_range_key(const Dialect& dialect, const Table& table, const std::vector<std::string>& key) {
    return !key.empty() && std::all_of(key.begin(), key.end(), [&](const auto& name) {
        const Column* column = table.find(name);
        return column != nullptr && !column->nullable && dialect.sorts_as_written(*column);
    });
}

}  // namespace

KeyOrder::KeyOrder(const sql::Grammar& grammar, const Table& table, const std::vector<std::string>& columns)
    : grammar_(grammar) {
    for (const auto& name : columns) parts_.push_back({grammar.quote(name), table.find(name)->kind});
}

KeyOrder::KeyOrder(const sql::Grammar& grammar, const std::string& row_number)
    : grammar_(grammar), parts_{{row_number, ColumnKind::integer}} {}

std::vector<std::string> KeyOrder::texts(const std::string& prefix) const {
    std::vector<std::string> texts;
    for (const Part& part : parts_) texts.push_back(grammar_.key_text(prefix + part.sql, part.kind));
    return texts;
}

std::string KeyOrder::columns(const std::string& prefix) const {
    std::vector<std::string> columns;
    for (const Part& part : parts_) columns.push_back(prefix + part.sql);
    return joined(columns, ", ");
}

std::string KeyOrder::after(const sql::Row& texts) const { return texts.empty() ? "" : " WHERE " + later(texts, ""); }

std::string KeyOrder::later(const sql::Row& texts, const std::string& prefix) const {
    std::vector<std::string> columns;
    std::vector<std::string> values;
    for (std::size_t i = 0; i < parts_.size(); ++i) {
        columns.push_back(prefix + parts_[i].sql);
        values.push_back(grammar_.key_literal(texts.at(i).value_or(""), parts_[i].kind));
    }
    return grammar_.comes_after(columns, values);
}

std::string KeyOrder::is_one_of(std::span<const sql::Row> keys, const std::string& prefix) const {
    std::vector<std::string> alternatives;
    for (const sql::Row& key : keys) {
        std::vector<std::string> pairs;
        for (std::size_t i = 0; i < parts_.size(); ++i) {
            const std::string value = grammar_.key_literal(key.at(i).value_or(""), parts_[i].kind);
            pairs.push_back(parts_.size() == 1 ? value : prefix + parts_[i].sql + " = " + value);
        }
        alternatives.push_back(parts_.size() == 1 ? pairs.front() : "(" + joined(pairs, " AND ") + ")");
    }
    if (parts_.size() > 1) return "(" + joined(alternatives, " OR ") + ")";
    return prefix + parts_.front().sql + " IN (" + joined(alternatives, ", ") + ")";
}

std::vector<std::string> range_key(const Dialect& dialect, const Table& table) {
    if (is_range_key(dialect, table, table.primary_key)) return table.primary_key;
    const auto found = std::find_if(table.indexes.begin(), table.indexes.end(), [&](const Index& index) {
        return index.unique && is_range_key(dialect, table, index.columns);
    });
    return found == table.indexes.end() ? std::vector<std::string>{} : found->columns;
}

std::optional<KeyOrder> key_order(const Dialect& dialect, const Table& table) {
    const auto key = range_key(dialect, table);
    if (!key.empty()) return KeyOrder{dialect.grammar(), table, key};
    const std::string number = table.kind == TableKind::view ? "" : dialect.row_number(table);
    if (!number.empty()) return KeyOrder{dialect.grammar(), number};
    return std::nullopt;
}

}  // namespace crmaudit::connectors
