#include "tests/support/access_world.h"

#include <algorithm>

namespace crmaudit::live {
namespace {

using access::Right;

std::size_t column_named(const AccessWorld::Relation& relation, const std::string& name) {
    const auto found = std::find(relation.columns.begin(), relation.columns.end(), name);
    return static_cast<std::size_t>(found - relation.columns.begin());
}

/// Adds what is behind a view that could be used.
void add_behind(const AccessWorld& world, std::size_t view, const Tried& tried, Tried& behind) {
    const AccessWorld::Relation& relation = world.relations[view];
    if (relation.kind == TableKind::table) return;
    const AccessWorld::Relation& below = world.relations[relation.below];
    Tried next;
    for (std::size_t c = 0; c < relation.columns.size(); ++c) {
        if (tried.on_relations.contains({view, c, Right::read})) {
            for (const std::string& use : relation.uses)
                next.on_relations.insert({relation.below, column_named(below, use), Right::read});
        }
        for (const Right right : {Right::insert, Right::update}) {
            if (tried.on_relations.contains({view, c, right}))
                next.on_relations.insert({relation.below, column_named(below, relation.columns[c]), right});
        }
    }
    if (tried.on_relations.contains({view, 0, Right::remove}))
        next.on_relations.insert({relation.below, 0, Right::remove});
    behind.on_relations.insert(next.on_relations.begin(), next.on_relations.end());
    add_behind(world, relation.below, next, behind);
}

}  // namespace

Tried with_behind(const AccessWorld& world, const Tried& tried) {
    Tried all = tried;
    for (std::size_t r = 0; r < world.relations.size(); ++r) add_behind(world, r, tried, all);
    for (const std::size_t f : tried.functions) {
        const auto& function = world.functions[f];
        const auto column = column_named(world.relations[function.relation], function.column);
        all.on_relations.insert({function.relation, function.right == Right::remove ? 0 : column, function.right});
    }
    return all;
}

}  // namespace crmaudit::live
