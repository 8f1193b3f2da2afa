#include <algorithm>

#include "auditor/xml/read.h"
#include "auditor/xml/text.h"
#include "policies/files.h"
#include "policies/load.h"
#include "policies/read.h"

namespace crmaudit::policies {
namespace {

/// "birth date, date of birth" as its items.
std::vector<std::string> items(pugi::xml_node node) {
    const std::string_view text = node.text().get();
    std::vector<std::string> list;
    for (std::size_t start = 0; start <= text.size();) {
        const std::size_t end = std::min(text.find(',', start), text.size());
        std::string item = xml::collapsed(text.substr(start, end - start));
        if (!item.empty()) list.push_back(std::move(item));
        start = end + 1;
    }
    return list;
}

/// The schema has checked the names.
std::vector<Topic> topics(const std::vector<std::string>& names) {
    std::vector<Topic> list;
    for (const std::string& name : names) list.push_back(topic_from(name).value_or(Topic::unknown));
    return list;
}

void append(std::vector<std::string>& list, pugi::xml_node root, const char* element) {
    for (const pugi::xml_node node : root.children(element)) {
        for (std::string& word : items(node)) list.push_back(std::move(word));
    }
}

/// What the attributes say, on top of what the surrounding element said.
Term refined(Term term, pugi::xml_node node) {
    if (const auto weight = node.attribute("weight")) term.weight = weight.as_double();
    if (node.attribute("only-in")) term.only_in = topics(xml::read_words(node, "only-in"));
    if (node.attribute("not-with")) term.not_with = xml::read_words(node, "not-with");
    if (node.attribute("by-key")) term.by_key = xml::read_flag(node, "by-key");
    return term;
}

Lexicon read(const xml::Document& document) {
    const pugi::xml_node root = document.root();
    Lexicon lexicon;
    lexicon.language = root.attribute("language").value();
    lexicon.head_first = xml::read_flag(root, "head-first");
    lexicon.compounds = xml::read_flag(root, "compounds");
    for (const pugi::xml_node category : root.children("category")) {
        Term common;
        // `none` is for words that only rule something else out.
        const std::string name = category.attribute("name").value();
        if (name != to_string(Category::none)) common.category = read_categories(document, category, {name}).front();
        common = refined(std::move(common), category);
        for (const pugi::xml_node node : category.children("term")) {
            Term term = refined(common, node);
            for (std::string& text : items(node)) {
                term.text = std::move(text);
                lexicon.terms.push_back(term);
            }
        }
    }
    for (const pugi::xml_node node : root.children("context")) {
        const Topic topic = topic_from(node.attribute("name").value()).value_or(Topic::unknown);
        for (std::string& word : items(node)) lexicon.contexts.push_back({std::move(word), topic});
    }
    for (const pugi::xml_node node : root.children("abbreviation")) {
        for (std::string& text : items(node)) lexicon.abbreviations.push_back({std::move(text), node.attribute("of").value()});
    }
    append(lexicon.negations, root, "negations");
    append(lexicon.qualifiers, root, "qualifiers");
    append(lexicon.key_marks, root, "key-marks");
    append(lexicon.copy_marks, root, "copy-marks");
    return lexicon;
}

}  // namespace

Lexicon load_lexicon(const std::string& name_or_path) { return read(open(lexicon_shelf, name_or_path)); }

std::vector<Lexicon> shipped_lexicons() {
    std::vector<Lexicon> lexicons;
    for (const std::string& name : shipped_names(lexicon_shelf)) lexicons.push_back(load_lexicon(name));
    return lexicons;
}

}  // namespace crmaudit::policies
