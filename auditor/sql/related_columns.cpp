#include "auditor/sql/related_columns.h"

#include <algorithm>
#include <stdexcept>

namespace crmaudit::sql {
namespace {

std::string named(const Grammar& grammar, const char* form, std::size_t position) {
    return "r." + grammar.quote(form + std::to_string(position));
}

}  // namespace

Value RelatedColumns::value(const Operand& operand) {
    if (operand.source != Operand::Source::column) throw std::logic_error("a join refers to an attribute");
    auto known = std::find(columns_.begin(), columns_.end(), operand);
    if (known == columns_.end()) known = columns_.insert(columns_.end(), operand);
    const auto position = static_cast<std::size_t>(known - columns_.begin()) + 1;
    return {named(grammar_, "v", position), operand.kind, Value::Form::column, named(grammar_, "f", position),
            named(grammar_, "d", position)};
}

std::string RelatedColumns::named_in(const std::string& text) const {
    std::string cells;
    std::size_t position = 0;
    const auto add_if_named = [&](const char* form, const std::string& expression) {
        if (text.find(named(grammar_, form, position)) == std::string::npos) return;
        cells += ",\n             " + expression + " AS " + grammar_.quote(form + std::to_string(position));
    };
    for (const Operand& column : columns_) {
        ++position;
        const std::string raw = table_ + "." + grammar_.quote(column.name);
        add_if_named("v", raw);
        add_if_named("f", grammar_.folded(grammar_.as_text(raw, column.kind)));
        add_if_named("d", grammar_.moment_of(raw, column.kind));
    }
    return cells;
}

}  // namespace crmaudit::sql
