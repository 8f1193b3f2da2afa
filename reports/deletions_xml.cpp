#include "reports/deletions_xml.h"

#include <charconv>

#include "auditor/model/deletions.h"
#include "reports/set_xml.h"

namespace crmaudit::reports {
namespace {

using pugi::xml_node;

std::string text(xml_node node, const char* name) { return node.attribute(name).value(); }

std::int64_t amount(const xml::Document& document, xml_node node, const char* name) {
    const std::string digits = text(node, name);
    std::int64_t value = 0;
    const auto read = std::from_chars(digits.data(), digits.data() + digits.size(), value);
    if (read.ec != std::errc{}) document.fail(node, std::string{name} + " '" + digits + "' is no number");
    return value;
}

}  // namespace

void add_deletions(xml_node root, const AuditResult& result) {
    for (const Deletion& each : result.deletions) {
        const xml_node node = root.append_child("deletion");
        set(node, "script", each.script);
        set(node, "rule", each.rule);
        set(node, "entity", each.entity);
        set(node, "policy", each.policy);
        set(node, "policy-digest", each.policy_digest);
        set(node, "cut-off", each.cut_off);
        set(node, "run-on", each.run_on);
        set(node, "expected", each.expected);
        set(node, "done", each.done);
        set(node, "spared", each.spared);
        set(node, "not-reached", each.not_reached);
        if (is_checked_again(result, each)) set(node, "still-found", each.still_found);
    }
}

void add_purposes(xml_node root, const std::vector<Purpose>& purposes) {
    for (const Purpose& each : purposes) {
        xml_node node = root.append_child("purpose");
        set(node, "id", each.id);
        std::string categories;
        for (const Category category : each.justifies) {
            categories += (categories.empty() ? "" : " ") + std::string{to_string(category)};
        }
        set(node, "justifies", categories);
        for (const auto& [language, title] : each.title) set(add_text(node, "title", title), "lang", language);
    }
}

std::vector<Deletion> read_deletions(const xml::Document& document, xml_node root) {
    std::vector<Deletion> deletions;
    for (const xml_node node : root.children("deletion")) {
        Deletion each{text(node, "script"),        text(node, "rule"),    text(node, "entity"), text(node, "policy"),
                      text(node, "policy-digest"), text(node, "cut-off"), text(node, "run-on")};
        each.expected = amount(document, node, "expected");
        each.done = amount(document, node, "done");
        each.spared = amount(document, node, "spared");
        each.not_reached = amount(document, node, "not-reached");
        if (node.attribute("still-found")) each.still_found = amount(document, node, "still-found");
        deletions.push_back(std::move(each));
    }
    return deletions;
}

std::vector<Purpose> read_purposes(const xml::Document& document, xml_node root) {
    std::vector<Purpose> purposes;
    for (const xml_node node : root.children("purpose")) {
        Purpose each{text(node, "id"), {}, {}};
        const std::string words = text(node, "justifies");
        for (std::size_t at = 0; at < words.size();) {
            const auto end = std::min(words.find(' ', at), words.size());
            const std::string word = words.substr(at, end - at);
            const auto category = category_from(word);
            if (!category) document.fail(node, "'" + word + "' is no category");
            each.justifies.push_back(*category);
            at = end + 1;
        }
        for (const xml_node title : node.children("title")) each.title[text(title, "lang")] = title.text().get();
        purposes.push_back(std::move(each));
    }
    return purposes;
}

}  // namespace crmaudit::reports
