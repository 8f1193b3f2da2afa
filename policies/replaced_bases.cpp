#include "policies/replaced_bases.h"

#include <algorithm>
#include <set>
#include <string>
#include <vector>

#include "auditor/model/suggestion.h"

namespace crmaudit::policies {
namespace {

struct Replacement {
    LegalBasis of;  // without an article: every article of the law
    std::vector<LegalBasis> by;
};

std::set<std::string> laws_in(const Policy& policy) {
    std::set<std::string> laws;
    for (const Rule& rule : policy.rules) {
        for (const LegalBasis& basis : rule.basis) laws.insert(basis.law);
    }
    return laws;
}

/// The one for the article; else the one for the whole law.
const Replacement* find(const std::vector<Replacement>& replacements, const LegalBasis& basis) {
    const Replacement* whole = nullptr;
    for (const Replacement& each : replacements) {
        if (each.of == basis) return &each;
        if (each.of.law == basis.law && each.of.article.empty()) whole = &each;
    }
    return whole;
}

void add_once(std::vector<LegalBasis>& bases, LegalBasis basis) {
    if (std::find(bases.begin(), bases.end(), basis) == bases.end()) bases.push_back(std::move(basis));
}

std::vector<LegalBasis> replaced(const std::vector<LegalBasis>& inherited,
                                 const std::vector<Replacement>& replacements) {
    std::vector<LegalBasis> bases;
    for (const LegalBasis& basis : inherited) {
        const Replacement* found = find(replacements, basis);
        if (found == nullptr) {
            add_once(bases, basis);
            continue;
        }
        for (const LegalBasis& by : found->by) {
            const bool keeps_article = by.article.empty() && found->of.article.empty();
            add_once(bases, {by.law, keeps_article ? basis.article : by.article});
        }
    }
    return bases;
}

}  // namespace

void replace_bases(const xml::Document& document, Policy& inherited) {
    const std::set<std::string> laws = laws_in(inherited);
    std::vector<Replacement> replacements;
    for (const pugi::xml_node node : document.root().children("instead")) {
        Replacement& replacement = replacements.emplace_back();
        replacement.of = {node.attribute("of").value(), node.attribute("article").value()};
        if (!laws.contains(replacement.of.law)) {
            document.fail(node, "<instead>: no inherited rule rests on '" + replacement.of.law + "'" +
                                    suggestion(replacement.of.law, {laws.begin(), laws.end()}));
        }
        for (const pugi::xml_node by : node.children("basis")) {
            replacement.by.push_back({by.attribute("law").value(), by.attribute("article").value()});
        }
    }
    for (Rule& rule : inherited.rules) rule.basis = replaced(rule.basis, replacements);
}

}  // namespace crmaudit::policies
