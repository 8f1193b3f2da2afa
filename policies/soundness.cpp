#include "policies/soundness.h"

#include <algorithm>
#include <set>
#include <vector>

#include "auditor/model/attribute_use.h"
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

template <typename Wanted>
bool has(const Condition& condition, const Wanted& wanted) {
    return std::visit(
        [&](const auto& node) {
            if constexpr (requires { node.of; }) {
                return std::any_of(node.of.begin(), node.of.end(),
                                   [&](const Condition& part) { return has(part, wanted); });
            } else {
                return wanted(node);
            }
        },
        condition.node);
}

bool has_flag(const Condition& condition) {
    return has(condition, []<typename Node>(const Node&) { return std::is_same_v<Node, Holds>; });
}

/// Equals one of no values at all: it would be silently false.
bool has_empty_list(const Condition& condition) {
    return has(condition, [](const auto& node) {
        if constexpr (requires { node.values; }) return node.values.empty();
        if constexpr (requires { node.words; }) return node.words.empty();
        if constexpr (requires { node.patterns; }) return node.patterns.empty();
        return false;
    });
}

bool has_list_of_a_run(const Condition& condition) {
    return has(condition, []<typename Node>(const Node&) { return std::is_same_v<Node, Listed>; });
}

std::optional<std::string> fault_of(const Condition& condition) {
    if (has_flag(condition)) {
        return "<holds> is for attributes; write <one-of column=\"…\" value=\"1\"/> for a column that is a flag";
    }
    if (!is_about_columns(condition)) return "conditions here are about columns: write column=\"…\"";
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

Found find_type_fault(const Attribute& attribute) {
    if (agrees(attribute.type, attribute)) return std::nullopt;
    return Fault{"attribute", attribute.name,
                 "attribute '" + attribute.name + "': type " + std::string{to_string(attribute.type)} +
                     " does not fit; conditions and 'any' give flags, 'count' numbers, 'first' texts, 'latest' and "
                     "'earliest' dates"};
}

Found find_condition_fault(const Attribute& attribute) {
    const auto where = std::visit([](const auto& value) { return fault_of(value.where); }, attribute.value);
    if (!where) return std::nullopt;
    return Fault{"attribute", attribute.name, "attribute '" + attribute.name + "': " + *where};
}

Found find_fault(const Entity& entity, const Attribute& attribute) {
    const auto fault = [&](const std::string& message) {
        return Fault{"attribute", attribute.name, "attribute '" + attribute.name + "': " + message};
    };
    if (auto unfitting = find_type_fault(attribute)) return unfitting;
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
    if (const auto* related = std::get_if<Related>(&attribute.value)) {
        if (entity.path(related->path) == nullptr) {
            std::vector<std::string> names;
            for (const Path& path : entity.paths) names.push_back(path.name);
            return fault("there is no path '" + related->path + "'" + suggestion(related->path, names));
        }
    }
    return find_condition_fault(attribute);
}

/// Attributes that the condition names and the rule does not declare.
std::vector<std::string> undeclared(const Condition& condition, const Entity& entity) {
    std::vector<std::string> names;
    for_each_operand(condition, [&](const Operand& operand) {
        const bool is_attribute = operand.source == Operand::Source::attribute;
        if (is_attribute && entity.find(operand.name) == nullptr) names.push_back(operand.name);
    });
    return names;
}

template <typename Part>
std::vector<std::string> names_of(const std::vector<Part>& parts) {
    std::vector<std::string> names;
    for (const Part& part : parts) names.push_back(part.name);
    return names;
}

Found find_list_fault(const char* element, const std::string& name, const Condition& condition) {
    if (has_list_of_a_run(condition)) return Fault{element, name, "<listed> is for results, not for rules"};
    if (has_empty_list(condition)) {
        return Fault{element, name, "one-of, list-has and like need at least one value, word or pattern"};
    }
    return std::nullopt;
}

/// What a rule's attribute must not be, besides what an entity's must not.
Found find_fault_in_rule(const Entity& own, bool is_mapped, const Attribute& attribute) {
    const auto fault = [&](const std::string& message) {
        return Fault{"attribute", attribute.name, "attribute '" + attribute.name + "': " + message};
    };
    if (attribute.role) return fault("roles are for profiles; a rule names its attributes in <where>");
    if (attribute.optional) return fault("optional is for profiles; a rule needs everything it names");
    if (auto unfitting = find_type_fault(attribute)) return unfitting;
    if (auto about_columns = find_condition_fault(attribute)) return about_columns;
    const Condition& where =
        std::visit([](const auto& value) -> const Condition& { return value.where; }, attribute.value);
    if (auto list = find_list_fault("attribute", attribute.name, where)) return list;
    const auto* related = std::get_if<Related>(&attribute.value);
    if (related == nullptr || is_mapped || own.path(related->path) != nullptr) return std::nullopt;
    return fault("there is no path '" + related->path + "'" + suggestion(related->path, names_of(own.paths)));
}

}  // namespace

Found find_fault(const Selection& rows) {
    const Entity& own = rows.entity;
    const bool is_mapped = own.table.name.empty();
    if (is_mapped == own.name.empty()) {
        return Fault{"", "", "<rows> needs either entity=\"…\", of the profile, or table=\"…\""};
    }
    if (is_mapped && !own.key.empty()) return Fault{"", "", "the profile knows the key of its entity: leave out key"};
    if (auto fault = find_repeated("path", own.paths)) return fault;
    if (auto fault = find_repeated("attribute", own.attributes)) return fault;
    for (const Path& path : own.paths) {
        for (const Join& join : path.joins) {
            if (const auto message = fault_of(join.where)) {
                return Fault{"path", path.name, "path '" + path.name + "': " + *message};
            }
            if (auto list = find_list_fault("path", path.name, join.where)) return list;
        }
    }
    for (const Attribute& attribute : own.attributes) {
        if (auto fault = find_fault_in_rule(own, is_mapped, attribute)) return fault;
    }
    if (auto list = find_list_fault("where", "", rows.where)) return list;
    if (const auto message = misuse(rows.where, own)) return Fault{"where", "", *message};
    const auto unknown = undeclared(rows.where, own);
    if (is_mapped || unknown.empty()) return std::nullopt;
    return Fault{"where", "",
                 "there is no attribute '" + unknown.front() + "'" +
                     suggestion(unknown.front(), names_of(own.attributes)) +
                     "; declare it with <attribute>, or write column=\"…\""};
}

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
    for (const Assignment& each : entity.restriction) {
        if (!each.path.empty() && entity.path(each.path) == nullptr) {
            return Fault{
                "restriction", "",
                "restriction: there is no path '" + each.path + "'" + suggestion(each.path, names_of(entity.paths))};
        }
    }
    return std::nullopt;
}

}  // namespace crmaudit::policies
