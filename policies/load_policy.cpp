#include <algorithm>
#include <array>
#include <string>

#include "auditor/digest/sha256.h"
#include "auditor/model/suggestion.h"
#include "auditor/xml/read.h"
#include "auditor/xml/text.h"
#include "policies/files.h"
#include "policies/load.h"
#include "policies/read.h"
#include "policies/residency.h"

namespace crmaudit::policies {
namespace {

constexpr std::array<std::string_view, 3> periods{"after", "within", "undue_delay"};

constexpr std::array<std::string_view, 3> whole_numbers{"at_least", "min_cell", "rows"};

bool is_whole_number(const std::string& text) {
    return !text.empty() && text.size() <= 9 && text.find_first_not_of("0123456789") == std::string::npos;
}

bool is_percentage(const std::string& text) { return is_whole_number(text) && std::stoi(text) <= 100; }

class PolicyReader {
public:
    PolicyReader(const xml::Document& document, const std::vector<std::string>& known_checks,
                 const std::map<std::string, std::string>& needed)
        : document_(document), known_checks_(known_checks), needed_(needed) {}

    Policy read() const {
        const pugi::xml_node root = document_.root();
        Policy policy;
        policy.name = root.attribute("name").value();
        policy.title = read_texts(document_, root, "title");
        if (const auto node = root.child("residency")) policy.residency = read_residency(document_, node);
        for (const pugi::xml_node node : root.children("rule")) {
            if (policy.find(node.attribute("id").value()) != nullptr) fail_twice(node);
            policy.rules.push_back(rule(node));
        }
        for (const pugi::xml_node node : root.children("purpose")) {
            Purpose read = purpose(node);
            const auto same_id = [&](const Purpose& other) { return other.id == read.id; };
            if (std::any_of(policy.purposes.begin(), policy.purposes.end(), same_id)) fail_twice(node);
            policy.purposes.push_back(std::move(read));
        }
        for (const pugi::xml_node node : root.children("access")) policy.access.push_back(access(node));
        policy.digest = digest::sha256(document_.text());
        return policy;
    }

private:
    [[noreturn]] void fail_twice(pugi::xml_node node) const {
        document_.fail(node, "a second <" + std::string{node.name()} + "> with id '" + node.attribute("id").value() +
                                 "'; ids must differ");
    }

    Rule rule(pugi::xml_node node) const {
        Rule rule;
        rule.id = node.attribute("id").value();
        rule.check = node.attribute("check").value();
        if (std::find(known_checks_.begin(), known_checks_.end(), rule.check) == known_checks_.end()) {
            document_.fail(node, "rule '" + rule.id + "': unknown check '" + rule.check + "'" +
                                     suggestion(rule.check, known_checks_));
        }
        const auto severity = severity_from(node.attribute("severity").value());
        if (!severity) document_.fail(node, "rule '" + rule.id + "': unknown severity");
        rule.severity = *severity;
        for (const pugi::xml_node basis : node.children("basis")) {
            rule.basis.push_back({basis.attribute("law").value(), basis.attribute("article").value()});
        }
        for (const pugi::xml_node each : node.children("parameter")) add_parameter(rule, each);
        const auto needed = needed_.find(rule.check);
        if (needed != needed_.end() && rule.parameter(needed->second).empty()) {
            document_.fail(node,
                           "rule '" + rule.id + "' needs <parameter name=\"" + needed->second + "\" value=\"…\"/>");
        }
        for (const pugi::xml_node each : node.children("text")) add_text(rule, each);
        require_languages(document_, node, rule.texts.title, "text");
        return rule;
    }

    void add_parameter(Rule& rule, pugi::xml_node node) const {
        const std::string name = node.attribute("name").value();
        std::string value = xml::collapsed(node.attribute("value").value());
        const auto items = node.children("value");
        if (value.empty() == items.empty()) {
            document_.fail(node, "parameter '" + name + "' takes either value=\"…\" or <value> elements");
        }
        for (const pugi::xml_node item : items)
            value += (value.empty() ? "" : "\n") + xml::collapsed(item.text().get());
        if (std::find(periods.begin(), periods.end(), name) != periods.end() && !parse_period(value)) {
            document_.fail(node, "parameter '" + name + "': '" + value +
                                     "' is no period; write it as in P3Y (years), P1M (months) or P30D (days)");
        }
        if (name == "missing_activity" && value != "created" && value != "unknown") {
            document_.fail(node, "parameter 'missing_activity' is 'created' or 'unknown'");
        }
        if (name == "share" && !is_percentage(value)) {
            document_.fail(node, "parameter 'share' is a percentage from 0 to 100");
        }
        if (std::find(whole_numbers.begin(), whole_numbers.end(), name) != whole_numbers.end() &&
            !is_whole_number(value)) {
            document_.fail(node, "parameter '" + name + "' is a whole number");
        }
        if (!rule.parameters.emplace(name, value).second) {
            document_.fail(node, "a second parameter '" + name + "' in rule '" + rule.id + "'");
        }
        if (name == "categories") read_categories(document_, node, rule.words(name));
    }

    void add_text(Rule& rule, pugi::xml_node node) const {
        const std::string language = node.attribute("lang").value();
        if (rule.texts.title.contains(language)) {
            document_.fail(node, "a second <text> in language '" + language + "' in rule '" + rule.id + "'");
        }
        const auto text = [&](const char* name) { return xml::collapsed(node.child(name).text().get()); };
        rule.texts.title[language] = text("title");
        rule.texts.what[language] = text("what");
        rule.texts.why[language] = text("why");
        rule.texts.remedy[language] = text("remedy");
        rule.texts.false_positives[language] = text("false-positives");
    }

    Purpose purpose(pugi::xml_node node) const {
        return {node.attribute("id").value(), read_categories(document_, node, xml::read_words(node, "justifies")),
                read_texts(document_, node, "title")};
    }

    Access access(pugi::xml_node node) const {
        return {node.attribute("principal").value(),
                read_categories(document_, node, xml::read_words(node, "categories")),
                xml::collapsed(node.attribute("reason").value())};
    }

    const xml::Document& document_;
    const std::vector<std::string>& known_checks_;
    const std::map<std::string, std::string>& needed_;
};

}  // namespace

Policy load_policy(const std::string& name_or_path, const std::vector<std::string>& known_checks,
                   const std::map<std::string, std::string>& needed) {
    const xml::Document document = open(policy_shelf, name_or_path);
    return PolicyReader{document, known_checks, needed}.read();
}

std::vector<std::string> shipped_policy_names() { return shipped_names(policy_shelf); }

}  // namespace crmaudit::policies
