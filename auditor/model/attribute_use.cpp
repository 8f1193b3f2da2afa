#include "auditor/model/attribute_use.h"

#include <type_traits>

namespace crmaudit {
namespace {

using Found = std::optional<std::string>;

const char* advice(ValueType type) {
    switch (type) {
        case ValueType::flag: return "is a flag: write <holds>, and <not> around it where it must not hold";
        case ValueType::date: return "is a date: write before, since, older-than, later-than, implausible or missing";
        case ValueType::number: return "is a number: write one-of or missing";
        default: return "is a text: write one-of, list-has, like or missing";
    }
}

bool holds_no_date(ColumnKind kind) {
    return kind == ColumnKind::boolean || kind == ColumnKind::binary || kind == ColumnKind::time;
}

struct Finder {
    const Entity& entity;

    template <typename... Types>
    Found unless(const Operand& operand, Types... fitting) const {
        if (operand.source == Operand::Source::column) return std::nullopt;
        const Attribute* attribute = entity.find(operand.name);
        if (attribute == nullptr || ((attribute->type == fitting) || ...)) return std::nullopt;
        return "attribute '" + operand.name + "' " + advice(attribute->type);
    }

    Found unless_date(const Operand& operand) const {
        if (operand.source == Operand::Source::column && holds_no_date(operand.kind)) {
            return "column '" + operand.name + "' is of kind " + std::string{to_string(operand.kind)} +
                   ", which holds no date";
        }
        return unless(operand, ValueType::date);
    }

    template <typename Node>
    Found operator()(const Node& node) const {
        using enum ValueType;
        if constexpr (requires { node.of; }) {
            for (const Condition& part : node.of) {
                if (Found found = misuse(part, entity)) return found;
            }
        } else if constexpr (std::is_same_v<Node, Holds>) {
            if (node.operand.source == Operand::Source::column) {
                return "<holds> is for attributes; write <one-of column=\"…\" value=\"1\"/> for a column that is a "
                       "flag";
            }
            return unless(node.operand, flag);
        } else if constexpr (std::is_same_v<Node, OneOf>) {
            return unless(node.operand, text, number);
        } else if constexpr (std::is_same_v<Node, ListHas> || std::is_same_v<Node, Like>) {
            return unless(node.operand, text);
        } else if constexpr (std::is_same_v<Node, LaterThan>) {
            const Found found = unless_date(node.operand);
            return found ? found : unless_date(node.reference);
        } else if constexpr (std::is_same_v<Node, Before> || std::is_same_v<Node, Since> ||
                             std::is_same_v<Node, OlderThan> || std::is_same_v<Node, Implausible>) {
            return unless_date(node.operand);
        }
        return std::nullopt;
    }
};

}  // namespace

std::optional<std::string> misuse(const Condition& condition, const Entity& entity) {
    return std::visit(Finder{entity}, condition.node);
}

}  // namespace crmaudit
