#include "auditor/engine/consent_counts.h"

#include <algorithm>

#include "auditor/checks/roles.h"

namespace crmaudit::engine {
namespace {

using Signs = std::vector<std::pair<std::string, Condition>>;

std::string columns_text(const Entity& entity, const Attribute& attribute) {
    std::string text;
    for (const std::string& column : checks::columns_of(entity, attribute)) text += (text.empty() ? "" : ", ") + column;
    return text.empty() ? attribute.name : text;
}

/// What says so, the first to be asked first: flags of today, then events.
Signs signs_of(const Entity& entity, Role flag, Role event) {
    Signs signs;
    for (const Attribute* each : entity.in_role(flag)) {
        signs.emplace_back(columns_text(entity, *each), holds(each->name));
    }
    for (const Attribute* each : entity.in_role(event)) {
        signs.emplace_back(columns_text(entity, *each), present(attribute(each->name)));
    }
    return signs;
}

/// Those in the state whom this sign decides: none that is asked earlier says so.
std::vector<std::pair<std::string, std::size_t>> add_signs(Fused& fused, const Condition& state, const Signs& signs) {
    std::vector<std::pair<std::string, std::size_t>> cells;
    std::vector<Condition> earlier;
    for (const auto& [column, sign] : signs) {
        cells.emplace_back(column, fused.add_count(all({state, sign, negate(any(earlier))})));
        earlier.push_back(sign);
    }
    return cells;
}

std::vector<NamedCount> named(const Fused& fused, const std::vector<std::pair<std::string, std::size_t>>& cells) {
    std::vector<NamedCount> counts;
    for (const auto& [column, cell] : cells) {
        const std::int64_t count = fused.count(cell);
        if (count == 0) continue;
        const auto same = std::find_if(counts.begin(), counts.end(),
                                       [&name = column](const NamedCount& each) { return each.name == name; });
        if (same == counts.end()) {
            counts.push_back({column, count});
        } else {
            same->count += count;
        }
    }
    return counts;
}

}  // namespace

std::vector<ConsentSigns> consent_signs(const Entity& entity, const Countable& countable) {
    std::vector<ConsentSigns> purposes;
    const auto add_if = [&](const char* name, const checks::ConsentPurpose& purpose) {
        checks::Plan ignored;
        if (!checks::consent_usable(entity, purpose, ignored)) return;
        checks::ConsentStates states = checks::consent_states(entity, purpose);
        if (!countable(Condition{All{{states.granted, states.refused}}}, checks::consent_columns(entity, purpose)))
            return;
        purposes.push_back({name, std::move(states), signs_of(entity, purpose.granted, purpose.granted_at),
                            signs_of(entity, purpose.refused, purpose.refused_at)});
    };
    add_if("marketing", checks::marketing);
    add_if("tracking", checks::tracking);
    return purposes;
}

ConsentCells::ConsentCells(Fused& fused, const Entity& entity, const Condition& kept,
                           const std::vector<ConsentSigns>& purposes)
    : entity_(entity) {
    const auto live = [&](const Condition& state) { return all({entity.live, kept, state}); };
    for (const ConsentSigns& purpose : purposes) {
        Cells cells;
        cells.purpose = purpose.purpose;
        cells.states = {fused.add_count(live(purpose.states.granted)), fused.add_count(live(purpose.states.refused)),
                        fused.add_count(live(purpose.states.unknown))};
        cells.granted_by = add_signs(fused, live(purpose.states.granted), purpose.granted_by);
        cells.refused_by = add_signs(fused, live(purpose.states.refused), purpose.refused_by);
        cells_.push_back(std::move(cells));
    }
}

std::vector<ConsentCount> ConsentCells::counts(const Fused& fused) const {
    std::vector<ConsentCount> counts;
    for (const Cells& cells : cells_) {
        const auto& [granted, refused, unknown] = cells.states;
        counts.push_back({entity_.name, cells.purpose, fused.count(granted), fused.count(refused), fused.count(unknown),
                          named(fused, cells.granted_by), named(fused, cells.refused_by)});
    }
    return counts;
}

}  // namespace crmaudit::engine
