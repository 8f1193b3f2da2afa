#include "reports/purge/keepsakes.h"

#include <utility>

namespace crmaudit::reports::purge {
namespace {

Condition some(const Entity& entity, const std::vector<Role>& flags, Role date) {
    std::vector<Condition> conditions;
    for (const Role flag : flags) {
        for (const Attribute* each : entity.in_role(flag)) conditions.push_back(holds(each->name));
    }
    for (const Attribute* each : entity.in_role(date)) conditions.push_back(present(attribute(each->name)));
    return any(std::move(conditions));
}

/// The attribute without its own conditions: an address that bounced or was opted out is an address all the same.
Attribute every_address(const Attribute& address, std::size_t number) {
    Attribute every{"address to remember " + std::to_string(number), ValueType::text, std::nullopt, address.value,
                    false};
    if (auto* own = std::get_if<OwnColumn>(&every.value)) own->where = {};
    if (auto* related = std::get_if<Related>(&every.value)) {
        related->aggregate = Aggregate::first;
        related->where = present(related->column);
    }
    return every;
}

bool is_column(const Attribute& attribute) {
    if (std::holds_alternative<OwnColumn>(attribute.value)) return true;
    const auto* related = std::get_if<Related>(&attribute.value);
    return related != nullptr && !related->column.name.empty();
}

}  // namespace

Keepsakes keepsakes_of(const Entity& entity) {
    Keepsakes keepsakes;
    keepsakes.objections = {
        {"marketing", some(entity, {Role::marketing_refused}, Role::marketing_objected)},
        {"tracking", some(entity, {Role::tracking_refused}, Role::tracking_refused_at)},
    };
    std::erase_if(keepsakes.objections, [](const Objection& each) { return never(each.objected); });
    for (const Attribute* each : entity.in_role(Role::email)) {
        if (is_column(*each)) keepsakes.addresses.push_back(every_address(*each, keepsakes.addresses.size() + 1));
    }
    for (const auto& [role, what] :
         {std::pair{Role::marketing_granted_at, "consent"}, std::pair{Role::marketing_evidence, "consent"},
          std::pair{Role::tracking_granted_at, "consent"}, std::pair{Role::marketing_objected, "objection"},
          std::pair{Role::tracking_refused_at, "objection"}, std::pair{Role::notice, "notice"}}) {
        for (const Attribute* each : entity.in_role(role)) {
            if (each->type == ValueType::date && is_column(*each)) keepsakes.evidence.push_back({what, *each});
        }
    }
    return keepsakes;
}

Condition some_objection(const Keepsakes& keepsakes) {
    std::vector<Condition> conditions;
    for (const Objection& each : keepsakes.objections) conditions.push_back(each.objected);
    return any(std::move(conditions));
}

Condition some_address(const Keepsakes& keepsakes) {
    std::vector<Condition> conditions;
    for (const Attribute& each : keepsakes.addresses) conditions.push_back(present(attribute(each.name)));
    return any(std::move(conditions));
}

}  // namespace crmaudit::reports::purge
