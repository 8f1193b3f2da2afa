#include "reports/set_xml.h"

#include <array>
#include <charconv>

#include "auditor/xml/text.h"

namespace crmaudit::reports {

void set(pugi::xml_node node, const char* name, std::string_view value) {
    node.append_attribute(name).set_value(xml::legal(value).c_str());
}

void set(pugi::xml_node node, const char* name, const char* value) { set(node, name, std::string_view{value}); }

void set(pugi::xml_node node, const char* name, bool value) { set(node, name, value ? "true" : "false"); }

void set(pugi::xml_node node, const char* name, std::int64_t value) { set(node, name, std::to_string(value)); }

void set(pugi::xml_node node, const char* name, double value) {
    std::array<char, 32> digits{};
    const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), value).ptr;
    set(node, name, std::string_view{digits.data(), static_cast<std::size_t>(end - digits.data())});
}

void set_unless_empty(pugi::xml_node node, const char* name, std::string_view value) {
    if (!value.empty()) set(node, name, value);
}

pugi::xml_node add_text(pugi::xml_node parent, const char* name, std::string_view text) {
    const pugi::xml_node node = parent.append_child(name);
    node.text().set(xml::legal(text).c_str());
    return node;
}

void add_texts(pugi::xml_node parent, const char* name, const std::vector<std::string>& texts) {
    for (const std::string& text : texts) add_text(parent, name, text);
}

std::vector<std::string> texts(pugi::xml_node parent, const char* name) {
    std::vector<std::string> found;
    for (const pugi::xml_node each : parent.children(name)) found.emplace_back(each.text().get());
    return found;
}

}  // namespace crmaudit::reports
