// HTML as a tree: what is added as text stays text, whatever it holds.
#pragma once

#include <pugixml.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "auditor/model/policy.h"

namespace crmaudit::reports::html {

using Node = pugi::xml_node;

/// Sets an attribute.
void set(Node node, const char* name, std::string_view value);

/// Appends an element, with a class when one is given.
Node add(Node parent, const char* tag, const char* css_class = nullptr);

/// Appends an element that holds a text.
Node add_text(Node parent, const char* tag, std::string_view text, const char* css_class = nullptr);

/// Appends text to an element.
void append_text(Node parent, std::string_view text);

void add_link(Node parent, const std::string& target, std::string_view text);

/// A name of the database, kept apart from the text around it even where it holds marks of writing direction.
void add_name(Node parent, std::string_view name);

/// The shape that stands for a severity beside its word and colour; hidden from screen readers, which read the word.
void add_mark(Node parent, Severity severity);

/// A bar from 0 to 100 percent; hidden from screen readers, which read the number beside it.
void add_bar(Node parent, std::int64_t part, std::int64_t whole);

/// A table that scrolls by itself where it is wider than the page.
struct Table {
    Node table;
    Node body;
};
struct Header {
    std::string text;
    bool number = false;
};
Table add_table(Node parent, std::string_view caption, const std::vector<Header>& headers);

/// The document as text. Only for trees whose root is <html>.
std::string document_text(Node root);

}  // namespace crmaudit::reports::html
