#include "auditor/engine/suppression_places.h"

#include <optional>

#include "auditor/engine/spelling.h"

namespace crmaudit::engine {
namespace {

std::optional<SuppressionPlace> bound(SuppressionPlace place, const Catalog& catalog) {
    if (place.table.schema.empty()) place.table.schema = catalog.default_schema;
    const Table* table = find_in_any_case(catalog, place.table);
    if (table == nullptr) return std::nullopt;
    place.table = table->name;
    const auto spell = [&](std::string& name) {
        const Column* column = find_in_any_case(*table, name);
        if (column != nullptr) name = column->name;
        return column != nullptr;
    };
    if (!spell(place.address)) return std::nullopt;
    for (Assignment& each : place.others) {
        if (!spell(each.column)) return std::nullopt;
    }
    return place;
}

}  // namespace

std::vector<SuppressionPlace> bound_places(const Profile& profile, const Catalog& catalog) {
    std::vector<SuppressionPlace> places;
    for (const SuppressionPlace& each : profile.suppression) {
        if (auto place = bound(each, catalog)) places.push_back(std::move(*place));
    }
    return places;
}

}  // namespace crmaudit::engine
