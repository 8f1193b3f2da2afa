#include "auditor/model/condition.h"

namespace crmaudit {

Operand attribute(std::string name) { return {Operand::Source::attribute, std::move(name), ColumnKind::unknown}; }

Operand column(std::string name, ColumnKind kind) { return {Operand::Source::column, std::move(name), kind}; }

Condition all(std::vector<Condition> conditions) {
    std::vector<Condition> parts;
    for (auto& condition : conditions) {
        if (!std::holds_alternative<Always>(condition.node)) parts.push_back(std::move(condition));
    }
    if (parts.empty()) return {};
    if (parts.size() == 1) return std::move(parts.front());
    return {All{std::move(parts)}};
}

Condition any(std::vector<Condition> conditions) {
    if (conditions.size() == 1) return std::move(conditions.front());
    return {Any{std::move(conditions)}};
}

Condition negate(Condition condition) { return {Not{{std::move(condition)}}}; }

Condition missing(Operand operand, std::vector<std::string> placeholders) {
    return {Missing{std::move(operand), std::move(placeholders)}};
}

Condition present(Operand operand) { return negate(missing(std::move(operand))); }

Condition holds(std::string attribute_name) { return {Holds{attribute(std::move(attribute_name))}}; }

}  // namespace crmaudit
