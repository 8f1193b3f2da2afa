#include "reports/purge/plan.h"

#include <algorithm>
#include <optional>
#include <span>

namespace crmaudit::reports::purge {
namespace {

/// Signs of life or of a decision: whoever shows one on the day of the audit or later is spared.
constexpr Role signs[] = {Role::activity,
                          Role::responded,
                          Role::clicked,
                          Role::modified,
                          Role::marketing_granted_at,
                          Role::tracking_granted_at,
                          Role::received};

/// Whoever asked to be erased shows signs of life by that, but does not consent.
constexpr Role decisions[] = {Role::marketing_granted_at, Role::tracking_granted_at};

/// Who they are decides whether somebody may go.
constexpr Role exemptions[] = {Role::hold, Role::retention_duty, Role::relationship};

/// The rule is about rows that the CRM's users have deleted themselves: relationships ended for them.
constexpr std::string_view soft_deletion = "soft_deleted_not_erased";

Condition some_hold(const Entity& entity, Role role) {
    std::vector<Condition> conditions;
    for (const Attribute* each : entity.in_role(role)) conditions.push_back(holds(each->name));
    return any(std::move(conditions));
}

Condition some_sign_since(const Entity& entity, Date day, const Limits& limits) {
    std::vector<Condition> conditions;
    for (const Role role : limits.on_request ? std::span<const Role>{decisions} : std::span<const Role>{signs}) {
        for (const Attribute* each : entity.in_role(role)) {
            if (each->type == ValueType::date) conditions.push_back({Since{attribute(each->name), day}});
        }
    }
    return any(std::move(conditions));
}

Condition some_objection(const Entity& entity) {
    std::vector<Condition> conditions{some_hold(entity, Role::marketing_refused),
                                      some_hold(entity, Role::tracking_refused)};
    for (const Attribute* each : entity.in_role(Role::marketing_objected)) {
        conditions.push_back(present(attribute(each->name)));
    }
    std::erase_if(conditions, never);
    return any(std::move(conditions));
}

bool refers_to_list(const Condition& condition) {
    return std::visit(
        [](const auto& node) {
            if constexpr (requires { node.list; }) return true;
            if constexpr (requires { node.of; }) {
                return std::any_of(node.of.begin(), node.of.end(), refers_to_list);
            } else {
                return false;
            }
        },
        condition.node);
}

/// An attribute that the script would have to ask about keys which stand in no report.
bool is_held_by_list(const Entity& entity) {
    return std::any_of(entity.attributes.begin(), entity.attributes.end(), [](const Attribute& each) {
        const auto* own = std::get_if<OwnCondition>(&each.value);
        return own != nullptr && refers_to_list(own->where);
    });
}

/// No two rows have the same key: it holds all columns of the primary key.
bool is_unique(const std::vector<std::string>& key, const TouchedTable& table) {
    return !table.primary_key.empty() &&
           std::all_of(table.primary_key.begin(), table.primary_key.end(), [&](const std::string& column) {
               return std::find(key.begin(), key.end(), column) != key.end();
           });
}

class Planner {
public:
    Planner(const AuditResult& result, const Limits& limits) : result_(result), limits_(limits) {}

    Plan plan() {
        for (const Finding& finding : result_.findings) {
            const Rule* rule = rule_of(result_, finding.rule);
            if (rule == nullptr || rule->purge != PurgeAction::person || !is_open(finding)) continue;
            if (finding.affected == 0 || !finding.rows) continue;
            const Entity* entity = entity_named(finding.rows->entity);
            if (auto refusal = refusal_of(finding, entity)) {
                plan_.refusals.push_back(std::move(*refusal));
                continue;
            }
            auto reach = reach_of(result_, *entity);
            if (const auto* problem = std::get_if<Problem>(&reach)) {
                plan_.refusals.push_back({finding.rule, to_string(finding.object), problem->reason, problem->detail});
            } else {
                add_step(finding, *entity, std::move(std::get<Reach>(reach)));
            }
        }
        return std::move(plan_);
    }

private:
    const Entity* entity_named(const std::string& name) const {
        const auto found = std::find_if(result_.entities.begin(), result_.entities.end(),
                                        [&](const Entity& each) { return each.name == name; });
        return found == result_.entities.end() ? nullptr : &*found;
    }

    std::optional<Refusal> refusal_of(const Finding& finding, const Entity* entity) const {
        const auto refuse = [&](const char* reason, std::string detail = {}) {
            return Refusal{finding.rule, to_string(finding.object), reason, std::move(detail)};
        };
        if (result_.run.profile_discovered) return refuse("draft_profile");
        if (entity == nullptr || !is_person(entity->kind)) return refuse("no_person");
        if (!finding.rows->unique_over.empty() || !finding.rows->shared_over.empty()) return refuse("no_person");
        if (refers_to_list(finding.rows->condition) || is_held_by_list(*entity)) return refuse("hold_file");
        for (const Unbound& each : entity->unbound) {
            if (std::find(std::begin(exemptions), std::end(exemptions), each.role) != std::end(exemptions)) {
                return refuse("exemption_unknown", std::string{to_string(each.role)});
            }
        }
        const bool asks_for_relationship = finding.check != soft_deletion && !limits_.accept_no_relationship;
        if (asks_for_relationship && entity->in_role(Role::relationship).empty()) return refuse("no_relationship");
        auto why = unfit(result_, entity->table);
        if (!why && !is_unique(entity->key, *table_named(result_, entity->table))) {
            why = Problem{"no_key", to_string(entity->table)};
        }
        for (const TableName& name : all_tables(*entity)) {
            if (!why && name != entity->table) why = unfit(result_, name);
            // Rows that are only looked at need no key.
            if (why && why->reason == "no_key" && name != entity->table) why.reset();
        }
        if (why) return refuse(why->reason.c_str(), why->detail);
        return std::nullopt;
    }

    /// Whether somebody goes is asked with every exemption and every sign, so all of these count.
    std::vector<TableName> all_tables(const Entity& entity) const {
        std::vector<Condition> conditions{some_sign_since(entity, result_.run.as_of, limits_)};
        for (const Role role : exemptions) conditions.push_back(some_hold(entity, role));
        return tables_of(entity, all(std::move(conditions)));
    }

    void add_step(const Finding& finding, const Entity& entity, Reach reach) {
        Step step;
        step.rule = finding.rule;
        step.entity = entity;
        step.found = finding.rows->condition;
        std::vector<Condition> due{step.found};
        for (const Role role : exemptions) {
            const Condition exempt = some_hold(entity, role);
            if (never(exempt) || (role == Role::relationship && limits_.accept_relationship)) continue;
            step.spared.push_back({std::string{to_string(role)}, exempt});
            due.push_back(negate(exempt));
        }
        // With the person goes what tells that they objected: the next import would make them a recipient again.
        const Condition objected = some_objection(entity);
        if (!limits_.accept_lost_objections && !never(objected)) {
            step.spared.push_back({"objection", objected});
            due.push_back(negate(objected));
        }
        std::vector<Condition> still{negate(some_sign_since(entity, result_.run.as_of, limits_))};
        step.reads = tables_of(entity, all({all(due), still.front()}));
        std::erase(step.reads, entity.table);
        add_blockers(step, reach.blockers, due, still);
        step.due = all(std::move(due));
        still.insert(still.begin(), step.due);
        step.still = all(std::move(still));
        step.audited = finding.affected;
        step.most = finding.affected + finding.affected * limits_.tolerance / 100;
        step.deletes = {entity.table};
        for (const Removal& each : reach.removals) step.deletes.push_back(each.table);
        for (const Cascade& each : reach.cascades) step.deletes.push_back(each.table);
        add_holders(step, reach);
        step.reach = std::move(reach);
        for (const TableName& name : step.deletes) add_table(name);
        for (const TableName& name : step.reads) add_table(name);
        plan_.steps.push_back(std::move(step));
    }

    /// Whoever has rows that a foreign key holds on to is spared. Among persons that point at each other, the batch
    /// before may have removed what pointed: that is asked only when the turn comes.
    static void add_blockers(Step& step, const std::vector<Blocker>& blockers, std::vector<Condition>& due,
                             std::vector<Condition>& still) {
        std::vector<Condition> referenced;
        for (const Blocker& each : blockers) {
            step.entity.paths.push_back(each.path);
            step.entity.attributes.push_back({each.path.name, ValueType::flag, std::nullopt,
                                              Related{each.path.name, Aggregate::any, {}, {}}, false});
            const Condition has_row = holds(each.path.name);
            if (each.same_table) {
                still.push_back(negate(has_row));
            } else {
                referenced.push_back(has_row);
            }
        }
        if (referenced.empty()) return;
        step.spared.push_back({"referenced", any(referenced)});
        due.push_back(negate(any(std::move(referenced))));
    }

    /// Whether a row goes is decided by its other holders and by what points at it: nobody may add to them meanwhile.
    static void add_holders(Step& step, const Reach& reach) {
        const auto read = [&](const TableName& table) {
            const bool known = table == step.entity.table ||
                               std::find(step.reads.begin(), step.reads.end(), table) != step.reads.end();
            if (!known) step.reads.push_back(table);
        };
        for (const Removal& removal : reach.removals) {
            for (const OtherHolder& other : removal.unless) {
                for (const Join& each : other.way) read(each.table);
            }
        }
        for (const Tie& each : reach.ties) read(each.table);
    }

    void add_table(const TableName& name) {
        const bool known = std::any_of(plan_.tables.begin(), plan_.tables.end(),
                                       [&](const TouchedTable& each) { return each.name == name; });
        if (const TouchedTable* table = table_named(result_, name); table != nullptr && !known) {
            plan_.tables.push_back(*table);
        }
    }

    const AuditResult& result_;
    const Limits& limits_;
    Plan plan_;
};

}  // namespace

Plan make_plan(const AuditResult& result, const Limits& limits) { return Planner{result, limits}.plan(); }

}  // namespace crmaudit::reports::purge
