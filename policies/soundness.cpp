#include "policies/soundness.h"

#include <algorithm>
#include <set>
#include <vector>

#include "auditor/model/suggestion.h"

namespace crmaudit::policies {
namespace {

using Found = std::optional<Fault>;

template <typename Part>
Found find_repeated(const char* element, const std::vector<Part>& parts) {
    std::set<std::string> names;
    for (const Part& part : parts) {
        if (names.insert(part.name).second) continue;
        return Fault{element, part.name, std::string{"a second "} + element + " named '" + part.name + "'"};
    }
    return std::nullopt;
}

/// Conditions of a profile are about columns; attributes are for rules, which come later.
bool is_about_columns(const Condition& condition) {
    bool only_columns = true;
    for_each_operand(condition, [&](const Operand& operand) {
        only_columns = only_columns && operand.source == Operand::Source::column;
    });
    return only_columns;
}

bool has_flag(const Condition& condition) {
    return std::visit(
        [](const auto& node) {
            if constexpr (requires { node.of; }) return std::any_of(node.of.begin(), node.of.end(), has_flag);
            return std::is_same_v<std::decay_t<decltype(node)>, Holds>;
        },
        condition.node);
}

std::optional<std::string> fault_of(const Condition& condition) {
    if (has_flag(condition)) {
        return "<holds> is for attributes; write <one-of column=\"…\" value=\"1\"/> for a column that is a flag";
    }
    if (!is_about_columns(condition)) return "conditions of a profile are about columns: write column=\"…\"";
    return std::nullopt;
}

Found find_fault(const Entity& entity, const Path& path) {
    const auto fault = [&](std::string message) { return Fault{"path", path.name, std::move(message)}; };
    std::vector<std::string> paired;
    for (const JoinColumn& pair : path.joins.front().on) paired.push_back(pair.previous);
    auto key = entity.key;
    std::sort(paired.begin(), paired.end());
    std::sort(key.begin(), key.end());
    if (paired != key) {
        std::string columns;
        for (const std::string& column : entity.key) columns += (columns.empty() ? "'" : "', '") + column;
        return fault("path '" + path.name + "': the first <join> must pair with the entity's key, " + columns +
                     "', and only with it");
    }
    for (const Join& join : path.joins) {
        if (const auto message = fault_of(join.where)) return fault("path '" + path.name + "': " + *message);
    }
    return std::nullopt;
}

bool agrees(ValueType type, const Attribute& attribute) {
    if (std::holds_alternative<OwnColumn>(attribute.value)) return true;
    if (std::holds_alternative<OwnCondition>(attribute.value)) return type == ValueType::flag;
    switch (std::get<Related>(attribute.value).aggregate) {
        case Aggregate::any: return type == ValueType::flag;
        case Aggregate::count: return type == ValueType::number;
        case Aggregate::first: return type == ValueType::text;
        default: return type == ValueType::date;
    }
}

/// An address, or anything else that is looked for through a path, may stand in another table, which tells only that
/// there is one; evidence may be words.
bool may_be(Role role, ValueType type) {
    return type == value_type_of(role) || (value_type_of(role) == ValueType::text && type == ValueType::flag) ||
           (role == Role::marketing_evidence && type == ValueType::text) ||
           (role == Role::event_forwarded && type == ValueType::text);
}

Found find_fault(const Entity& entity, const Attribute& attribute) {
    const auto fault = [&](const std::string& message) {
        return Fault{"attribute", attribute.name, "attribute '" + attribute.name + "': " + message};
    };
    if (!agrees(attribute.type, attribute)) {
        return fault("type " + std::string{to_string(attribute.type)} +
                     " does not fit; conditions and 'any' give flags, 'count' numbers, 'first' texts, 'latest' and "
                     "'earliest' dates");
    }
    if (attribute.role) {
        if (!may_be(*attribute.role, attribute.type)) {
            return fault("role " + std::string{to_string(*attribute.role)} + " needs a " +
                         std::string{to_string(value_type_of(*attribute.role))} + ", not a " +
                         std::string{to_string(attribute.type)});
        }
        if (const Absence* absent = entity.absence(*attribute.role);
            absent != nullptr && absent->without_table.empty()) {
            return fault("role " + std::string{to_string(*attribute.role)} + " is said to be absent; remove one");
        }
    }
    if (const auto* own = std::get_if<OwnColumn>(&attribute.value)) {
        if (const auto message = fault_of(own->where)) return fault(*message);
    }
    if (const auto* condition = std::get_if<OwnCondition>(&attribute.value)) {
        if (const auto message = fault_of(condition->where)) return fault(*message);
    }
    if (const auto* related = std::get_if<Related>(&attribute.value)) {
        if (entity.path(related->path) == nullptr) {
            std::vector<std::string> names;
            for (const Path& path : entity.paths) names.push_back(path.name);
            return fault("there is no path '" + related->path + "'" + suggestion(related->path, names));
        }
        if (const auto message = fault_of(related->where)) return fault(*message);
    }
    return std::nullopt;
}

}  // namespace

std::optional<Fault> find_fault(const Entity& entity) {
    const bool needs_key = is_person(entity.kind) || !entity.paths.empty();
    if (needs_key && entity.key.empty()) {
        return Fault{"", "", "entity '" + entity.name + "' needs a key, for instance key=\"id\""};
    }
    if (const auto message = fault_of(entity.live)) return Fault{"live", "", *message};
    if (auto fault = find_repeated("path", entity.paths)) return fault;
    if (auto fault = find_repeated("attribute", entity.attributes)) return fault;
    for (const Path& path : entity.paths) {
        if (auto fault = find_fault(entity, path)) return fault;
    }
    for (const Attribute& attribute : entity.attributes) {
        if (auto fault = find_fault(entity, attribute)) return fault;
    }
    return std::nullopt;
}

}  // namespace crmaudit::policies
