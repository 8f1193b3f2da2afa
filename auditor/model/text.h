// Texts for people in the languages of the reports. Every text has at least English.
#pragma once

#include <map>
#include <string>
#include <string_view>

namespace crmaudit {

/// Language code ("en", "de") → text.
using Texts = std::map<std::string, std::string, std::less<>>;

/// The text in the language, else in English, else empty.
inline std::string_view in_language(const Texts& texts, std::string_view language) {
    auto found = texts.find(language);
    if (found == texts.end()) found = texts.find("en");
    return found == texts.end() ? std::string_view{} : std::string_view{found->second};
}

}  // namespace crmaudit
