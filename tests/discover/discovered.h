// A catalog through the shipped lexicons and words into a draft, and short ways to ask what is in it.
#pragma once

#include <algorithm>
#include <optional>
#include <string>
#include <vector>

#include "auditor/app/mapping_draft.h"
#include "auditor/engine/bind.h"
#include "policies/load.h"
#include "tests/support/catalog_builder.h"
#include "tests/support/classify_support.h"

namespace crmaudit::testing {

inline Draft discovered(const CatalogBuilder& builder) {
    const Catalog catalog = builder.build();
    return app::draft_of(catalog, test::shipped_classifier().classify(catalog), {"bak", "old", "kopie"});
}

inline const Entity* entity(const Draft& draft, const std::string& name) {
    const auto& entities = draft.profile.entities;
    const auto found = std::find_if(entities.begin(), entities.end(), [&](const Entity& e) { return e.name == name; });
    return found == entities.end() ? nullptr : &*found;
}

inline std::vector<std::string> entities(const Draft& draft) {
    std::vector<std::string> names;
    for (const Entity& each : draft.profile.entities) names.push_back(each.name);
    return names;
}

/// "created", "table1.a=b>table2.c=d created" or a condition's columns: where each attribute of the role looks.
inline std::vector<std::string> places(const Entity& entity, Role role) {
    std::vector<std::string> places;
    for (const Attribute* attribute : entity.in_role(role)) {
        std::string text;
        const auto add_columns = [&](const Condition& condition) {
            for_each_operand(condition, [&](const Operand& operand) { text += "[" + operand.name + "]"; });
        };
        if (const auto* own = std::get_if<OwnColumn>(&attribute->value)) {
            text = own->column.name;
            add_columns(own->where);
        } else if (const auto* condition = std::get_if<OwnCondition>(&attribute->value)) {
            add_columns(condition->where);
        } else {
            const auto& related = std::get<Related>(attribute->value);
            for (const Join& join : entity.path(related.path)->joins) {
                text += join.table.name + "." + join.on.front().column + "=" + join.on.front().previous + ">";
            }
            text += related.column.name;
            add_columns(related.where);
        }
        places.push_back(text);
    }
    return places;
}

/// Some note, of the entity or (without one) of the database, has all of these words.
inline bool notes(const Draft& draft, const std::string& entity, const std::vector<std::string>& words) {
    return std::any_of(draft.notes.begin(), draft.notes.end(), [&](const DraftNote& note) {
        return note.entity == entity && std::all_of(words.begin(), words.end(), [&](const std::string& word) {
                   return note.text.find(word) != std::string::npos;
               });
    });
}

inline const DraftNote* note_of(const Draft& draft, const std::string& entity, const std::string& name) {
    const auto found = std::find_if(draft.notes.begin(), draft.notes.end(),
                                    [&](const DraftNote& n) { return n.entity == entity && n.name == name; });
    return found == draft.notes.end() ? nullptr : &*found;
}

/// Everything the draft maps is in the catalog, and nothing is declared absent.
inline bool binds(const Draft& draft, const CatalogBuilder& builder) {
    const auto bound = engine::bind(draft.profile, builder.build());
    return std::all_of(bound.begin(), bound.end(),
                       [](const Entity& each) { return each.unbound.empty() && each.absent.empty(); });
}

using Places = std::vector<std::string>;

}  // namespace crmaudit::testing
