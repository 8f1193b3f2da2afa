#include "reports/remedies_xml.h"

#include "reports/set_xml.h"

namespace crmaudit::reports {
namespace {

using pugi::xml_node;

void write(xml_node parent, const Revocation& revocation) {
    xml_node node = parent.append_child("revocation");
    const ListedGrant& grant = revocation.grant;
    set(node, "on", to_string(grant.on));
    set_unless_empty(node, "schema", grant.schema);
    set_unless_empty(node, "name", grant.name);
    set_unless_empty(node, "grantor", grant.grantor);
    set_unless_empty(node, "creator", grant.creator);
    if (grant.option) set(node, "option", true);
    if (revocation.depends) set(node, "depends", true);
    if (revocation.lost_later) set(node, "lost-later", true);
    if (!grant.holder.name.empty()) {
        const xml_node holder = node.append_child("holder");
        set(holder, "name", grant.holder.name);
        if (!grant.holder.host.empty()) {
            set(holder, "user", grant.holder.user);
            set(holder, "host", grant.holder.host);
        }
    }
    add_texts(node, "rule", revocation.rules);
    add_texts(node, "column", grant.columns);
    add_texts(node, "privilege", grant.privileges);
    add_texts(node, "optional", grant.optional);
    for (const LostRight& each : revocation.lost) {
        const xml_node lost = node.append_child("lost");
        set_unless_empty(lost, "principal", each.principal);
        set(lost, "category", to_string(each.category));
        set(lost, "right", to_string(each.right));
    }
}

template <typename Value>
Value word(const xml::Document& document, xml_node node, const char* name,
           std::optional<Value> (*from)(std::string_view)) {
    const std::string given = node.attribute(name).value();
    const auto value = from(given);
    if (!value) document.fail(node, "'" + given + "' is no " + name);
    return *value;
}

Revocation read(const xml::Document& document, xml_node node) {
    Revocation revocation;
    ListedGrant& grant = revocation.grant;
    grant.on = word(document, node, "on", granted_on_from);
    grant.schema = node.attribute("schema").value();
    grant.name = node.attribute("name").value();
    grant.grantor = node.attribute("grantor").value();
    grant.creator = node.attribute("creator").value();
    grant.option = node.attribute("option").as_bool();
    revocation.depends = node.attribute("depends").as_bool();
    revocation.lost_later = node.attribute("lost-later").as_bool();
    const xml_node holder = node.child("holder");
    grant.holder = {holder.attribute("name").value(), holder.attribute("user").value(),
                    holder.attribute("host").value()};
    revocation.rules = texts(node, "rule");
    grant.columns = texts(node, "column");
    grant.privileges = texts(node, "privilege");
    grant.optional = texts(node, "optional");
    for (const xml_node each : node.children("lost")) {
        revocation.lost.push_back({each.attribute("principal").value(), word(document, each, "category", category_from),
                                   word(document, each, "right", access_right_from)});
    }
    return revocation;
}

}  // namespace

void write_remedies(xml_node root, const AuditResult& result) {
    const Remedies& remedies = result.remedies;
    if (remedies == Remedies{}) return;
    xml_node node = root.append_child("remedies");
    for (const Revocation& each : remedies.revocations) write(node, each);
    for (const Unmended& each : remedies.unmended) {
        const xml_node unmended = node.append_child("unmended");
        set(unmended, "rule", each.rule);
        set_unless_empty(unmended, "principal", each.principal);
        set(unmended, "reason", each.reason);
    }
}

void read_remedies(const xml::Document& document, xml_node root, AuditResult& result) {
    const xml_node node = root.child("remedies");
    for (const xml_node each : node.children("revocation")) {
        result.remedies.revocations.push_back(read(document, each));
    }
    for (const xml_node each : node.children("unmended")) {
        result.remedies.unmended.push_back(
            {each.attribute("rule").value(), each.attribute("principal").value(), each.attribute("reason").value()});
    }
}

}  // namespace crmaudit::reports
