#include "auditor/xml/document.h"

#include <libxml/parser.h>
#include <libxml/xmlschemas.h>

#include <algorithm>
#include <memory>
#include <stdexcept>

namespace crmaudit::xml {
namespace {

constexpr std::size_t longest = std::size_t{1} << 30U;

template <auto Free>
struct Freed {
    template <typename T>
    void operator()(T* pointer) const {
        Free(pointer);
    }
};

/// libxml2 reports through a C callback; only the first message is kept, the rest follow from it.
struct FirstError {
    int line = 0;
    std::string message;
};

void keep_first(void* context, const xmlError* error) {
    auto& first = *static_cast<FirstError*>(context);
    if (!first.message.empty() || error->message == nullptr) return;
    first.line = error->line;
    first.message = error->message;
    while (!first.message.empty() && first.message.back() == '\n') first.message.pop_back();
}

// libxml2 2.9 hands the error to the callback without const, later versions with it.
void keep_first_mutable(void* context, xmlErrorPtr error) { keep_first(context, error); }

/// libxml2's handler is global to the thread: nothing may be left pointing at a stack that is gone.
class ErrorCapture {
public:
    ErrorCapture() { xmlSetStructuredErrorFunc(&first_, keep_first_mutable); }
    ~ErrorCapture() { xmlSetStructuredErrorFunc(nullptr, nullptr); }
    ErrorCapture(const ErrorCapture&) = delete;
    ErrorCapture& operator=(const ErrorCapture&) = delete;

    FirstError& first() { return first_; }

private:
    FirstError first_;
};

void validate(const std::string& name, const std::string& text, std::string_view xsd) {
    ErrorCapture errors;
    const std::unique_ptr<xmlSchemaParserCtxt, Freed<xmlSchemaFreeParserCtxt>> parser{
        xmlSchemaNewMemParserCtxt(xsd.data(), static_cast<int>(xsd.size()))};
    const std::unique_ptr<xmlSchema, Freed<xmlSchemaFree>> schema{xmlSchemaParse(parser.get())};
    if (!schema) throw std::logic_error("schema of " + name + ": " + errors.first().message);

    const auto fail = [&] {
        const FirstError& error = errors.first();
        throw DocumentError(name + ":" + std::to_string(std::max(error.line, 1)) + ": " +
                            (error.message.empty() ? "not a valid XML file" : error.message));
    };
    if (text.size() > longest) throw DocumentError(name + ":1: longer than 1 GiB");
    const std::unique_ptr<xmlDoc, Freed<xmlFreeDoc>> document{
        xmlReadMemory(text.data(), static_cast<int>(text.size()), name.c_str(), nullptr, XML_PARSE_NONET)};
    if (!document) fail();
    if (xmlGetIntSubset(document.get()) != nullptr) {
        throw DocumentError(name + ":1: a document type declaration is not allowed; remove <!DOCTYPE …>");
    }
    const std::unique_ptr<xmlSchemaValidCtxt, Freed<xmlSchemaFreeValidCtxt>> checker{
        xmlSchemaNewValidCtxt(schema.get())};
    xmlSchemaSetValidStructuredErrors(checker.get(), keep_first_mutable, &errors.first());
    if (xmlSchemaValidateDoc(checker.get(), document.get()) != 0) fail();
}

}  // namespace

Document::Document(std::string name, std::string text, std::string_view xsd)
    : name_(std::move(name)), text_(std::move(text)) {
    validate(name_, text_, xsd);
    const auto parsed =
        tree_.load_buffer(text_.data(), text_.size(), pugi::parse_default | pugi::parse_ws_pcdata_single);
    if (!parsed) throw DocumentError(name_ + ":1: " + parsed.description());
}

void Document::fail(pugi::xml_node at, const std::string& message) const {
    throw DocumentError(name_ + ":" + std::to_string(line_of(at)) + ": " + message);
}

int Document::line_of(pugi::xml_node node) const {
    const auto offset = std::clamp<std::ptrdiff_t>(node.offset_debug(), 0, static_cast<std::ptrdiff_t>(text_.size()));
    return 1 + static_cast<int>(std::count(text_.begin(), text_.begin() + offset, '\n'));
}

}  // namespace crmaudit::xml
