#include "auditor/engine/exemptions.h"

#include <algorithm>

#include "auditor/checks/roles.h"
#include "auditor/engine/holds.h"

namespace crmaudit::engine {
namespace {

/// Marks probes whose affected rows are left out; others name the role for which they count.
constexpr std::string_view outside = "outside";

/// What of the database says so.
std::string place_of(const Entity& entity, const Attribute& attribute) {
    // What a list of keys says has no place in the database.
    if (const auto* own = std::get_if<OwnCondition>(&attribute.value)) {
        if (std::holds_alternative<Listed>(own->where.node)) return {};
    }
    Entity alone = entity;
    alone.attributes = {attribute};
    const auto columns = checks::columns_of(alone, *attribute.role);
    if (!columns.empty()) return columns.front();
    const auto* related = std::get_if<Related>(&attribute.value);
    const Path* path = related == nullptr ? nullptr : entity.path(related->path);
    return path == nullptr ? attribute.name : path->joins.back().table.name;
}

}  // namespace

Exemptions::Exemptions(const AuditInput& input, std::vector<Entity>& entities, const sql::Renderer& renderer,
                       sql::QueryPort& port) {
    add_hold_tables(entities, input.hold_tables, input.catalog, input.run.as_of);
    add_hold_lists(entities, input.holds, input.catalog);
    if (!input.leave_out_residents_outside || !input.policy.residency) return;
    residency_ = Residency{};
    residency_->controller = input.policy.residency->controller;
    residency_->inside = input.policy.residency->inside;
    residents_ = leave_out_residents(entities, *input.policy.residency, input.catalog, renderer, port);
}

void Exemptions::restrict_to_kept(std::vector<RuleRun>& runs) const {
    for (RuleRun& run : runs) {
        for (checks::Probe& probe : run.plan.probes) {
            const Condition staying = residents_.kept_of(probe.entity.name);
            probe.total = all({probe.total, staying});
            for (checks::NamedCondition& detail : probe.details) detail.condition = all({detail.condition, staying});
        }
    }
}

RuleRun Exemptions::counting_run(const std::vector<Entity>& entities) const {
    RuleRun run;
    for (const Entity& entity : entities) {
        if (!is_person(entity.kind)) continue;
        if (const auto staying = residents_.kept.find(entity.name); staying != residents_.kept.end()) {
            checks::Probe probe = checks::probe_of(entity, negate(staying->second));
            probe.total = {};
            probe.facts.emplace_back(outside);
            run.plan.probes.push_back(std::move(probe));
        }
        for (const Role role : {Role::hold, Role::retention_duty}) {
            for (const Attribute* each : entity.in_role(role)) {
                checks::Probe probe = checks::probe_of(entity, holds(each->name));
                probe.total = all({probe.total, residents_.kept_of(entity.name)});
                probe.facts = {std::string{to_string(role)}, place_of(entity, *each)};
                run.plan.probes.push_back(std::move(probe));
            }
        }
    }
    return run;
}

void Exemptions::tell(const RuleRun& counted, AuditResult& result) const {
    result.residency = residency_;
    result.left_out = residents_.left_out;
    for (std::size_t i = 0; i < counted.plan.probes.size(); ++i) {
        const checks::Probe& probe = counted.plan.probes[i];
        const auto& measured = counted.measured.at(i);
        if (!measured) continue;
        if (probe.facts.front() != outside) {
            result.held_back.push_back({probe.entity.name, probe.facts[0], probe.facts[1], measured->affected});
            continue;
        }
        for (LeftOut& each : result.left_out) {
            if (each.entity == probe.entity.name) each.persons = measured->affected;
        }
    }
    // What could not be counted is a gap of the source: no rule of its own would tell it.
    for (const Gap& gap : counted.gaps) result.source.gaps.push_back({gap.object, gap.reason});
    if (counted.failure) result.source.gaps.push_back({"exemptions", *counted.failure});
}

}  // namespace crmaudit::engine
