#include "auditor/checks/roles.h"

#include <algorithm>

#include "auditor/model/reasons.h"

namespace crmaudit::checks {

std::vector<const Entity*> persons(const CheckInput& input, Plan& plan) {
    std::vector<const Entity*> found;
    for (const Entity& entity : input.entities) {
        if (is_person(entity.kind)) found.push_back(&entity);
    }
    if (found.empty()) {
        plan.gaps.push_back({"", std::string{input.has_profile ? reasons::no_person : reasons::no_profile}});
    }
    return found;
}

std::vector<const Entity*> of_kind(const CheckInput& input, EntityKind kind, std::string_view none, Plan& plan) {
    std::vector<const Entity*> found;
    for (const Entity& entity : input.entities) {
        if (entity.kind == kind) found.push_back(&entity);
    }
    if (!found.empty()) return found;
    const bool absent = std::any_of(input.absent_kinds.begin(), input.absent_kinds.end(),
                                    [&](const AbsentKind& each) { return each.kind == kind; });
    if (absent) {
        plan.not_applicable = none;
    } else if (input.has_profile) {
        plan.gaps.push_back({"", reasons::text(reasons::not_mapped, to_string(kind))});
    } else {
        plan.gaps.push_back({"", std::string{reasons::no_profile}});
    }
    return found;
}

bool whole(const Entity& entity, std::initializer_list<Role> roles, Plan& plan) {
    bool complete = true;
    for (const Role role : roles) {
        for (const Unbound& unbound : entity.unbound) {
            if (unbound.role != role) continue;
            complete = false;
            const Gap gap{entity.name, unbound.reason};
            if (std::find(plan.gaps.begin(), plan.gaps.end(), gap) == plan.gaps.end()) plan.gaps.push_back(gap);
        }
    }
    return complete;
}

bool usable(const Entity& entity, Role role, Plan& plan) {
    if (!whole(entity, {role}, plan)) return false;
    if (!entity.in_role(role).empty() || entity.absence(role) != nullptr) return true;
    plan.gaps.push_back({entity.name, reasons::text(reasons::not_mapped, to_string(role))});
    return false;
}

bool usable(const Entity& entity, std::initializer_list<Role> roles, Plan& plan) {
    bool all_usable = true;
    for (const Role role : roles) all_usable = usable(entity, role, plan) && all_usable;
    return all_usable;
}

Condition some_hold(const Entity& entity, Role role) {
    std::vector<Condition> flags;
    for (const Attribute* attribute : entity.in_role(role)) flags.push_back(holds(attribute->name));
    return any(std::move(flags));
}

Condition some_known(const Entity& entity, Role role) {
    std::vector<Condition> known;
    for (const Attribute* each : entity.in_role(role)) known.push_back(present(attribute(each->name)));
    return any(std::move(known));
}

Condition some_before(const Entity& entity, Role role, Date day) {
    std::vector<Condition> earlier;
    for (const Attribute* each : entity.in_role(role)) earlier.push_back({Before{attribute(each->name), day}});
    return any(std::move(earlier));
}

Condition some_since(const Entity& entity, Role role, Date day) {
    std::vector<Condition> recent;
    for (const Attribute* each : entity.in_role(role)) {
        recent.push_back({Since{attribute(each->name), day}});
    }
    return any(std::move(recent));
}

Condition some_later_than_all(const Entity& entity, Role role, Role other) {
    std::vector<Condition> latest;
    for (const Attribute* each : entity.in_role(role)) {
        std::vector<Condition> later_than_each{present(attribute(each->name))};
        for (const Attribute* rival : entity.in_role(other)) {
            const Operand reference = attribute(rival->name);
            later_than_each.push_back(
                any({missing(reference), {LaterThan{attribute(each->name), reference, Period{}}}}));
        }
        latest.push_back(all(std::move(later_than_each)));
    }
    return any(std::move(latest));
}

std::vector<std::string> columns_of(const Entity& entity, const Attribute& each) {
    std::vector<std::string> names;
    const auto add = [&](const TableName& table, const std::string& column) {
        const std::string name = table.name + "." + column;
        if (std::find(names.begin(), names.end(), name) == names.end()) names.push_back(name);
    };
    if (const auto* own = std::get_if<OwnColumn>(&each.value)) {
        add(entity.table, own->column.name);
        for_each_operand(own->where, [&](const Operand& operand) { add(entity.table, operand.name); });
    } else if (const auto* condition = std::get_if<OwnCondition>(&each.value)) {
        for_each_operand(condition->where, [&](const Operand& operand) { add(entity.table, operand.name); });
    } else {
        const auto& related = std::get<Related>(each.value);
        const Path* path = entity.path(related.path);
        if (path == nullptr || path->joins.empty()) return names;
        const TableName& last = path->joins.back().table;
        if (!related.column.name.empty()) add(last, related.column.name);
        for_each_operand(related.where, [&](const Operand& operand) { add(last, operand.name); });
        if (names.empty()) names.push_back(last.name);
    }
    return names;
}

std::vector<std::string> columns_of(const Entity& entity, Role role) {
    std::vector<std::string> names;
    for (const Attribute* each : entity.in_role(role)) {
        for (std::string& name : columns_of(entity, *each)) {
            if (std::find(names.begin(), names.end(), name) == names.end()) names.push_back(std::move(name));
        }
    }
    return names;
}

Probe probe_of(const Entity& entity, Condition affected) {
    Probe probe;
    probe.object.table = entity.table;
    probe.object.entity = entity.name;
    probe.entity = entity;
    probe.affected = std::move(affected);
    probe.total = entity.live;
    return probe;
}

}  // namespace crmaudit::checks
