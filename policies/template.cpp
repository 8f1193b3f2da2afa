#include "policies/template.h"

#include <algorithm>

namespace crmaudit::policies {
namespace {

/// `base` with those parts replaced that `own` has too, followed by the new ones.
template <typename Part, typename SamePart>
std::vector<Part> merged(std::vector<Part> base, std::vector<Part> own, SamePart&& same) {
    for (Part& part : own) {
        const auto found = std::find_if(base.begin(), base.end(), [&](const Part& other) { return same(part, other); });
        if (found == base.end()) {
            base.push_back(std::move(part));
        } else {
            *found = std::move(part);
        }
    }
    return base;
}

constexpr auto same_name = [](const auto& a, const auto& b) { return a.name == b.name; };

/// Calls `visit` for every text of an entity that may hold a {name}.
template <typename Visit>
class Walk {
public:
    explicit Walk(Visit visit) : visit_(std::move(visit)) {}

    void operator()(Entity& entity) {
        visit_(entity.table.schema);
        visit_(entity.table.name);
        for (std::string& key : entity.key) visit_(key);
        (*this)(entity.live);
        for (Path& path : entity.paths) {
            for (Join& join : path.joins) {
                visit_(join.table.schema);
                visit_(join.table.name);
                for (JoinColumn& pair : join.on) {
                    visit_(pair.column);
                    visit_(pair.previous);
                }
                (*this)(join.where);
            }
        }
        for (Attribute& attribute : entity.attributes) std::visit(*this, attribute.value);
        for (Assignment& each : entity.restriction) {
            visit_(each.path);
            visit_(each.column);
            if (each.value) visit_(*each.value);
        }
        for (Absence& absence : entity.absent) {
            visit_(absence.reason);
            visit_(absence.without_table);
        }
    }
    void operator()(OwnColumn& own) {
        visit_(own.column.name);
        (*this)(own.where);
    }
    void operator()(OwnCondition& own) { (*this)(own.where); }
    void operator()(Related& related) {
        visit_(related.path);
        visit_(related.column.name);
        (*this)(related.where);
    }
    void operator()(Condition& condition) { std::visit(*this, condition.node); }
    template <typename Node>
    void operator()(Node& node) {
        if constexpr (requires { node.of; }) {
            for (Condition& part : node.of) (*this)(part);
        }
        if constexpr (requires { node.operand; }) visit_(node.operand.name);
        if constexpr (requires { node.reference; }) visit_(node.reference.name);
        if constexpr (requires { node.placeholders; }) visit_all(node.placeholders);
        if constexpr (requires { node.values; }) visit_all(node.values);
        if constexpr (requires { node.words; }) visit_all(node.words);
        if constexpr (requires { node.patterns; }) visit_all(node.patterns);
    }

private:
    void visit_all(std::vector<std::string>& texts) {
        for (std::string& text : texts) visit_(text);
    }

    Visit visit_;
};

bool is_name(std::string_view text) {
    return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '-';
    });
}

}  // namespace

Entity derive(const Entity& base, Entity own, bool own_live) {
    Entity entity = own;
    if (own.key.empty()) entity.key = base.key;
    if (!own_live) entity.live = base.live;
    if (own.restriction.empty()) entity.restriction = base.restriction;
    const auto now_absent = [&](const Attribute& attribute) {
        return attribute.role && own.absence(*attribute.role) != nullptr;
    };
    std::vector<Attribute> inherited = base.attributes;
    std::erase_if(inherited, now_absent);
    std::vector<Absence> absent = base.absent;
    std::erase_if(absent, [&](const Absence& absence) { return !own.in_role(absence.role).empty(); });
    entity.paths = merged(base.paths, std::move(own.paths), same_name);
    entity.attributes = merged(std::move(inherited), std::move(own.attributes), same_name);
    entity.absent = merged(std::move(absent), std::move(own.absent),
                           [](const Absence& a, const Absence& b) { return a.role == b.role; });
    return entity;
}

bool remove(Entity& entity, const std::string& name) {
    const auto paths = std::erase_if(entity.paths, [&](const Path& path) { return path.name == name; });
    const auto attributes = std::erase_if(entity.attributes, [&](const Attribute& attribute) {
        const auto* related = std::get_if<Related>(&attribute.value);
        return attribute.name == name || (paths != 0 && related != nullptr && related->path == name);
    });
    const bool restricts = std::any_of(entity.restriction.begin(), entity.restriction.end(),
                                       [&](const Assignment& each) { return paths != 0 && each.path == name; });
    if (restricts) entity.restriction.clear();
    return paths + attributes != 0;
}

std::optional<std::string> fill_in(Entity& entity, const Parameters& parameters) {
    std::optional<std::string> unknown;
    const auto fill = [&](std::string& text) {
        for (auto open = text.find('{'); open != std::string::npos; open = text.find('{', open)) {
            const auto close = text.find('}', open);
            if (close == std::string::npos) return;
            const std::string name = text.substr(open + 1, close - open - 1);
            const auto value = parameters.find(name);
            if (value == parameters.end()) {
                if (!unknown && is_name(name)) unknown = name;
                ++open;
                continue;
            }
            text.replace(open, name.size() + 2, value->second);
            open += value->second.size();
        }
    };
    Walk{fill}(entity);
    return unknown;
}

}  // namespace crmaudit::policies
