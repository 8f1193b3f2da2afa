#include "reports/purge/evidence.h"

#include <algorithm>
#include <iterator>

namespace crmaudit::reports::purge {
namespace {

constexpr Role telling[] = {Role::activity,
                            Role::responded,
                            Role::clicked,
                            Role::received,
                            Role::notice,
                            Role::marketing_granted,
                            Role::marketing_granted_at,
                            Role::marketing_refused,
                            Role::marketing_objected,
                            Role::marketing_evidence,
                            Role::tracking_granted,
                            Role::tracking_granted_at,
                            Role::tracking_refused,
                            Role::tracking_refused_at,
                            Role::hold,
                            Role::retention_duty,
                            Role::relationship};

/// Roles that only describe: nothing is decided by them that could harm anybody when they are empty.
constexpr Role describing[] = {Role::name,         Role::email,           Role::phone,         Role::birth_date,
                               Role::residence,    Role::nationality,     Role::other_country, Role::source,
                               Role::event_time,   Role::event_count,     Role::event_address, Role::event_place,
                               Role::event_client, Role::event_forwarded, Role::leftover,      Role::personal,
                               Role::body};

template <typename Roles>
bool has(const Roles& roles, const std::optional<Role>& role) {
    return role && std::find(std::begin(roles), std::end(roles), *role) != std::end(roles);
}

bool reads(const Condition& condition, const std::string& column) {
    bool found = false;
    for_each_operand(condition, [&](const Operand& operand) {
        found = found || (operand.source == Operand::Source::column && operand.name == column);
    });
    return found;
}

bool reads(const Entity& entity, const Attribute& attribute, const TableName& table, const std::string& column) {
    if (const auto* own = std::get_if<OwnColumn>(&attribute.value)) {
        return entity.table == table && (own->column.name == column || reads(own->where, column));
    }
    if (const auto* condition = std::get_if<OwnCondition>(&attribute.value)) {
        return entity.table == table && reads(condition->where, column);
    }
    const auto& related = std::get<Related>(attribute.value);
    const Path* path = entity.path(related.path);
    return path != nullptr && path->joins.back().table == table &&
           (related.column.name == column || reads(related.where, column));
}

bool leads_by(const Entity& entity, const Path& path, const TableName& table, const std::string& column) {
    const TableName* previous = &entity.table;
    for (const Join& join : path.joins) {
        for (const JoinColumn& pair : join.on) {
            if (join.table == table && pair.column == column) return true;
            if (*previous == table && pair.previous == column) return true;
        }
        if (join.table == table && reads(join.where, column)) return true;
        previous = &join.table;
    }
    return false;
}

}  // namespace

Condition evidence_in(const AuditResult& result, const TableName& table) {
    std::vector<Condition> rows;
    for (const Entity& entity : result.entities) {
        if (!is_person(entity.kind)) continue;
        for (const Attribute& attribute : entity.attributes) {
            const auto* related = std::get_if<Related>(&attribute.value);
            if (related == nullptr || !has(telling, attribute.role)) continue;
            const Path* path = entity.path(related->path);
            if (path == nullptr) continue;
            for (const Join& join : path->joins) {
                if (join.table != table) continue;
                const bool last = &join == &path->joins.back();
                rows.push_back(last ? all({join.where, related->where}) : join.where);
            }
        }
    }
    return any(std::move(rows));
}

bool decides(const AuditResult& result, const TableName& table, const std::string& column) {
    return std::any_of(result.entities.begin(), result.entities.end(), [&](const Entity& entity) {
        const bool by_role =
            std::any_of(entity.attributes.begin(), entity.attributes.end(), [&](const Attribute& attribute) {
                return attribute.role && !has(describing, attribute.role) && reads(entity, attribute, table, column);
            });
        const bool by_path = std::any_of(entity.paths.begin(), entity.paths.end(),
                                         [&](const Path& path) { return leads_by(entity, path, table, column); });
        const bool is_live = entity.table == table && reads(entity.live, column);
        return by_role || by_path || is_live;
    });
}

}  // namespace crmaudit::reports::purge
