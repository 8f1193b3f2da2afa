#include "reports/result_document.h"

#include "auditor/digest/sha256.h"

namespace crmaudit::reports {
namespace {

struct StringWriter final : pugi::xml_writer {
    std::string text;
    void write(const void* data, std::size_t size) override { text.append(static_cast<const char*>(data), size); }
};

}  // namespace

std::string serialised(pugi::xml_node element) {
    StringWriter writer;
    element.print(writer, "  ", pugi::format_indent, pugi::encoding_utf8);
    // Tabs can only stand in names and texts here. A parser turns a plain one within an attribute into a space.
    std::string text;
    text.reserve(writer.text.size());
    for (const char c : writer.text) {
        if (c == '\t') {
            text += "&#9;";
        } else {
            text += c;
        }
    }
    return text;
}

bool parse(pugi::xml_document& tree, const std::string& text) {
    return tree.load_buffer(text.data(), text.size(), pugi::parse_default | pugi::parse_ws_pcdata_single);
}

std::string content_checksum(pugi::xml_node root) {
    pugi::xml_document copy;
    pugi::xml_node content = copy.append_copy(root);
    for (pugi::xml_node run : content.children("statement-run")) run.remove_attribute("milliseconds");
    return digest::sha256(serialised(content));
}

}  // namespace crmaudit::reports
