#include <algorithm>
#include <map>

#include "auditor/model/tokens.h"
#include "auditor/xml/read.h"
#include "policies/files.h"
#include "policies/load.h"
#include "policies/read.h"

namespace crmaudit::policies {
namespace {

/// The schema has checked the names.
std::vector<Topic> topics(const std::vector<std::string>& names) {
    std::vector<Topic> list;
    for (const std::string& name : names) list.push_back(topic_from(name).value_or(Topic::unknown));
    return list;
}

void append(std::vector<std::string>& list, pugi::xml_node root, const char* element) {
    for (const pugi::xml_node node : root.children(element)) {
        for (std::string& word : read_items(node)) list.push_back(std::move(word));
    }
}

/// What the attributes say, on top of what the surrounding element said.
Term refined(Term term, pugi::xml_node node) {
    if (const auto weight = node.attribute("weight")) term.weight = weight.as_double();
    if (node.attribute("only-in")) term.only_in = topics(xml::read_words(node, "only-in"));
    if (node.attribute("not-with")) term.not_with = xml::read_words(node, "not-with");
    if (node.attribute("by-key")) term.by_key = xml::read_flag(node, "by-key");
    if (node.attribute("alone")) term.alone = xml::read_flag(node, "alone");
    return term;
}

/// Only words, as every name is read.
void require_words(const xml::Document& document, pugi::xml_node node, const std::string& text) {
    if (tokens_of(text).empty()) document.fail(node, "'" + text + "' has no letter or digit; no name can match it");
}

bool overlap(const std::vector<Topic>& a, const std::vector<Topic>& b) {
    return a.empty() || b.empty() || std::find_first_of(a.begin(), a.end(), b.begin(), b.end()) != a.end();
}

struct PlacedTerm {
    Term term;
    pugi::xml_node node;
};

/// Two categories for the same words, in the same tables, with the same weight: nothing would decide between them.
void refuse_contradictions(const xml::Document& document, const std::vector<PlacedTerm>& terms) {
    std::map<std::vector<std::string>, std::vector<const PlacedTerm*>> by_words;
    for (const PlacedTerm& placed : terms) {
        std::vector<const PlacedTerm*>& same = by_words[tokens_of(placed.term.text)];
        for (const PlacedTerm* other : same) {
            if (other->term.category == placed.term.category || other->term.weight != placed.term.weight ||
                !overlap(other->term.only_in, placed.term.only_in))
                continue;
            document.fail(placed.node, "'" + placed.term.text + "' is " + std::string{to_string(placed.term.category)} +
                                           " here and " + std::string{to_string(other->term.category)} + " in line " +
                                           std::to_string(document.line_of(other->node)) +
                                           "; take one away, or tell them apart by weight or only-in");
        }
        same.push_back(&placed);
    }
}

/// A word of table names stands for one topic.
void refuse_torn_words(const xml::Document& document, pugi::xml_node root) {
    std::map<std::string, pugi::xml_node> first;
    for (const pugi::xml_node node : root.children("context")) {
        for (const std::string& word : read_items(node)) {
            const auto [entry, fresh] = first.emplace(word, node);
            const std::string_view topic = node.attribute("name").value();
            const std::string_view other = entry->second.attribute("name").value();
            if (fresh || topic == other) continue;
            document.fail(node, "'" + word + "' is a word of " + std::string{topic} + " here and of " +
                                    std::string{other} + " in line " + std::to_string(document.line_of(entry->second)) +
                                    "; take one away");
        }
    }
}

Lexicon read(const xml::Document& document) {
    const pugi::xml_node root = document.root();
    Lexicon lexicon;
    lexicon.language = root.attribute("language").value();
    lexicon.head_first = xml::read_flag(root, "head-first");
    lexicon.compounds = xml::read_flag(root, "compounds");
    std::vector<PlacedTerm> placed;
    for (const pugi::xml_node category : root.children("category")) {
        Term common;
        // `none` is for words that only rule something else out.
        const std::string name = category.attribute("name").value();
        if (name != to_string(Category::none)) common.category = read_categories(document, category, {name}).front();
        common = refined(std::move(common), category);
        for (const pugi::xml_node node : category.children("term")) {
            Term term = refined(common, node);
            for (std::string& text : read_items(node)) {
                require_words(document, node, text);
                term.text = std::move(text);
                lexicon.terms.push_back(term);
                placed.push_back({term, node});
            }
        }
    }
    refuse_contradictions(document, placed);
    refuse_torn_words(document, root);
    for (const pugi::xml_node node : root.children("context")) {
        const Topic topic = topic_from(node.attribute("name").value()).value_or(Topic::unknown);
        for (std::string& word : read_items(node)) lexicon.contexts.push_back({std::move(word), topic});
    }
    for (const pugi::xml_node node : root.children("abbreviation")) {
        for (std::string& text : read_items(node))
            lexicon.abbreviations.push_back({std::move(text), node.attribute("of").value()});
    }
    append(lexicon.negations, root, "negations");
    append(lexicon.qualifiers, root, "qualifiers");
    append(lexicon.key_marks, root, "key-marks");
    append(lexicon.copy_marks, root, "copy-marks");
    append(lexicon.value_marks, root, "value-marks");
    append(lexicon.label_marks, root, "label-marks");
    append(lexicon.definition_marks, root, "definition-marks");
    return lexicon;
}

template <typename Item>
void append(std::vector<Item>& list, const std::vector<Item>& more) {
    list.insert(list.end(), more.begin(), more.end());
}

void add(Lexicon& to, const Lexicon& more) {
    append(to.terms, more.terms);
    append(to.contexts, more.contexts);
    append(to.abbreviations, more.abbreviations);
    append(to.negations, more.negations);
    append(to.qualifiers, more.qualifiers);
    append(to.key_marks, more.key_marks);
    append(to.copy_marks, more.copy_marks);
}

}  // namespace

Lexicon load_lexicon(const std::string& name_or_path) { return read(open(lexicon_shelf, name_or_path)); }

std::vector<Lexicon> shipped_lexicons() {
    std::vector<Lexicon> lexicons;
    for (const std::string& name : shipped_names(lexicon_shelf)) lexicons.push_back(load_lexicon(name));
    return lexicons;
}

std::vector<Lexicon> lexicons_with(const std::vector<std::string>& paths) {
    std::vector<Lexicon> lexicons = shipped_lexicons();
    for (const std::string& path : paths) {
        const Lexicon own = load_lexicon(path);
        const auto shipped = std::find_if(lexicons.begin(), lexicons.end(),
                                          [&](const Lexicon& lexicon) { return lexicon.language == own.language; });
        if (shipped == lexicons.end())
            lexicons.push_back(own);
        else
            add(*shipped, own);
    }
    return lexicons;
}

}  // namespace crmaudit::policies
