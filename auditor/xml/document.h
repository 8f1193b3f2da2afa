// XML files checked against their schema before anyone reads them. Messages name file, line and what is wrong.
#pragma once

#include <pugixml.hpp>
#include <stdexcept>
#include <string>
#include <string_view>

namespace crmaudit::xml {

/// A file that is not well-formed, not valid, or means something impossible: "gdpr.xml:12: …".
class DocumentError : public std::runtime_error {
public:
    using std::runtime_error::runtime_error;
};

/// A document with its text, so that every element knows its line.
class Document {
public:
    /// Parses `text` and validates it against the schema `xsd`. `name` is what messages call the file.
    /// No entity, network or file reference is ever followed. Throws DocumentError.
    Document(std::string name, std::string text, std::string_view xsd);

    pugi::xml_node root() const { return tree_.document_element(); }
    const std::string& name() const { return name_; }
    const std::string& text() const { return text_; }

    /// Throws DocumentError "<file>:<line>: <message>" for an element.
    [[noreturn]] void fail(pugi::xml_node at, const std::string& message) const;

    int line_of(pugi::xml_node node) const;

private:
    std::string name_;
    std::string text_;
    pugi::xml_document tree_;
};

}  // namespace crmaudit::xml
