#include "reports/purge/plan.h"

#include <algorithm>
#include <optional>
#include <span>

#include "reports/purge/evidence.h"
#include "reports/purge/implied.h"
#include "reports/purge/share.h"
#include "reports/purge/unscripted.h"

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

/// Who they are decides whether somebody may go. A relationship is no reason to keep what nobody needs, and no duty to
/// keep documents asks to go on using them; a hold stops everything.
std::vector<Role> exemptions(PurgeAction action) {
    if (action == PurgeAction::restrict) return {Role::hold};
    if (action == PurgeAction::minimise) return {Role::hold, Role::retention_duty};
    return {Role::hold, Role::retention_duty, Role::relationship};
}

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

bool is_mapped(const Entity& entity) { return entity.kind != EntityKind::plain || !entity.attributes.empty(); }

class Planner {
public:
    Planner(const AuditResult& result, const Limits& limits) : result_(result), limits_(limits) {}

    Plan plan() {
        for (const Finding& finding : result_.findings) {
            const Rule* rule = rule_of(result_, finding.rule);
            if (rule == nullptr || !is_open(finding) || finding.affected == 0) continue;
            if (rule->purge == PurgeAction::none) {
                leave(finding, reason_for_none(finding.check));
            } else if (const auto problem = add(finding, rule->purge)) {
                if (problem->reason == "not_emptied") {
                    leave(finding, problem->reason);
                } else {
                    plan_.refusals.push_back(
                        {finding.rule, to_string(finding.object), problem->reason, problem->detail});
                }
            }
        }
        // Rows first: no report has counted what loses its last person by this purge, and that waits for the next.
        const auto turn = [](const Step& each) { return std::pair{each.action != PurgeAction::rows, each.action}; };
        std::ranges::stable_sort(plan_.steps, {}, turn);
        return std::move(plan_);
    }

private:
    using Obstacle = std::optional<Problem>;

    const Entity* entity_named(const std::string& name) const {
        const auto found = std::find_if(result_.entities.begin(), result_.entities.end(),
                                        [&](const Entity& each) { return each.name == name; });
        return found == result_.entities.end() ? nullptr : &*found;
    }

    void leave(const Finding& finding, const std::string& reason) {
        for (Unscripted& each : plan_.unscripted) {
            if (each.rule != finding.rule || each.reason != reason) continue;
            each.affected += finding.affected;
            return;
        }
        plan_.unscripted.push_back({finding.rule, reason, finding.affected});
    }

    /// Adds a step, or tells what stands in its way.
    Obstacle add(const Finding& finding, PurgeAction action) {
        const Entity* entity = finding.rows ? entity_named(finding.rows->entity) : nullptr;
        if (auto problem = obstacle(finding, action, entity)) return problem;
        if (deletes_rows(action)) {
            auto reach = reach_of(result_, *entity);
            if (auto* problem = std::get_if<Problem>(&reach)) return std::move(*problem);
            add_deletion(finding, action, *entity, std::move(std::get<Reach>(reach)));
        } else {
            auto changes =
                action == PurgeAction::minimise ? emptied(result_, *entity, finding) : restricted(result_, *entity);
            if (auto* problem = std::get_if<Problem>(&changes)) return std::move(*problem);
            add_changes(finding, action, *entity, std::move(std::get<Changes>(changes)));
        }
        return std::nullopt;
    }

    Obstacle obstacle(const Finding& finding, PurgeAction action, const Entity* entity) const {
        if (result_.run.profile_discovered) return Problem{"draft_profile", ""};
        if (entity == nullptr || finding.sampled || !finding.rows->unique_over.empty() ||
            !finding.rows->shared_over.empty()) {
            return Problem{action == PurgeAction::person ? "no_person" : "no_rows", ""};
        }
        if (auto problem = unfitting_kind(action, *entity)) return problem;
        if (refers_to_list(finding.rows->condition) || is_held_by_list(*entity)) return Problem{"hold_file", ""};
        if (auto problem = exemption_unknown(action, *entity)) return problem;
        const bool asks_for_relationship =
            action == PurgeAction::person && finding.check != soft_deletion && !limits_.accept_no_relationship;
        if (asks_for_relationship && entity->in_role(Role::relationship).empty()) return Problem{"no_relationship", ""};
        if (auto problem = unfit(result_, entity->table)) return problem;
        if (!is_unique(entity->key, *table_named(result_, entity->table))) {
            return Problem{"no_key", to_string(entity->table)};
        }
        if (deletes_rows(action)) {
            if (auto share = excessive_share(result_, finding, entity->table, limits_.max_share))
                return Problem{"share", *share};
        }
        for (const TableName& name : all_tables(*entity)) {
            // Rows that are only looked at need no key.
            if (auto problem = unfit(result_, name); problem && problem->reason != "no_key") return problem;
        }
        return std::nullopt;
    }

    bool some_person_has(Role role) const {
        return std::any_of(result_.entities.begin(), result_.entities.end(),
                           [&](const Entity& each) { return is_person(each.kind) && !each.in_role(role).empty(); });
    }

    /// Whom the rows belong to is not asked, where they are no persons themselves.
    Obstacle unfitting_kind(PurgeAction action, const Entity& entity) const {
        if (action == PurgeAction::person) {
            return is_person(entity.kind) ? Obstacle{} : Problem{"no_person", ""};
        }
        if (result_.run.profile.empty()) return Problem{"no_profile", ""};
        const bool is_anybody = std::any_of(result_.entities.begin(), result_.entities.end(), [&](const Entity& each) {
            return is_person(each.kind) && each.table == entity.table;
        });
        if (action == PurgeAction::rows && is_anybody) return Problem{"persons_there", to_string(entity.table)};
        const bool all_evidence =
            action == PurgeAction::rows && std::holds_alternative<Always>(evidence_in(result_, entity.table).node);
        if (all_evidence || (entity.kind == EntityKind::consent_record && action != PurgeAction::restrict)) {
            return Problem{"evidence", entity.name};
        }
        if (is_person(entity.kind)) return std::nullopt;
        for (const Role role : {Role::hold, Role::retention_duty}) {
            const bool matters = role == Role::hold || (!is_mapped(entity) && action != PurgeAction::restrict);
            if (matters && entity.in_role(role).empty() && some_person_has(role)) {
                return Problem{"exemption_unlinked", to_string(entity.table)};
            }
        }
        return std::nullopt;
    }

    static Obstacle exemption_unknown(PurgeAction action, const Entity& entity) {
        const std::vector<Role> roles = exemptions(action);
        for (const Unbound& each : entity.unbound) {
            if (std::find(roles.begin(), roles.end(), each.role) != roles.end()) {
                return Problem{"exemption_unknown", std::string{to_string(each.role)}};
            }
        }
        return std::nullopt;
    }

    /// Whether somebody goes is asked with every exemption and every sign, so all of these count.
    std::vector<TableName> all_tables(const Entity& entity) const {
        std::vector<Condition> conditions{some_sign_since(entity, result_.run.as_of, limits_)};
        for (const Role role : exemptions(PurgeAction::person)) conditions.push_back(some_hold(entity, role));
        auto tables = tables_of(entity, all(std::move(conditions)));
        std::erase(tables, entity.table);
        return tables;
    }

    Step step_of(const Finding& finding, PurgeAction action, const Entity& entity) const {
        Step step;
        step.rule = finding.rule;
        step.action = action;
        step.about = entity.name;
        step.entity = entity;
        step.found = finding.rows->condition;
        step.audited = finding.affected;
        step.most = finding.affected + finding.affected * limits_.tolerance / 100;
        return step;
    }

    /// Takes out who is exempt from what is due.
    void spare_exempt(Step& step, std::vector<Condition>& due) const {
        for (const Role role : exemptions(step.action)) {
            const Condition exempt = some_hold(step.entity, role);
            if (never(exempt) || (role == Role::relationship && limits_.accept_relationship)) continue;
            step.spared.push_back({std::string{to_string(role)}, exempt});
            due.push_back(negate(exempt));
        }
    }

    /// Rows of a list that the CRM itself asks before it sends.
    Condition suppressing(const Entity& entity) const {
        std::vector<Condition> suppressing;
        for (const SuppressionPlace& place : result_.suppression) {
            if (place.table != entity.table || place.others.empty()) continue;
            std::vector<Condition> marked;
            for (const Assignment& each : place.others) {
                if (each.value)
                    marked.push_back({OneOf{column(each.column, kind_of(place.table, each.column)), {*each.value}}});
            }
            suppressing.push_back(all(std::move(marked)));
        }
        std::erase_if(suppressing, never);
        return any(std::move(suppressing));
    }

    ColumnKind kind_of(const TableName& name, const std::string& column) const {
        if (const TouchedTable* table = table_named(result_, name)) {
            for (const TouchedColumn& each : table->columns) {
                if (each.name == column) return each.kind;
            }
        }
        return ColumnKind::unknown;
    }

    /// With the row goes what tells that somebody objected: the next import would make them a recipient again. A hash
    /// of their address prevents that; whoever has none stays.
    void remember(Step& step, std::vector<Condition>& due) const {
        const bool has_key = step.action == PurgeAction::person && !limits_.suppression_key.empty();
        Keepsakes keepsakes = keepsakes_of(step.entity);
        std::vector<Condition> objected{some_objection(keepsakes), suppressing(step.entity)};
        std::erase_if(objected, never);
        Condition lost = any(std::move(objected));
        if (has_key) {
            if (!result_.evidence_kept) keepsakes.evidence.clear();
            const auto& addresses = keepsakes.addresses;
            step.entity.attributes.insert(step.entity.attributes.end(), addresses.begin(), addresses.end());
            lost = all({lost, negate(some_address(keepsakes))});
            step.keepsakes = std::move(keepsakes);
        }
        if (limits_.accept_lost_objections || never(lost)) return;
        step.spared.push_back({has_key ? "objection_without_address" : "objection", lost});
        due.push_back(negate(std::move(lost)));
    }

    /// Whom the batch remembers must not change while it does: a condition that asks for all of it.
    static Condition remembered(const Keepsakes& keepsakes) {
        const Condition asked = any({some_objection(keepsakes), some_address(keepsakes)});
        return never(asked) ? Condition{} : asked;
    }

    void add_deletion(const Finding& finding, PurgeAction action, const Entity& entity, Reach reach) {
        Step step = step_of(finding, action, entity);
        std::vector<Condition> due{step.found};
        spare_exempt(step, due);
        remember(step, due);
        const Condition evidence = evidence_in(result_, entity.table);
        if (action == PurgeAction::rows && !never(evidence)) {
            step.spared.push_back({"evidence", evidence});
            due.push_back(negate(evidence));
        }
        std::vector<Condition> still{negate(some_sign_since(entity, result_.run.as_of, limits_))};
        step.reads = tables_of(step.entity, all({all(due), still.front(), remembered(step.keepsakes)}));
        std::erase(step.reads, entity.table);
        add_blockers(step, reach.blockers, due, still);
        step.due = all_once(due);
        step.still = all_once({step.due, all(std::move(still))});
        step.deletes = {entity.table};
        for (const Removal& each : reach.removals) step.deletes.push_back(each.table);
        for (const Cascade& each : reach.cascades) step.deletes.push_back(each.table);
        add_holders(step, reach);
        step.reach = std::move(reach);
        keep(std::move(step));
    }

    void add_changes(const Finding& finding, PurgeAction action, const Entity& entity, Changes changes) {
        Step step = step_of(finding, action, entity);
        if (!finding.object.column.empty()) step.about = to_string(finding.object);
        for (Attribute& each : changes.attributes) step.entity.attributes.push_back(std::move(each));
        std::vector<Condition> due{step.found};
        spare_exempt(step, due);
        step.pending = std::move(changes.pending);
        step.spared.push_back({"done", negate(step.pending)});
        due.push_back(step.pending);
        step.due = step.still = all_once(due);
        step.reads = tables_of(step.entity, step.due);
        std::erase(step.reads, entity.table);
        step.changes = std::move(changes.changes);
        keep(std::move(step));
    }

    void keep(Step step) {
        for (const TableName& name : step.deletes) add_table(name);
        for (const Change& each : step.changes) add_table(each.table);
        add_table(step.entity.table);
        for (const TableName& name : step.reads) add_table(name);
        if (!step.keepsakes.objections.empty()) {
            for (const SuppressionPlace& place : result_.suppression) add_table(place.table);
        }
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

bool deletes_rows(PurgeAction action) { return action == PurgeAction::person || action == PurgeAction::rows; }

Plan make_plan(const AuditResult& result, const Limits& limits) { return Planner{result, limits}.plan(); }

}  // namespace crmaudit::reports::purge
