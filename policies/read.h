// Reads that the loaders share: texts in several languages and lists of categories.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "auditor/model/category.h"
#include "auditor/model/text.h"
#include "auditor/xml/document.h"

namespace crmaudit::policies {

/// The text of each <name lang="…">, white space collapsed. Fails when a language comes twice, or when English or
/// German is missing: reports are written in both.
Texts read_texts(const xml::Document& document, pugi::xml_node parent, const char* name);

/// Fails at `parent` unless the texts have English and German; `what` names them in the message.
void require_languages(const xml::Document& document, pugi::xml_node parent, const Texts& texts, std::string_view what);

/// Fails at `at` for a word that is no category.
std::vector<Category> read_categories(const xml::Document& document, pugi::xml_node at,
                                      const std::vector<std::string>& words);

/// The element's text as a list: "birth date, date of birth" are two items. White space collapsed, empty items left
/// out.
std::vector<std::string> read_items(pugi::xml_node node);

/// The text without any white space, which is layout in expressions.
std::string without_layout(std::string_view text);

}  // namespace crmaudit::policies
