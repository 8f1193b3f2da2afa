#include "policies/files.h"
#include "policies/load.h"
#include "policies/read.h"

namespace crmaudit::policies {

std::vector<CueWord> load_discovery(const std::string& name_or_path) {
    const xml::Document document = open(discovery_shelf, name_or_path);
    std::vector<CueWord> words;
    for (const pugi::xml_node node : document.root().children("cue")) {
        const auto cue = cue_from(node.attribute("name").value());
        if (!cue) document.fail(node, "'" + std::string{node.attribute("name").value()} + "' is no cue");
        for (const pugi::xml_node list : node.children("words")) {
            for (std::string& text : read_items(list)) words.push_back({std::move(text), *cue});
        }
    }
    return words;
}

}  // namespace crmaudit::policies
