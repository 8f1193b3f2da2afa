#include "reports/keepsakes_xml.h"

#include "auditor/xml/suppression_xml.h"
#include "reports/set_xml.h"

namespace crmaudit::reports {

void write_keepsakes(pugi::xml_node root, const AuditResult& result) {
    if (result.evidence_kept) {
        const pugi::xml_node evidence = root.append_child("evidence");
        set(evidence, "keep", to_string(*result.evidence_kept));
    }
    for (const SuppressionPlace& place : result.suppression) {
        pugi::xml_node node = root.append_child("suppression");
        set_unless_empty(node, "schema", place.table.schema);
        set(node, "table", place.table.name);
        set(node, "address", place.address);
        for (const Assignment& each : place.others) {
            const pugi::xml_node other = node.append_child("set");
            set(other, "column", each.column);
            if (each.value) set(other, "value", *each.value);
        }
    }
}

void read_keepsakes(const xml::Document& document, pugi::xml_node root, AuditResult& result) {
    if (const pugi::xml_node node = root.child("evidence")) {
        result.evidence_kept = parse_period(node.attribute("keep").value());
        if (!result.evidence_kept) document.fail(node, "keep is no period");
    }
    result.suppression = xml::read_suppression(root);
}

}  // namespace crmaudit::reports
