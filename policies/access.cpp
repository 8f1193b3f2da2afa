#include "policies/access.h"

#include "auditor/xml/read.h"
#include "auditor/xml/text.h"
#include "policies/read.h"

namespace crmaudit::policies {

Access read_access(const xml::Document& document, pugi::xml_node node) {
    Access access{node.attribute("principal").value(),
                  read_categories(document, node, xml::read_words(node, "categories")),
                  xml::collapsed(node.attribute("reason").value())};
    for (const std::string& word : xml::read_words(node, "rights")) {
        const auto right = access_right_from(word);
        if (!right) document.fail(node, "'" + word + "' is no right; write read, change, delete or export");
        access.rights.push_back(*right);
    }
    access.responsible = xml::collapsed(node.attribute("responsible").value());
    return access;
}

Recipient read_recipient(pugi::xml_node node) {
    return {node.attribute("name").value(), xml::collapsed(node.attribute("reason").value()),
            xml::collapsed(node.attribute("responsible").value())};
}

}  // namespace crmaudit::policies
