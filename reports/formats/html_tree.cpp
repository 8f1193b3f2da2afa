#include "reports/formats/html_tree.h"

#include <algorithm>
#include <array>

#include "auditor/xml/text.h"

namespace crmaudit::reports::html {
namespace {

struct StringWriter final : pugi::xml_writer {
    std::string text;
    void write(const void* data, std::size_t size) override { text.append(static_cast<const char*>(data), size); }
};

/// White space before these elements means nothing, so each can start a line of its own.
constexpr std::array<std::string_view, 32> blocks{
    "article", "body",    "caption", "dd",      "details", "div",   "dl",    "dt",    "footer", "h1", "h2",
    "h3",      "h4",      "h5",      "head",    "header",  "li",    "main",  "meta",  "nav",    "ol", "p",
    "pre",     "section", "style",   "summary", "table",   "tbody", "thead", "title", "tr",     "ul"};

bool starts_block(std::string_view tag_onwards) {
    const auto end = tag_onwards.find_first_of(" >");
    return std::binary_search(blocks.begin(), blocks.end(), tag_onwards.substr(0, end));
}

}  // namespace

void set(Node node, const char* name, std::string_view value) {
    node.append_attribute(name).set_value(xml::legal(value).c_str());
}

Node add(Node parent, const char* tag, const char* css_class) {
    const Node node = parent.append_child(tag);
    if (css_class != nullptr) set(node, "class", css_class);
    return node;
}

Node add_text(Node parent, const char* tag, std::string_view text, const char* css_class) {
    const Node node = add(parent, tag, css_class);
    append_text(node, text);
    return node;
}

void append_text(Node parent, std::string_view text) {
    if (!text.empty()) parent.append_child(pugi::node_pcdata).set_value(xml::legal(text).c_str());
}

void add_link(Node parent, const std::string& target, std::string_view text) {
    set(add_text(parent, "a", text), "href", target);
}

void add_name(Node parent, std::string_view name) { add_text(parent, "code", name); }

void add_mark(Node parent, Severity severity) {
    const char* path = "";
    switch (severity) {
        case Severity::critical: path = "M5 1h6l4 4v6l-4 4H5l-4-4V5z"; break;
        case Severity::high: path = "M8 1.5 15.5 14.5H.5z"; break;
        case Severity::medium: path = "M8 1l7 7-7 7-7-7z"; break;
        case Severity::low: path = "M8 2.5a5.5 5.5 0 1 0 0 11 5.5 5.5 0 1 0 0-11z"; break;
    }
    const Node svg = add(parent, "svg", "mark");
    set(svg, "viewBox", "0 0 16 16");
    set(svg, "aria-hidden", "true");
    set(add(svg, "path"), "d", path);
}

void add_bar(Node parent, std::int64_t part, std::int64_t whole) {
    if (whole <= 0) return;
    const std::int64_t percent = std::clamp<std::int64_t>(part * 100 / whole, part > 0 ? 1 : 0, 100);
    const Node bar = add(parent, "span", "bar");
    set(bar, "aria-hidden", "true");
    set(add(bar, "span"), "style", "width:" + std::to_string(percent) + "%");
}

Table add_table(Node parent, std::string_view caption, const std::vector<Header>& headers) {
    const Node table = add(add(parent, "div", "scroll"), "table");
    add_text(table, "caption", caption);
    const Node row = add(add(table, "thead"), "tr");
    for (const Header& header : headers) {
        set(add_text(row, "th", header.text, header.number ? "number" : nullptr), "scope", "col");
    }
    return {table, add(table, "tbody")};
}

std::string document_text(Node root) {
    StringWriter writer;
    root.print(writer, "", pugi::format_raw | pugi::format_no_empty_element_tags, pugi::encoding_utf8);
    // In text and attributes '<' is escaped, so each one here starts a tag.
    std::string text = "<!DOCTYPE html>";
    const std::string_view raw = writer.text;
    constexpr std::string_view needless_end = "</meta>";
    for (std::size_t at = 0; at < raw.size();) {
        if (raw[at] == '<') {
            if (raw.substr(at, needless_end.size()) == needless_end) {
                at += needless_end.size();
                continue;
            }
            if (starts_block(raw.substr(at + 1))) text += '\n';
        }
        text += raw[at++];
    }
    return text + "\n";
}

}  // namespace crmaudit::reports::html
