#include "policies/parameter_values.h"

#include <algorithm>
#include <sstream>
#include <string_view>
#include <vector>

#include "auditor/model/date.h"
#include "auditor/model/entity.h"
#include "auditor/model/policy.h"

namespace crmaudit::policies {
namespace {

using Words = std::vector<std::string>;

bool is_one_of(const std::string& word, const Words& words) {
    return std::find(words.begin(), words.end(), word) != words.end();
}

bool is_whole_number(const std::string& text) {
    return !text.empty() && text.size() <= 9 && text.find_first_not_of("0123456789") == std::string::npos;
}

bool is_percentage(const std::string& text) { return is_whole_number(text) && std::stoi(text) <= 100; }

bool is_role_of_a_date(const std::string& name) {
    const auto role = role_from(name);
    return role && value_type_of(*role) == ValueType::date;
}

/// One or several words of a list.
struct Choice {
    std::string_view name;
    Words words;
    bool several = false;
};

const std::vector<Choice>& choices() {
    static const std::vector<Choice> all{{"missing_activity", {"created", "unknown"}},
                                         {"individual", {"excused", "counts"}},
                                         {"existing_customers", {"together", "apart"}},
                                         {"activity", {"activity", "responded", "clicked"}, true}};
    return all;
}

bool fits(const Choice& choice, const std::string& value) {
    if (!choice.several) return is_one_of(value, choice.words);
    std::istringstream given{value};
    std::string word;
    while (given >> word) {
        if (!is_one_of(word, choice.words)) return false;
    }
    return true;
}

/// "'a', 'b' or 'c'".
std::string listed(const Words& words) {
    std::string text;
    for (const std::string& word : words) {
        text += (text.empty() ? "'" : word == words.back() ? " or '" : ", '") + word + "'";
    }
    return text;
}

/// What the value should have been; absent when it is.
std::optional<std::string> expected(const std::string& name, const std::string& value) {
    const auto unless = [](bool fitting, const char* what) -> std::optional<std::string> {
        if (fitting) return std::nullopt;
        return what;
    };
    if (name == "share" || name.ends_with("_percent"))
        return unless(is_percentage(value), "a percentage from 0 to 100");
    if (is_one_of(name, {"at_least", "min_cell", "rows", "administrators", "seeing_all"}))
        return unless(is_whole_number(value), "a whole number");
    if (is_one_of(name, {"in_time", "weak_severity"})) {
        return unless(severity_from(value).has_value(), "a severity: low, medium, high or critical");
    }
    if (name == "kind") {
        return unless(entity_kind_from(value).has_value(), "a kind of entity, such as message, request or activity");
    }
    if (name == "start") {
        return unless(is_role_of_a_date(value), "the role of a date, such as created or received");
    }
    for (const Choice& choice : choices()) {
        if (choice.name != name || fits(choice, value)) continue;
        return (choice.several ? "one or more of " : "") + listed(choice.words);
    }
    return std::nullopt;
}

}  // namespace

std::optional<std::string> fault_of_parameter(const std::string& name, const std::string& value) {
    if (is_one_of(name, {"after", "within", "undue_delay", "unused_for"}) && !parse_period(value)) {
        return "parameter '" + name + "': '" + value +
               "' is no period; write it as in P3Y (years), P1M (months) or P30D (days)";
    }
    if (const auto wanted = expected(name, value)) return "parameter '" + name + "' is " + *wanted;
    return std::nullopt;
}

}  // namespace crmaudit::policies
