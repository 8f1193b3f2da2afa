#include "auditor/checks/coded_columns.h"

#include <algorithm>
#include <cctype>
#include <set>

namespace crmaudit::checks {
namespace {

const std::vector<std::string> words_for_truth{"0", "1", "true", "false", "t", "f", "yes", "no", "y", "n", "on", "off"};

/// A comparison of a column of texts with codes.
struct CodeTest {
    Operand column;
    std::vector<std::string> codes;
    Condition condition;
};

void collect(const Condition& condition, std::vector<CodeTest>& tests) {
    const auto add = [&](const Operand& operand, const std::vector<std::string>& codes) {
        if (operand.source != Operand::Source::column || operand.kind != ColumnKind::text) return;
        tests.push_back({operand, codes, condition});
    };
    std::visit(
        [&](const auto& node) {
            if constexpr (requires { node.of; }) {
                for (const Condition& part : node.of) collect(part, tests);
            } else if constexpr (requires { node.values; }) {
                add(node.operand, node.values);
            } else if constexpr (requires { node.words; }) {
                add(node.operand, node.words);
            } else if constexpr (requires { node.patterns; }) {
                add(node.operand, node.patterns);
            }
        },
        condition.node);
}

std::vector<CodeTest> tests_of(const Attribute& attribute) {
    std::vector<CodeTest> tests;
    if (const auto* condition = std::get_if<OwnCondition>(&attribute.value)) {
        collect(condition->where, tests);
    } else if (const auto* own = std::get_if<OwnColumn>(&attribute.value)) {
        collect(own->where, tests);
        if (attribute.type == ValueType::flag) collect({OneOf{own->column, {"1"}}}, tests);
    } else {
        collect(std::get<Related>(attribute.value).where, tests);
    }
    return tests;
}

bool is_word_for_truth(std::string code) {
    for (char& c : code) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
    return std::find(words_for_truth.begin(), words_for_truth.end(), code) != words_for_truth.end();
}

/// The one column of texts that the attribute looks at.
std::optional<Operand> single_column(const std::vector<CodeTest>& tests) {
    if (tests.empty()) return std::nullopt;
    const bool same = std::all_of(tests.begin(), tests.end(),
                                  [&](const CodeTest& test) { return test.column == tests.front().column; });
    return same ? std::optional{tests.front().column} : std::nullopt;
}

/// Some code that any attribute looks for in the column, in the same rows.
template <typename SamePlace>
Condition known_codes(const Entity& entity, const Operand& column, SamePlace same_place) {
    std::vector<Condition> conditions;
    bool truth = true;
    for (const Attribute& attribute : entity.attributes) {
        if (!same_place(attribute)) continue;
        for (CodeTest& test : tests_of(attribute)) {
            if (test.column != column) continue;
            truth = truth && std::all_of(test.codes.begin(), test.codes.end(), is_word_for_truth);
            conditions.push_back(std::move(test.condition));
        }
    }
    if (truth) conditions.push_back({OneOf{column, words_for_truth}});
    return any(std::move(conditions));
}

CodedColumn own_column(const Entity& entity, const Operand& column) {
    const auto same_place = [](const Attribute& other) { return !std::holds_alternative<Related>(other.value); };
    return {entity.table.name + "." + column.name, all({entity.live, present(column)}),
            all({entity.live, known_codes(entity, column, same_place)})};
}

/// That a row of the path meets the condition, as a flag of its own.
Condition some_row(Entity& entity, const std::string& name, const std::string& path, Condition where) {
    if (entity.find(name) == nullptr) {
        entity.attributes.push_back(
            {name, ValueType::flag, std::nullopt, Related{path, Aggregate::any, {}, std::move(where)}, false});
    }
    return all({entity.live, holds(name)});
}

CodedColumn related_column(Entity& entity, const std::string& path, const Operand& column) {
    const auto same_place = [&](const Attribute& other) {
        const auto* related = std::get_if<Related>(&other.value);
        return related != nullptr && related->path == path;
    };
    Condition known = known_codes(entity, column, same_place);
    const std::string place = path + " " + column.name;
    return {entity.path(path)->joins.back().table.name + "." + column.name,
            some_row(entity, "filled " + place, path, present(column)),
            some_row(entity, "known " + place, path, std::move(known))};
}

}  // namespace

std::vector<CodedColumn> coded_columns(Entity& entity, std::initializer_list<Role> roles) {
    std::vector<CodedColumn> columns;
    std::set<std::string> seen;
    for (const Role role : roles) {
        // By value: conditions over related rows add attributes.
        std::vector<Attribute> flags;
        for (const Attribute* each : entity.in_role(role)) flags.push_back(*each);
        for (const Attribute& flag : flags) {
            const auto tests = tests_of(flag);
            const auto column = single_column(tests);
            if (!column) continue;
            const auto* related = std::get_if<Related>(&flag.value);
            if (related == nullptr) {
                if (seen.insert(column->name).second) columns.push_back(own_column(entity, *column));
            } else if (related->aggregate == Aggregate::any && related->where == tests.front().condition &&
                       seen.insert(related->path + " " + column->name).second) {
                columns.push_back(related_column(entity, related->path, *column));
            }
        }
    }
    return columns;
}

}  // namespace crmaudit::checks
