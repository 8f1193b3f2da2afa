#include "policies/write_mapping.h"

#include <pugixml.hpp>

#include <algorithm>
#include <cstdio>
#include <sstream>

#include "auditor/xml/entity_xml.h"
#include "auditor/xml/text.h"

namespace crmaudit::policies {
namespace {

constexpr const char* introduction =
    " A mapping that crmaudit discover drafted from the names, types and keys of a database. It is a draft: check it, "
    "correct\n"
    "     it, and keep it beside the job's configuration.\n\n"
    "     What to check first:\n"
    "     1. whether every table of persons has an entity, and no table of the company's own staff;\n"
    "     2. every comment that begins with doubtful: the line below it was guessed;\n"
    "     3. what is noted at the end of each entity as left out or not found. A role that is not mapped makes rules "
    "not\n"
    "        checked; only a person can state with <absent …/> that this CRM has no place for it.\n\n"
    "     Then take draft=\"true\" away: until then what is not found here counts as not known, and reports say so.\n\n"
    "     The number in brackets says how sure the guess is, from 0 to 1.\n\n"
    "     To use it, give it as the option profile to crmaudit check-config, and then to crmaudit audit. ";

/// A comment must not hold "--" nor end in "-".
std::string fit_for_comment(const std::string& text) {
    std::string fit;
    for (const char c : xml::legal(text)) {
        if (c == '-' && !fit.empty() && fit.back() == '-') fit += ' ';
        fit += c;
    }
    return fit;
}

std::string comment_of(const std::string& text, std::optional<double> confidence, bool doubtful) {
    std::string comment = doubtful ? " doubtful: " : " ";
    comment += text;
    if (confidence) {
        char number[16];
        std::snprintf(number, sizeof number, " (%.2f)", *confidence);
        comment += number;
    }
    return fit_for_comment(comment + " ");
}

/// The element as text, to be put in by removing the comment's marks.
std::string as_text(const Attribute& attribute) {
    pugi::xml_document document;
    Entity entity;
    entity.attributes = {attribute};
    xml::write_entity(document, entity);
    std::ostringstream out;
    document.first_child().child("attribute").print(out, "", pugi::format_raw, pugi::encoding_utf8);
    return out.str();
}

std::string comment_of(const DraftNote& note) {
    const std::string comment = comment_of(note.text, note.confidence, note.doubtful);
    return note.suggestion ? comment + "\n" + fit_for_comment("      " + as_text(*note.suggestion) + " ") : comment;
}

pugi::xml_node part(pugi::xml_node entity, const DraftNote& note) {
    if (note.element == "live") return entity.child("live");
    return entity.find_child([&](pugi::xml_node child) {
        return note.element == child.name() && note.name == child.attribute("name").value();
    });
}

void put_before(pugi::xml_node parent, pugi::xml_node before, const std::string& comment) {
    const auto node =
        before ? parent.insert_child_before(pugi::node_comment, before) : parent.append_child(pugi::node_comment);
    pugi::xml_node{node}.set_value(comment.c_str());
}

void write_entity(pugi::xml_node root, const Draft& draft, const Entity& entity) {
    xml::write_entity(root, entity);
    pugi::xml_node node = root.last_child();
    for (const DraftNote& note : draft.notes) {
        if (note.entity != entity.name) continue;
        if (note.element == "entity") {
            put_before(root, node, comment_of(note));
        } else {
            put_before(node, note.element.empty() ? pugi::xml_node{} : part(node, note), comment_of(note));
        }
    }
}

void write_signature(pugi::xml_node root, const Signature& signature) {
    pugi::xml_node node = root.append_child("signature");
    node.append_attribute("table").set_value(xml::legal(signature.table).c_str());
    std::string columns;
    for (const std::string& column : signature.columns) columns += (columns.empty() ? "" : " ") + xml::legal(column);
    if (!columns.empty()) node.append_attribute("columns").set_value(columns.c_str());
}

void write_doubtful(pugi::xml_node root, const DoubtfulColumn& doubtful) {
    pugi::xml_document document;
    pugi::xml_node node = document.append_child("column");
    node.append_attribute("table").set_value(xml::legal(doubtful.column.table).c_str());
    node.append_attribute("name").set_value(xml::legal(doubtful.column.column).c_str());
    node.append_attribute("category").set_value(std::string{to_string(doubtful.column.category)}.c_str());
    std::ostringstream out;
    node.print(out, "", pugi::format_raw, pugi::encoding_utf8);
    put_before(
        root, {},
        comment_of(doubtful.evidence, doubtful.confidence, true) + "\n" + fit_for_comment("    " + out.str() + " "));
}

}  // namespace

std::string write_mapping(const Draft& draft) {
    pugi::xml_document document;
    pugi::xml_node declaration = document.append_child(pugi::node_declaration);
    declaration.append_attribute("version").set_value("1.0");
    declaration.append_attribute("encoding").set_value("UTF-8");
    put_before(document, {}, introduction);
    pugi::xml_node root = document.append_child("profile");
    root.append_attribute("name").set_value(draft.profile.name.c_str());
    root.append_attribute("title").set_value(draft.profile.title.c_str());
    root.append_attribute("versions").set_value(draft.profile.versions.c_str());
    root.append_attribute("draft").set_value("true");
    for (const DraftNote& note : draft.notes) {
        if (note.entity.empty()) put_before(root, {}, comment_of(note));
    }
    for (const Signature& signature : draft.profile.signatures) write_signature(root, signature);
    for (const Entity& entity : draft.profile.entities) write_entity(root, draft, entity);
    if (!draft.doubtful_columns.empty()) {
        put_before(root, {},
                   " Columns whose category is doubtful. Take a line out of its comment to declare what the column "
                   "holds, or put none as its category. ");
    }
    for (const DoubtfulColumn& each : draft.doubtful_columns) write_doubtful(root, each);
    std::ostringstream out;
    document.save(out, "  ", pugi::format_default, pugi::encoding_utf8);
    return out.str();
}

}  // namespace crmaudit::policies
