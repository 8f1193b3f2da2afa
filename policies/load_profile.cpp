#include <algorithm>
#include <map>

#include "auditor/digest/sha256.h"
#include "auditor/model/suggestion.h"
#include "auditor/xml/entity_xml.h"
#include "auditor/xml/read.h"
#include "auditor/xml/suppression_xml.h"
#include "policies/files.h"
#include "policies/load.h"
#include "policies/read.h"
#include "policies/soundness.h"
#include "policies/template.h"

namespace crmaudit::policies {
namespace {

constexpr const char* prefix_mark = "prefix";

/// An entity as it is written, before its {names} are filled in: what others may be like.
struct Draft {
    Entity entity;
    Parameters parameters;
};

class ProfileReader {
public:
    explicit ProfileReader(const xml::Document& document) : document_(document) {}

    Profile read() {
        const pugi::xml_node root = document_.root();
        Profile profile;
        profile.name = root.attribute("name").value();
        profile.title = root.attribute("title").value();
        profile.versions = root.attribute("versions").value();
        profile.discovered = xml::read_flag(root, "draft");
        profile.prefix = root.attribute("prefix").value();
        if (!profile.prefix.empty()) prefix_ = {{prefix_mark, "{" + std::string{prefix_mark} + "}"}};
        for (const pugi::xml_node node : root.children("signature")) {
            profile.signatures.push_back({node.attribute("table").value(), xml::read_words(node, "columns")});
        }
        for (const pugi::xml_node node : root.children("absent")) {
            const auto kind = entity_kind_from(node.attribute("kind").value());
            if (!kind) document_.fail(node, "unknown kind of entity");
            profile.absent.push_back({*kind, node.attribute("reason").value()});
        }
        for (const pugi::xml_node node : root.children("host")) {
            profile.hosts.push_back(
                {node.attribute("table").value(), node.attribute("column").value(), node.attribute("what").value()});
        }
        profile.suppression = xml::read_suppression(root);
        for (const pugi::xml_node node : root.children("entity")) profile.entities.push_back(entity(node));
        for (const pugi::xml_node node : root.children("outlet")) {
            MappedOutlets outlets{node.attribute("what").value(), entity(node)};
            outlets.entity.kind = EntityKind::outlet;
            profile.outlets.push_back(std::move(outlets));
        }
        for (const pugi::xml_node node : root.children("column")) profile.columns.push_back(declared(node));
        for (const pugi::xml_node node : root.children("statement")) {
            profile.statements.push_back({node.attribute("topic").value(), read_texts(document_, node, "text"),
                                          node.attribute("source").value()});
        }
        profile.digest = digest::sha256(document_.text());
        return profile;
    }

private:
    DeclaredColumn declared(pugi::xml_node node) const {
        const std::string word = node.attribute("category").value();
        DeclaredColumn column{node.attribute("table").value(), node.attribute("name").value(), Category::none};
        if (word != to_string(Category::none)) column.category = read_categories(document_, node, {word}).front();
        return column;
    }

    Entity entity(pugi::xml_node node) {
        const std::string name = node.attribute("name").value();
        if (drafts_.contains(name)) document_.fail(node, "a second entity named '" + name + "'; names must differ");
        Draft draft = this->draft(node);
        drafts_.emplace(name, draft);
        if (!draft.parameters.empty()) {
            if (const auto unknown = fill_in(draft.entity, draft.parameters)) {
                document_.fail(node, "entity '" + name + "' has no value for {" + *unknown + "}; add <let name=\"" +
                                         *unknown + "\" value=\"…\"/>");
            }
        }
        if (const auto fault = find_fault(draft.entity)) document_.fail(place(node, *fault), fault->message);
        return draft.entity;
    }

    Draft draft(pugi::xml_node node) const {
        Draft draft{{}, prefix_};
        Entity own = xml::read_entity(document_, node);
        if (const auto like = node.attribute("like")) {
            const Draft& base = find(node, like.value());
            Entity inherited = base.entity;
            for (const pugi::xml_node without : node.children("without")) {
                const std::string name = without.attribute("name").value();
                if (!remove(inherited, name)) {
                    document_.fail(without, "entity '" + inherited.name + "' has no path or attribute '" + name + "'");
                }
            }
            draft.parameters.insert(base.parameters.begin(), base.parameters.end());
            draft.entity = derive(inherited, std::move(own), !node.child("live").empty());
        } else {
            if (const auto without = node.child("without")) document_.fail(without, "<without> needs like=\"…\"");
            draft.entity = std::move(own);
        }
        for (const pugi::xml_node let : node.children("let")) {
            draft.parameters.insert_or_assign(let.attribute("name").value(), let.attribute("value").value());
        }
        return draft;
    }

    const Draft& find(pugi::xml_node node, const std::string& name) const {
        const auto found = drafts_.find(name);
        if (found != drafts_.end()) return found->second;
        std::vector<std::string> names;
        for (const auto& [known, draft] : drafts_) names.push_back(known);
        document_.fail(node, "like=\"" + name + "\": there is no such entity further up" + suggestion(name, names));
    }

    /// The element that a fault is about; of several with one name the last. The entity when it took the element over.
    static pugi::xml_node place(pugi::xml_node entity, const Fault& fault) {
        pugi::xml_node found = entity;
        if (fault.element.empty()) return found;
        for (const pugi::xml_node node : entity.children(fault.element.c_str())) {
            if (fault.name.empty() || node.attribute("name").value() == fault.name) found = node;
        }
        return found;
    }

    const xml::Document& document_;
    std::map<std::string, Draft> drafts_;
    Parameters prefix_;  // stands for itself until the database is known
};

}  // namespace

Profile load_profile(const std::string& name_or_path) {
    const xml::Document document = open(profile_shelf, name_or_path);
    return ProfileReader{document}.read();
}

std::vector<Profile> shipped_profiles() {
    std::vector<Profile> profiles;
    for (const std::string& name : shipped_names(profile_shelf)) profiles.push_back(load_profile(name));
    return profiles;
}

std::vector<std::string> shipped_profile_names() { return shipped_names(profile_shelf); }

}  // namespace crmaudit::policies
