#include "auditor/model/condition.h"

namespace crmaudit {
namespace {

bool always(const Condition& condition) { return std::holds_alternative<Always>(condition.node); }

}  // namespace

bool never(const Condition& condition) {
    const auto* any_of = std::get_if<Any>(&condition.node);
    return any_of != nullptr && any_of->of.empty();
}

Operand attribute(std::string name) { return {Operand::Source::attribute, std::move(name), ColumnKind::unknown}; }

Operand column(std::string name, ColumnKind kind) { return {Operand::Source::column, std::move(name), kind}; }

Condition all(std::vector<Condition> conditions) {
    std::vector<Condition> parts;
    for (auto& condition : conditions) {
        if (never(condition)) return condition;
        if (!always(condition)) parts.push_back(std::move(condition));
    }
    if (parts.empty()) return {};
    if (parts.size() == 1) return std::move(parts.front());
    return {All{std::move(parts)}};
}

Condition any(std::vector<Condition> conditions) {
    std::vector<Condition> parts;
    for (auto& condition : conditions) {
        if (always(condition)) return condition;
        if (!never(condition)) parts.push_back(std::move(condition));
    }
    if (parts.size() == 1) return std::move(parts.front());
    return {Any{std::move(parts)}};
}

Condition negate(Condition condition) {
    if (always(condition)) return {Any{}};
    if (never(condition)) return {};
    if (auto* negation = std::get_if<Not>(&condition.node)) {
        Condition inner = std::move(negation->of.front());
        return inner;
    }
    return {Not{{std::move(condition)}}};
}

Condition missing(Operand operand, std::vector<std::string> placeholders) {
    return {Missing{std::move(operand), std::move(placeholders)}};
}

Condition present(Operand operand) { return negate(missing(std::move(operand))); }

Condition holds(std::string attribute_name) { return {Holds{attribute(std::move(attribute_name))}}; }

}  // namespace crmaudit
