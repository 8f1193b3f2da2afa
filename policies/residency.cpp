#include "policies/residency.h"

#include <algorithm>

#include "auditor/model/suggestion.h"
#include "auditor/xml/read.h"
#include "policies/files.h"
#include "policies/read.h"

namespace crmaudit::policies {
namespace {

struct Country {
    std::string code;
    std::string phone;
    std::string domain;
    std::vector<std::string> spellings;
};

std::vector<Country> countries() {
    const xml::Document document = open(country_shelf, "world");
    std::vector<Country> all;
    for (const pugi::xml_node node : document.root().children("country")) {
        Country country{node.attribute("code").value(), node.attribute("phone").value(),
                        node.attribute("domain").value(), read_items(node)};
        country.spellings.insert(country.spellings.begin(), country.code);
        all.push_back(std::move(country));
    }
    return all;
}

void add_once(std::vector<std::string>& list, const std::string& item) {
    if (std::find(list.begin(), list.end(), item) == list.end()) list.push_back(item);
}

void require_code(const xml::Document& document, pugi::xml_node node, const std::string& code,
                  const std::vector<Country>& all) {
    std::vector<std::string> codes;
    for (const Country& each : all) codes.push_back(each.code);
    if (std::find(codes.begin(), codes.end(), code) != codes.end()) return;
    document.fail(node, "no country has the code '" + code + "'" + suggestion(code, codes) +
                            "; write the two letters of ISO 3166-1, as DE");
}

}  // namespace

Residency read_residency(const xml::Document& document, pugi::xml_node node,
                         const std::optional<Residency>& inherited) {
    const std::vector<Country> all = countries();
    Residency residency = inherited.value_or(Residency{});
    if (const auto controller = node.attribute("controller")) {
        residency.controller = controller.value();
        require_code(document, node, residency.controller, all);
    }
    if (!node.attribute("inside")) {
        if (residency.inside.empty()) {
            document.fail(node, "<residency> needs inside=\"…\", the codes of the countries where the law applies");
        }
        return residency;
    }
    residency.inside = xml::read_words(node, "inside");
    if (node.attribute("domains")) residency.domains = xml::read_words(node, "domains");
    residency.outside.clear();
    residency.phone_prefixes.clear();
    for (const std::string& code : residency.inside) require_code(document, node, code, all);
    for (const Country& country : all) {
        if (std::find(residency.inside.begin(), residency.inside.end(), country.code) == residency.inside.end()) {
            residency.outside.insert(residency.outside.end(), country.spellings.begin(), country.spellings.end());
        } else {
            add_once(residency.phone_prefixes, country.phone);
            add_once(residency.domains, country.domain);
        }
    }
    return residency;
}

}  // namespace crmaudit::policies
