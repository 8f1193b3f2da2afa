#include "policies/rule_texts.h"

#include <array>
#include <map>
#include <set>
#include <string>

#include "auditor/xml/text.h"
#include "policies/read.h"

namespace crmaudit::policies {
namespace {

struct Part {
    const char* name;
    Texts RuleTexts::*texts;
};

constexpr std::array<Part, 5> parts{{{"title", &RuleTexts::title},
                                     {"what", &RuleTexts::what},
                                     {"why", &RuleTexts::why},
                                     {"remedy", &RuleTexts::remedy},
                                     {"false-positives", &RuleTexts::false_positives}}};

/// Nobody sees that the German text still says what the English one no longer does.
void require_same_parts(const xml::Document& document, pugi::xml_node rule,
                        std::map<std::string, std::set<std::string>>& stated) {
    for (const Part& part : parts) {
        for (const auto& [here, there] : {std::pair{"en", "de"}, std::pair{"de", "en"}}) {
            if (!stated[here].contains(part.name) || stated[there].contains(part.name)) continue;
            document.fail(rule, "<" + std::string{part.name} + "> is stated in '" + here + "' and not in '" + there +
                                    "'; an inherited text changes in both");
        }
    }
}

}  // namespace

void read_rule_texts(const xml::Document& document, pugi::xml_node node, Rule& rule, bool inherited) {
    std::map<std::string, std::set<std::string>> stated;
    for (const pugi::xml_node text : node.children("text")) {
        const std::string language = text.attribute("lang").value();
        if (stated.contains(language)) {
            document.fail(text, "a second <text> in language '" + language + "' in rule '" + rule.id + "'");
        }
        stated[language];
        for (const Part& part : parts) {
            const pugi::xml_node child = text.child(part.name);
            Texts& texts = rule.texts.*part.texts;
            if (child) {
                texts[language] = xml::collapsed(child.text().get());
                stated[language].insert(part.name);
            } else if (!texts.contains(language)) {
                document.fail(text, "the text in language '" + language + "' of rule '" + rule.id + "' lacks <" +
                                        part.name + ">");
            }
        }
    }
    if (inherited) require_same_parts(document, node, stated);
    require_languages(document, node, rule.texts.title, "text");
}

}  // namespace crmaudit::policies
