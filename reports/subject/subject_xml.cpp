#include "reports/result_document.h"
#include "reports/set_xml.h"
#include "reports/subject/subject.h"

namespace crmaudit::reports {
namespace {

using pugi::xml_node;

void set_table(xml_node node, const TableName& table) {
    set_unless_empty(node, "schema", table.schema);
    set(node, "table", table.name);
}

void add_person(xml_node root, const char* name, const SubjectPerson& person) {
    const xml_node node = root.append_child(name);
    set(node, "entity", person.entity);
    set_table(node, person.table);
    add_texts(node, "key", person.key);
}

void add_table(xml_node parent, const SubjectTable& table) {
    xml_node node = parent.append_child("rows");
    set_table(node, table.table);
    set(node, "topic", to_string(table.topic));
    set(node, "link", to_string(table.link));
    set_unless_empty(node, "via", table.via);
    set(node, "left", table.left);
    for (const SubjectRow& row : table.rows) {
        const xml_node line = node.append_child("row");
        for (const SubjectValue& each : row) {
            const xml_node value = add_text(line, "value", each.text);
            set(value, "column", each.column);
            set(value, "category", to_string(each.category));
            set(value, "shown", to_string(each.shown));
        }
    }
}

void add_titles(xml_node parent, const Texts& texts) {
    for (const auto& [language, text] : texts) set(add_text(parent, "title", text), "lang", language);
}

void add_readers(xml_node root, const SubjectAnswer& answer) {
    xml_node readers = root.append_child("readers");
    set(readers, "known", answer.readers_known);
    for (const SubjectRecipient& each : answer.readers) {
        xml_node reader = readers.append_child("reader");
        set(reader, "principal", each.principal);
        for (const TableName& table : each.tables) set_table(reader.append_child("of"), table);
    }
}

}  // namespace

std::string write_subject_xml(const SubjectAnswer& answer) {
    pugi::xml_document document;
    xml_node root = document.append_child("subject");
    set(root, "xmlns", "urn:crmaudit:subject:1");
    set(root, "schemaVersion", "1.0");
    set(root, "tool-version", answer.run.tool_version);
    set(root, "as-of", to_string(answer.run.as_of));
    set(root, "label", answer.run.label);
    set(root, "database", answer.source.database);
    set(root, "product", answer.source.product);
    set(root, "policy", answer.run.policy);
    set(root, "profile", answer.run.profile);
    set(root, "asked-by", answer.asked_by);
    set(root, "complete", answer.gaps.empty());
    for (const SubjectPerson& each : answer.matches) add_person(root, "match", each);
    for (const SubjectRecord& each : answer.records) {
        xml_node person = root.append_child("person");
        set_unless_empty(person, "entity", each.person.entity);
        add_texts(person, "key", each.person.key);
        for (const SubjectTable& table : each.tables) add_table(person, table);
    }
    for (const Purpose& each : answer.purposes) {
        xml_node purpose = root.append_child("purpose");
        set(purpose, "id", each.id);
        add_titles(purpose, each.title);
        for (const Category category : each.justifies) add_text(purpose, "category", to_string(category));
    }
    for (const Rule& each : answer.periods) {
        const xml_node period = root.append_child("period");
        set(period, "rule", each.id);
        set(period, "after", each.parameter("after"));
        add_titles(period, each.texts.title);
    }
    add_readers(root, answer);
    for (const Gap& each : answer.gaps) {
        const xml_node gap = root.append_child("gap");
        set(gap, "object", each.object);
        set(gap, "reason", each.reason);
    }
    return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n" + serialised(root);
}

}  // namespace crmaudit::reports
