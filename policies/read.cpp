#include "policies/read.h"

#include <algorithm>

#include "auditor/model/suggestion.h"
#include "auditor/xml/text.h"

namespace crmaudit::policies {

Texts read_texts(const xml::Document& document, pugi::xml_node parent, const char* name) {
    Texts texts;
    for (const pugi::xml_node node : parent.children(name)) {
        const std::string language = node.attribute("lang").value();
        if (!texts.emplace(language, xml::collapsed(node.text().get())).second) {
            document.fail(node, "a second <" + std::string{name} + "> in language '" + language + "'");
        }
    }
    require_languages(document, parent, texts, name);
    return texts;
}

void require_languages(const xml::Document& document, pugi::xml_node parent, const Texts& texts,
                       std::string_view what) {
    for (const char* language : {"en", "de"}) {
        if (texts.contains(language)) continue;
        document.fail(parent, "<" + std::string{parent.name()} + "> lacks <" + std::string{what} + " lang=\"" +
                                  language + "\">; every text is needed in English and German");
    }
}

std::vector<Category> read_categories(const xml::Document& document, pugi::xml_node at,
                                      const std::vector<std::string>& words) {
    std::vector<Category> categories;
    for (const std::string& word : words) {
        const auto category = category_from(word);
        if (!category || *category == Category::none) {
            std::vector<std::string> known;
            for (const Category each : all_categories()) {
                if (each != Category::none) known.emplace_back(to_string(each));
            }
            document.fail(at, "unknown data category '" + word + "'" + suggestion(word, known));
        }
        categories.push_back(*category);
    }
    return categories;
}

std::vector<std::string> read_items(pugi::xml_node node) {
    const std::string_view text = node.text().get();
    std::vector<std::string> list;
    for (std::size_t start = 0; start <= text.size();) {
        const std::size_t end = std::min(text.find(',', start), text.size());
        std::string item = xml::collapsed(text.substr(start, end - start));
        if (!item.empty()) list.push_back(std::move(item));
        start = end + 1;
    }
    return list;
}

std::string without_layout(std::string_view text) {
    std::string result;
    std::copy_if(text.begin(), text.end(), std::back_inserter(result),
                 [](char c) { return std::string_view{" \t\r\n"}.find(c) == std::string_view::npos; });
    return result;
}

}  // namespace crmaudit::policies
