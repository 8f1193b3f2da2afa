#include <algorithm>
#include <set>
#include <sstream>
#include <string>

#include "auditor/digest/sha256.h"
#include "auditor/model/suggestion.h"
#include "auditor/xml/entity_xml.h"
#include "auditor/xml/read.h"
#include "auditor/xml/text.h"
#include "policies/access.h"
#include "policies/files.h"
#include "policies/load.h"
#include "policies/parameter_values.h"
#include "policies/read.h"
#include "policies/replaced_bases.h"
#include "policies/residency.h"
#include "policies/rule_texts.h"
#include "policies/soundness.h"

namespace crmaudit::policies {
namespace {

/// The check whose rules bring their own rows.
constexpr std::string_view selecting_check = "custom";

class PolicyReader {
public:
    PolicyReader(const xml::Document& document, const std::vector<std::string>& known_checks,
                 const std::map<std::string, std::string>& needed)
        : document_(document), known_checks_(known_checks), needed_(needed) {}

    /// `inherited` is what the policy is built on; an empty one where it names no parent.
    Policy read(Policy inherited) const {
        const pugi::xml_node root = document_.root();
        Policy policy = std::move(inherited);
        policy.name = root.attribute("name").value();
        policy.title = read_texts(document_, root, "title");
        replace_bases(document_, policy);
        read_laws(root, policy);
        if (const auto node = root.child("residency"))
            policy.residency = read_residency(document_, node, policy.residency);
        if (const auto node = root.child("evidence")) policy.evidence_kept = evidence_kept(node);
        read_rules(root, policy);
        read_purposes(root, policy);
        read_access(root, policy);
        for (const pugi::xml_node node : root.children("recipient")) {
            replace_or_add(policy.recipients, read_recipient(node), [](const Recipient& each) { return each.name; });
        }
        policy.digest = digest::sha256(document_.text() + (policy.digest.empty() ? "" : "\n" + policy.digest));
        return policy;
    }

private:
    [[noreturn]] void fail_twice(pugi::xml_node node, const char* key = "id") const {
        document_.fail(node, "a second <" + std::string{node.name()} + "> with " + key + " '" +
                                 node.attribute(key).value() + "'; " + key + "s must differ");
    }

    void read_laws(pugi::xml_node root, Policy& policy) const {
        std::set<std::string> stated;
        for (const pugi::xml_node node : root.children("law")) {
            Law law = this->law(node);
            if (!stated.insert(law.name).second) fail_twice(node, "name");
            replace_or_add(policy.laws, std::move(law), [](const Law& each) { return each.name; });
        }
    }

    Law law(pugi::xml_node node) const {
        Law law{node.attribute("name").value(),
                xml::collapsed(node.attribute("reference").value()),
                node.attribute("checked").value(),
                xml::read_flag(node, "verified"),
                {}};
        if (!law.checked.empty() && !parse_date(law.checked)) {
            document_.fail(node, law.checked + " is no day of the calendar");
        }
        if (law.verified && law.checked.empty()) {
            document_.fail(node, "law '" + law.name + "' is verified: say with checked=\"…\" when");
        }
        if (!law.verified || node.child("note")) law.note = read_texts(document_, node, "note");
        return law;
    }

    Period evidence_kept(pugi::xml_node node) const {
        const std::string stated = node.attribute("keep").value();
        const auto period = parse_period(stated);
        if (!period) document_.fail(node, "keep=\"" + stated + "\" is no period; write it as in P3Y or P18M");
        return *period;
    }

    void read_rules(pugi::xml_node root, Policy& policy) const {
        const std::vector<std::string> inherited = ids_of(policy.rules);
        std::set<std::string> stated;
        for (const pugi::xml_node node : root.children("without")) {
            const std::string id = node.attribute("rule").value();
            if (std::erase_if(policy.rules, [&](const Rule& rule) { return rule.id == id; }) == 0) {
                document_.fail(node, "<without>: no rule '" + id + "' is inherited" + suggestion(id, inherited));
            }
            stated.insert(id);
        }
        for (const pugi::xml_node node : root.children("rule")) {
            const std::string id = node.attribute("id").value();
            if (!stated.insert(id).second) {
                if (policy.find(id) == nullptr) document_.fail(node, "rule '" + id + "' is taken out by <without>");
                fail_twice(node);
            }
            replace_or_add(policy.rules, rule(node, policy.find(id), inherited),
                           [](const Rule& each) { return each.id; });
        }
        if (policy.rules.empty()) document_.fail(root, "the policy has no rule; add <rule>, or a parent=\"…\"");
    }

    void read_purposes(pugi::xml_node root, Policy& policy) const {
        std::set<std::string> stated;
        for (const pugi::xml_node node : root.children("purpose")) {
            Purpose read = purpose(node);
            if (!stated.insert(read.id).second) fail_twice(node);
            replace_or_add(policy.purposes, std::move(read), [](const Purpose& each) { return each.id; });
        }
    }

    /// Entries of a principal take the place of all that were inherited for it.
    void read_access(pugi::xml_node root, Policy& policy) const {
        std::vector<Access> stated;
        for (const pugi::xml_node node : root.children("access"))
            stated.push_back(policies::read_access(document_, node));
        std::erase_if(policy.access, [&](const Access& inherited) {
            return std::any_of(stated.begin(), stated.end(),
                               [&](const Access& each) { return each.principal == inherited.principal; });
        });
        policy.access.insert(policy.access.end(), stated.begin(), stated.end());
    }

    template <typename Part, typename Name>
    static void replace_or_add(std::vector<Part>& parts, Part part, const Name& name) {
        const auto same =
            std::find_if(parts.begin(), parts.end(), [&](const Part& each) { return name(each) == name(part); });
        if (same == parts.end()) {
            parts.push_back(std::move(part));
        } else {
            *same = std::move(part);
        }
    }

    static std::vector<std::string> ids_of(const std::vector<Rule>& rules) {
        std::vector<std::string> ids;
        for (const Rule& rule : rules) ids.push_back(rule.id);
        return ids;
    }

    /// What the element states, over what is inherited.
    Rule rule(pugi::xml_node node, const Rule* inherited, const std::vector<std::string>& inherited_ids) const {
        Rule rule = inherited == nullptr ? Rule{} : *inherited;
        rule.id = node.attribute("id").value();
        if (inherited == nullptr) require_whole(node, rule.id, inherited_ids);
        read_check(node, rule, inherited);
        if (const auto stated = node.attribute("severity")) {
            const auto severity = severity_from(stated.value());
            if (!severity) document_.fail(node, "rule '" + rule.id + "': unknown severity");
            rule.severity = *severity;
        }
        if (const auto stated = node.attribute("purge")) rule.purge = purge_action_from(stated.value()).value();
        read_emptied(node, rule);
        if (node.child("basis")) rule.basis.clear();
        for (const pugi::xml_node basis : node.children("basis")) {
            rule.basis.push_back({basis.attribute("law").value(), basis.attribute("article").value()});
        }
        std::set<std::string> stated;
        for (const pugi::xml_node each : node.children("parameter")) add_parameter(rule, each, stated);
        require_parameters(node, rule);
        read_rows(node, rule);
        read_rule_texts(document_, node, rule, inherited != nullptr);
        return rule;
    }

    void read_emptied(pugi::xml_node node, Rule& rule) const {
        const auto stated = node.attribute("empties");
        if (!stated) return;
        rule.emptied.clear();
        std::istringstream names{stated.value()};
        for (std::string name; names >> name;) {
            const auto role = role_from(name);
            if (!role) document_.fail(node, "rule '" + rule.id + "': unknown role '" + name + "' in empties");
            rule.emptied.push_back(*role);
        }
    }

    /// A rule that nothing is inherited for states everything itself.
    void require_whole(pugi::xml_node node, const std::string& id,
                       const std::vector<std::string>& inherited_ids) const {
        const auto require = [&](bool given, const std::string& what) {
            if (given) return;
            const std::string meant = closest(id, inherited_ids);
            document_.fail(node,
                           "rule '" + id + "' needs " + what +
                               (inherited_ids.empty() ? ""
                                : meant.empty()       ? "; no rule of that id is inherited"
                                                : "; no rule of that id is inherited, did you mean '" + meant + "'?"));
        };
        require(!node.attribute("check").empty(), "check=\"…\"");
        require(!node.attribute("severity").empty(), "severity=\"…\"");
        require(!node.child("basis").empty(), "<basis law=\"…\"/>");
    }

    void read_check(pugi::xml_node node, Rule& rule, const Rule* inherited) const {
        const auto stated = node.attribute("check");
        if (inherited != nullptr && stated && inherited->check != stated.value()) {
            document_.fail(node, "rule '" + rule.id + "' is inherited with check '" + inherited->check +
                                     "'; leave out check, or give the rule an id of its own");
        }
        if (inherited != nullptr) return;
        rule.check = stated.value();
        if (std::find(known_checks_.begin(), known_checks_.end(), rule.check) == known_checks_.end()) {
            document_.fail(node, "rule '" + rule.id + "': unknown check '" + rule.check + "'" +
                                     suggestion(rule.check, known_checks_));
        }
    }

    void require_parameters(pugi::xml_node node, const Rule& rule) const {
        const auto needed = needed_.find(rule.check);
        if (needed == needed_.end()) return;
        std::istringstream names{needed->second};
        for (std::string name; names >> name;) {
            if (!rule.parameter(name).empty()) continue;
            document_.fail(node, "rule '" + rule.id + "' needs <parameter name=\"" + name + "\" value=\"…\"/>");
        }
    }

    void read_rows(pugi::xml_node node, Rule& rule) const {
        const pugi::xml_node rows = node.child("rows");
        const bool selects = rule.check == selecting_check;
        if (!selects && rows) document_.fail(rows, "<rows> is for rules of the check 'custom'");
        if (rows) {
            rule.rows = xml::read_selection(document_, rows);
            if (const auto fault = find_fault(*rule.rows)) {
                document_.fail(place(rows, *fault), "rule '" + rule.id + "': " + fault->message);
            }
        }
        if (selects && !rule.rows) document_.fail(node, "rule '" + rule.id + "' needs <rows>, which it is about");
    }

    /// The element that a fault is about; of several with one name the last.
    static pugi::xml_node place(pugi::xml_node rows, const Fault& fault) {
        pugi::xml_node found = rows;
        if (fault.element.empty()) return found;
        for (const pugi::xml_node node : rows.children(fault.element.c_str())) {
            if (fault.name.empty() || node.attribute("name").value() == fault.name) found = node;
        }
        return found;
    }

    void add_parameter(Rule& rule, pugi::xml_node node, std::set<std::string>& stated) const {
        const std::string name = node.attribute("name").value();
        std::string value = xml::collapsed(node.attribute("value").value());
        const auto items = node.children("value");
        if (value.empty() == items.empty()) {
            document_.fail(node, "parameter '" + name + "' takes either value=\"…\" or <value> elements");
        }
        for (const pugi::xml_node item : items)
            value += (value.empty() ? "" : "\n") + xml::collapsed(item.text().get());
        if (const auto fault = fault_of_parameter(name, value)) document_.fail(node, *fault);
        if (!stated.insert(name).second) {
            document_.fail(node, "a second parameter '" + name + "' in rule '" + rule.id + "'");
        }
        rule.parameters.insert_or_assign(name, value);
        if (name == "categories") read_categories(document_, node, rule.words(name));
    }

    Purpose purpose(pugi::xml_node node) const {
        return {node.attribute("id").value(), read_categories(document_, node, xml::read_words(node, "justifies")),
                read_texts(document_, node, "title")};
    }

    const xml::Document& document_;
    const std::vector<std::string>& known_checks_;
    const std::map<std::string, std::string>& needed_;
};

std::string chain_text(const std::vector<std::string>& chain, const std::string& last) {
    std::string text;
    for (const std::string& each : chain) text += each + " → ";
    return text + last;
}

/// `chain` holds the policies that led here, each built on the next.
Policy load_chain(const std::string& name_or_path, const std::vector<std::string>& known_checks,
                  const std::map<std::string, std::string>& needed, std::vector<std::string> chain) {
    const xml::Document document = open(policy_shelf, name_or_path);
    const pugi::xml_node root = document.root();
    const std::string parent = root.attribute("parent").value();
    const PolicyReader reader{document, known_checks, needed};
    if (parent.empty()) return reader.read({});
    chain.push_back(identity(name_or_path));
    const std::string other = beside(name_or_path, parent);
    if (std::find(chain.begin(), chain.end(), identity(other)) != chain.end()) {
        document.fail(root, "policies are built on each other in a circle: " + chain_text(chain, identity(other)) +
                                "; take out one parent=\"…\"");
    }
    if (const auto missing = why_missing(policy_shelf, other)) {
        document.fail(root, "parent=\"" + parent + "\": " + *missing);
    }
    Policy inherited = load_chain(other, known_checks, needed, std::move(chain));
    inherited.parents.insert(inherited.parents.begin(), inherited.name);
    return reader.read(std::move(inherited));
}

}  // namespace

Policy load_policy(const std::string& name_or_path, const std::vector<std::string>& known_checks,
                   const std::map<std::string, std::string>& needed) {
    return load_chain(name_or_path, known_checks, needed, {});
}

std::vector<std::string> shipped_policy_names() { return shipped_names(policy_shelf); }

}  // namespace crmaudit::policies
