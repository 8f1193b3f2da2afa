// What is kept of opens and clicks beyond the fact: when, how often, from where, with which device, passed on to whom.
// A finding for each column that holds such a detail.
#include <algorithm>

#include "auditor/checks/registry.h"
#include "auditor/checks/roles.h"
#include "auditor/model/reasons.h"

namespace crmaudit::checks {
namespace {

constexpr std::initializer_list<Role> details{Role::event_time,  Role::event_count,  Role::event_address,
                                              Role::event_place, Role::event_client, Role::event_forwarded};

Condition is_kept(const Attribute& detail) {
    if (detail.type == ValueType::flag) return holds(detail.name);
    const Condition kept = present(attribute(detail.name));
    // A count of none is what a column says before anything has happened.
    if (detail.type == ValueType::number) return all({kept, negate({OneOf{attribute(detail.name), {"0"}}})});
    return kept;
}

/// The column that holds the detail; its table where that is another than the entity's.
std::string place_of(const Entity& entity, Role role, const Attribute& detail) {
    if (const auto* own = std::get_if<OwnColumn>(&detail.value)) return own->column.name;
    if (const auto* related = std::get_if<Related>(&detail.value); related != nullptr) {
        const Path* path = entity.path(related->path);
        if (path != nullptr && !path->joins.empty() && !related->column.name.empty()) {
            return path->joins.back().table.name + "." + related->column.name;
        }
    }
    return std::string{to_string(role)};
}

void add_details(const Entity& entity, Plan& plan) {
    std::vector<std::string> places;
    for (const Role role : details) {
        for (const Attribute* detail : entity.in_role(role)) {
            Probe probe = probe_of(entity, is_kept(*detail));
            probe.object.column = place_of(entity, role, *detail);
            if (std::find(places.begin(), places.end(), probe.object.column) != places.end()) continue;
            places.push_back(probe.object.column);
            probe.facts.emplace_back(to_string(role));
            plan.probes.push_back(std::move(probe));
        }
    }
}

Plan plan_details(const CheckInput& input) {
    Plan plan;
    for (const Entity* event : of_kind(input, EntityKind::tracking_event, "no_tracking_details", plan)) {
        usable(*event, details, plan);
        add_details(*event, plan);
    }
    for (const Entity& entity : input.entities) {
        if (entity.kind == EntityKind::tracking_event) continue;
        whole(entity, details, plan);
        add_details(entity, plan);
    }
    if (!plan.probes.empty()) plan.not_applicable.reset();
    return plan;
}

}  // namespace

Check tracking_detail_kept() { return {"tracking_detail_kept", plan_details, found_where_affected}; }

}  // namespace crmaudit::checks
