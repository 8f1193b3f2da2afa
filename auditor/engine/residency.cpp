#include "auditor/engine/residency.h"

#include <algorithm>
#include <array>

#include "auditor/checks/roles.h"
#include "auditor/engine/query_reasons.h"
#include "auditor/model/reasons.h"

namespace crmaudit::engine {
namespace {

/// Any of these may say that somebody lives inside after all.
constexpr std::array hints{Role::residence, Role::nationality, Role::other_country, Role::phone, Role::email};

/// However a number is written: +49 30, (0049) 30, 011-49-30. A number without a plus only where the column holds
/// nothing but digits.
std::vector<std::string> phone_patterns(const std::vector<std::string>& prefixes, ColumnKind kind) {
    std::vector<std::string> patterns;
    for (const std::string& digits : prefixes) {
        if (kind == ColumnKind::integer || kind == ColumnKind::decimal) {
            patterns.push_back(digits + "*");
            continue;
        }
        for (const char* between : {"", " ", "("}) patterns.push_back("*+" + (between + digits) + "*");
        for (const char* exit : {"00", "011", "(00"}) {
            for (const char* between : {"", " ", "-"}) patterns.push_back(exit + (between + digits) + "*");
        }
    }
    return patterns;
}

class OfEntity {
public:
    OfEntity(Entity& entity, const Residency& residency) : entity_(entity), residency_(residency) {}

    /// Why nobody of the entity can be left out; empty where somebody can.
    std::string obstacle(const Catalog& catalog, const sql::Renderer& renderer, sql::QueryPort& port) const {
        for (const Role role : hints) {
            for (const Unbound& unbound : entity_.unbound) {
                if (unbound.role == role) return unbound.reason;
            }
        }
        if (entity_.in_role(Role::residence).empty()) {
            const bool no_place = entity_.absence(Role::residence) != nullptr;
            return no_place ? std::string{reasons::no_residence}
                            : reasons::text(reasons::not_mapped, to_string(Role::residence));
        }
        std::vector<Condition> everything;
        for (const Role role : hints) {
            for (const Attribute* each : entity_.in_role(role)) everything.push_back(present(attribute(each->name)));
        }
        for (const TableName& name : tables_of(entity_, Condition{All{std::move(everything)}})) {
            const Table* table = catalog.find(name);
            if (table != nullptr && !table->readable) return reasons::text(reasons::forbidden, to_string(name));
            try {
                port.select(renderer.touch(name));
            } catch (const sql::QueryError& error) {
                if (ends_the_run(error)) throw;
                return reasons::text(reason_code(error.reason()), to_string(name) + " " + error.sqlstate());
            }
        }
        return {};
    }

    Condition kept() {
        for (const Role role : hints) {
            for (const Attribute* each : entity_.in_role(role)) add(role, *each);
        }
        add_flag("lives outside", OwnCondition{any(std::move(own_outside_))}, outside_);
        add_flag("points inside", OwnCondition{any(std::move(own_inside_))}, inside_);
        for (Attribute& flag : flags_) entity_.attributes.push_back(std::move(flag));
        return negate(all({any(std::move(outside_)), negate(any(std::move(inside_)))}));
    }

    std::vector<std::string> facts() const {
        std::vector<std::string> names;
        for (const Role role : hints) {
            for (std::string& name : checks::columns_of(entity_, role)) {
                if (std::find(names.begin(), names.end(), name) == names.end()) names.push_back(std::move(name));
            }
        }
        return names;
    }

private:
    void add(Role role, const Attribute& attribute) {
        if (const auto* own = std::get_if<OwnColumn>(&attribute.value)) {
            if (attribute.type == ValueType::flag) return;
            if (role == Role::residence) own_outside_.push_back(all({own->where, is_outside(own->column)}));
            // A single residence that is outside cannot be inside as well.
            const bool is_only_one = role == Role::residence && entity_.in_role(role).size() == 1;
            if (!is_only_one) own_inside_.push_back(all({own->where, points_inside(role, own->column)}));
        } else if (const auto* related = std::get_if<Related>(&attribute.value)) {
            if (related->column.name.empty()) return;
            const auto some_row = [&](const Condition& condition) {
                return Related{related->path, Aggregate::any, {}, all({related->where, condition})};
            };
            if (role == Role::residence) {
                add_flag("lives outside by " + attribute.name, some_row(is_outside(related->column)), outside_);
            }
            add_flag("points inside by " + attribute.name, some_row(points_inside(role, related->column)), inside_);
        }
    }

    Condition is_outside(const Operand& country) const { return {OneOf{country, residency_.outside}}; }

    Condition points_inside(Role role, const Operand& operand) const {
        if (role == Role::phone) return {Like{operand, phone_patterns(residency_.phone_prefixes, operand.kind)}};
        if (role != Role::email) return all({present(operand), negate(is_outside(operand))});
        std::vector<std::string> ends;
        for (const std::string& domain : residency_.domains) ends.push_back("*" + domain);
        return {Like{operand, std::move(ends)}};
    }

    template <typename Value>
    void add_flag(const std::string& name, Value value, std::vector<Condition>& into) {
        if constexpr (std::is_same_v<Value, OwnCondition>) {
            if (never(value.where)) return;
        }
        flags_.push_back({name, ValueType::flag, std::nullopt, std::move(value), false});
        into.push_back(holds(name));
    }

    Entity& entity_;
    const Residency& residency_;
    std::vector<Condition> own_outside_;
    std::vector<Condition> own_inside_;
    std::vector<Condition> outside_;
    std::vector<Condition> inside_;
    std::vector<Attribute> flags_;
};

}  // namespace

Condition Residents::kept_of(std::string_view entity) const {
    const auto found = kept.find(entity);
    return found == kept.end() ? Condition{} : found->second;
}

Residents leave_out_residents(std::vector<Entity>& entities, const Residency& residency, const Catalog& catalog,
                              const sql::Renderer& renderer, sql::QueryPort& port) {
    Residents residents;
    for (Entity& entity : entities) {
        if (!is_person(entity.kind)) continue;
        OfEntity of{entity, residency};
        LeftOut left_out{entity.name, 0, {}, of.obstacle(catalog, renderer, port)};
        if (left_out.reason.empty()) {
            left_out.facts = of.facts();
            residents.kept[entity.name] = of.kept();
        }
        residents.left_out.push_back(std::move(left_out));
    }
    return residents;
}

}  // namespace crmaudit::engine
