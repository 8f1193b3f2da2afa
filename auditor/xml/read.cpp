#include "auditor/xml/read.h"

#include <sstream>

namespace crmaudit::xml {

std::vector<pugi::xml_node> elements(pugi::xml_node parent) {
    std::vector<pugi::xml_node> found;
    for (const pugi::xml_node child : parent.children()) {
        if (child.type() == pugi::node_element) found.push_back(child);
    }
    return found;
}

ColumnKind read_kind(const Document& document, pugi::xml_node element, const char* attribute_name) {
    const pugi::xml_attribute given = element.attribute(attribute_name);
    if (!given) return ColumnKind::unknown;
    const auto kind = column_kind_from(given.value());
    if (!kind) document.fail(element, std::string{given.value()} + " is no kind of column");
    return *kind;
}

bool read_flag(pugi::xml_node element, const char* attribute_name) {
    const std::string value = element.attribute(attribute_name).value();
    return value == "true" || value == "1";
}

std::vector<std::string> read_words(pugi::xml_node element, const char* attribute_name) {
    std::istringstream stream{element.attribute(attribute_name).value()};
    std::vector<std::string> words;
    for (std::string word; stream >> word;) words.push_back(word);
    return words;
}

}  // namespace crmaudit::xml
