#include "auditor/model/policy.h"

#include <algorithm>
#include <charconv>
#include <sstream>
#include <stdexcept>

#include "auditor/model/names.h"

namespace crmaudit {
namespace {

constexpr NameTable<Severity, 4> severity_names{{
    {Severity::low, "low"},
    {Severity::medium, "medium"},
    {Severity::high, "high"},
    {Severity::critical, "critical"},
}};

constexpr NameTable<PurgeAction, 5> purge_action_names{{
    {PurgeAction::none, "none"},
    {PurgeAction::person, "person"},
    {PurgeAction::rows, "rows"},
    {PurgeAction::minimise, "minimise"},
    {PurgeAction::restrict, "restrict"},
}};

}  // namespace

std::string_view to_string(Severity severity) { return name_in(severity_names, severity); }
std::optional<Severity> severity_from(std::string_view name) { return value_in(severity_names, name); }

std::string_view to_string(PurgeAction action) { return name_in(purge_action_names, action); }
std::optional<PurgeAction> purge_action_from(std::string_view name) { return value_in(purge_action_names, name); }

bool is_established_outside(const Residency& residency) {
    const auto lists = [&](const std::vector<std::string>& countries) {
        return std::find(countries.begin(), countries.end(), residency.controller) != countries.end();
    };
    return !residency.controller.empty() && lists(residency.outside) && !lists(residency.inside);
}

std::string_view Rule::parameter(std::string_view name) const {
    const auto found = parameters.find(name);
    return found == parameters.end() ? std::string_view{} : std::string_view{found->second};
}

std::vector<std::string> Rule::words(std::string_view name) const {
    std::istringstream stream{std::string{parameter(name)}};
    std::vector<std::string> list;
    for (std::string word; stream >> word;) list.push_back(word);
    return list;
}

std::vector<std::string> Rule::lines(std::string_view name) const {
    std::istringstream stream{std::string{parameter(name)}};
    std::vector<std::string> list;
    for (std::string line; std::getline(stream, line);) {
        if (!line.empty()) list.push_back(line);
    }
    return list;
}

Period Rule::period(std::string_view name) const {
    const auto parsed = parse_period(parameter(name));
    if (!parsed) {
        throw std::invalid_argument("rule " + id + ": parameter " + std::string{name} +
                                    " must be an ISO 8601 period such as P3Y or P30D");
    }
    return *parsed;
}

std::int64_t Rule::number(std::string_view name, std::int64_t otherwise) const {
    const std::string_view text = parameter(name);
    if (text.empty()) return otherwise;
    std::int64_t value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc{} || end != text.data() + text.size()) {
        throw std::invalid_argument("rule " + id + ": parameter " + std::string{name} + " must be a whole number");
    }
    return value;
}

const Rule* Policy::find(std::string_view rule_id) const {
    const auto found = std::find_if(rules.begin(), rules.end(), [&](const Rule& r) { return r.id == rule_id; });
    return found == rules.end() ? nullptr : &*found;
}

}  // namespace crmaudit
