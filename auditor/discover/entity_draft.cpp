#include "auditor/discover/entity_draft.h"

#include <algorithm>

namespace crmaudit::discover {

TableName as_written(const TableName& table, const std::string& default_schema) {
    return {table.schema == default_schema ? std::string{} : table.schema, table.name};
}

void EntityDraft::set_live(Condition live, const Reason& reason) {
    entity_.live = std::move(live);
    notes_.push_back({entity_.name, "live", "", reason.text, reason.confidence,
                      reason.confidence < doubtful_below || reason.doubtful});
}

void EntityDraft::add_flag(Role role, const Place& place, Condition condition, const Reason& reason) {
    Attribute attribute{attribute_name(role), ValueType::flag, role, OwnCondition{condition}, false};
    if (!place.is_own()) {
        attribute.value = Related{path_for(place), Aggregate::any, {}, all({place.rows, std::move(condition)})};
    }
    add(std::move(attribute), place, reason);
}

void EntityDraft::add_date(Role role, const Place& place, const std::string& column_name, Condition condition,
                           const Reason& reason) {
    Attribute attribute{attribute_name(role), ValueType::date, role, OwnColumn{column(column_name), condition}, false};
    if (!place.is_own()) {
        attribute.value =
            Related{path_for(place), Aggregate::latest, column(column_name), all({place.rows, std::move(condition)})};
    }
    add(std::move(attribute), place, reason);
}

void EntityDraft::add_text(Role role, const std::string& column_name, const Reason& reason) {
    add({attribute_name(role), ValueType::text, role, OwnColumn{column(column_name)}, false}, {}, reason);
}

void EntityDraft::add(Attribute attribute, const Place& place, const Reason& reason) {
    const double confidence = reason.confidence * place.confidence;
    notes_.push_back({entity_.name, "attribute", attribute.name, reason.text, confidence,
                      confidence < doubtful_below || reason.doubtful});
    entity_.attributes.push_back(std::move(attribute));
}

void EntityDraft::note(const std::string& text, bool doubtful) {
    notes_.push_back({entity_.name, "", "", text, std::nullopt, doubtful});
}

void EntityDraft::note_entity(const Reason& reason) {
    notes_.insert(notes_.begin(), {entity_.name, "entity", "", reason.text, reason.confidence,
                                   reason.confidence < doubtful_below || reason.doubtful});
}

void EntityDraft::withdraw(Role role, const std::string& why) {
    for (const Attribute* each : entity_.in_role(role)) {
        std::string text = why;
        for (const DraftNote& note : notes_) {
            if (note.element == "attribute" && note.name == each->name) text += "; " + note.text;
        }
        std::erase_if(notes_, [&](const DraftNote& note) {
            return note.element == "attribute" && note.name == each->name && !note.suggestion;
        });
        notes_.push_back({entity_.name, "", "", std::move(text), std::nullopt, true, *each});
    }
    std::erase_if(entity_.attributes, [&](const Attribute& each) { return each.role == role; });
}

void EntityDraft::finish() {
    const auto leads_through = [](const Attribute& attribute, const Path& path) {
        const auto* related = std::get_if<Related>(&attribute.value);
        return related != nullptr && related->path == path.name;
    };
    const auto is_idle = [&](const Path& path) {
        // What is offered needs its path, so that it can be put in as it stands.
        return std::none_of(entity_.attributes.begin(), entity_.attributes.end(),
                            [&](const Attribute& each) { return leads_through(each, path); }) &&
               std::none_of(notes_.begin(), notes_.end(), [&](const DraftNote& note) {
                   return note.suggestion && leads_through(*note.suggestion, path);
               });
    };
    std::vector<std::string> idle;
    for (const Path& path : entity_.paths) {
        if (is_idle(path)) idle.push_back(path.name);
    }
    for (const std::string& name : idle) {
        std::erase_if(entity_.paths, [&](const Path& path) { return path.name == name; });
        std::erase_if(notes_, [&](const DraftNote& note) { return note.element == "path" && note.name == name; });
    }
}

std::string EntityDraft::path_for(const Place& place) {
    for (const Path& path : entity_.paths) {
        if (path.joins == place.path.joins) return path.name;
    }
    Path path = place.path;
    for (int number = 2; entity_.path(path.name) != nullptr; ++number) {
        path.name = place.path.name + " " + std::to_string(number);
    }
    notes_.push_back(
        {entity_.name, "path", path.name, place.reason, place.confidence, place.confidence < doubtful_below});
    entity_.paths.push_back(path);
    return path.name;
}

std::string EntityDraft::attribute_name(Role role) const {
    const std::string name{to_string(role)};
    const auto taken = [&](const std::string& each) {
        return entity_.find(each) != nullptr || std::any_of(notes_.begin(), notes_.end(), [&](const DraftNote& note) {
                   return note.suggestion && note.suggestion->name == each;
               });
    };
    if (!taken(name)) return name;
    int number = 2;
    while (taken(name + "_" + std::to_string(number))) ++number;
    return name + "_" + std::to_string(number);
}

}  // namespace crmaudit::discover
