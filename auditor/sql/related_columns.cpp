#include "auditor/sql/related_columns.h"

#include <algorithm>
#include <set>
#include <stdexcept>

namespace crmaudit::sql {
namespace {

/// Adds the words that `condition` compares the operand with; false where it asks anything else of the operand.
bool collect_codes(const Condition& condition, const Operand& operand, std::set<std::string>& codes) {
    return std::visit(
        [&](const auto& node) {
            using Node = std::decay_t<decltype(node)>;
            if constexpr (requires { node.of; }) {
                return std::all_of(node.of.begin(), node.of.end(),
                                   [&](const Condition& part) { return collect_codes(part, operand, codes); });
            } else if constexpr (std::is_same_v<Node, OneOf>) {
                if (node.operand == operand) {
                    for (const std::string& value : node.values) codes.insert(folded_word(value));
                }
                return true;
            } else if constexpr (requires { node.operand; }) {
                return node.operand != operand || std::is_same_v<Node, Missing>;
            } else {
                return true;
            }
        },
        condition.node);
}

}  // namespace

Value RelatedColumns::value(const Operand& operand) {
    if (operand.source != Operand::Source::column) throw std::logic_error("a join refers to an attribute");
    auto known = std::find(columns_.begin(), columns_.end(), operand);
    if (known == columns_.end()) known = columns_.insert(columns_.end(), operand);
    const std::string position = std::to_string(known - columns_.begin() + 1);
    const Value column{"r." + grammar_.quote("v" + position), operand.kind, Value::Form::column};
    return forms_.named(column, [&](char mark) { return "r." + grammar_.quote(mark + position); });
}

std::vector<std::string> RelatedColumns::codes(const Operand& operand) const {
    if (std::find(shown_.begin(), shown_.end(), operand) != shown_.end()) return {};
    std::set<std::string> words;
    for (const Condition& each : conditions_) {
        if (!collect_codes(each, operand, words)) return {};
    }
    std::vector<std::string> literals;
    for (const std::string& word : words) {
        // Words beyond ASCII are folded by the database itself.
        const bool is_ascii = std::all_of(word.begin(), word.end(), [](char c) { return (c & 0x80) == 0; });
        if (is_ascii) literals.push_back(grammar_.text_literal(word));
    }
    return literals;
}

std::string RelatedColumns::named_in(const std::string& text) const {
    std::string cells;
    const auto add_if_named = [&](const std::string& name, const std::string& expression) {
        if (text.find("r." + name) == std::string::npos) return;
        cells += ",\n             " + expression + " AS " + name;
    };
    std::size_t position = 0;
    for (const Operand& column : columns_) {
        const std::string number = std::to_string(++position);
        const Value raw{table_ + "." + grammar_.quote(column.name), column.kind, Value::Form::column};
        add_if_named(grammar_.quote("v" + number), raw.sql);
        forms_.for_each(
            raw, [&](char mark) { return grammar_.quote(mark + number); }, codes(column), add_if_named);
    }
    return cells;
}

}  // namespace crmaudit::sql
