// Forms that ask for too much unless somebody changes them: personal fields that must be filled, and consents that are
// given unless somebody takes them back. Both stand in the structure of the database; the default itself stays there.
#include <algorithm>
#include <cctype>

#include "auditor/checks/fields.h"
#include "auditor/checks/purposes.h"
#include "auditor/checks/registry.h"
#include "auditor/checks/roles.h"
#include "auditor/checks/structure.h"

namespace crmaudit::checks {
namespace {

/// Where a default stands in, nobody is made to say anything.
bool is_mandatory(const Table& table, const Column& column) {
    const auto& key = table.primary_key;
    return !column.nullable && !column.default_value && std::find(key.begin(), key.end(), column.name) == key.end();
}

/// A default as a catalog writes it ("'1'::smallint", "b'1'", "((1))") without what surrounds the value.
std::string value_of(const std::string& default_value) {
    std::string text = default_value.substr(0, default_value.find("::"));
    std::erase_if(text, [](unsigned char c) { return c == '\'' || c == '"' || c == '(' || c == ')' || c == ' '; });
    std::transform(text.begin(), text.end(), text.begin(),
                   [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    return text.starts_with("b") && text.size() == 2 ? text.substr(1) : text;
}

bool means_yes(const CheckInput& input, const Column& column) {
    const auto yes = input.rule.words("yes");
    return column.default_value && std::find(yes.begin(), yes.end(), value_of(*column.default_value)) != yes.end();
}

/// By the profile, else by its name: a yes here keeps mail away.
bool is_protective(const CheckInput& input, const Table& table, const Column& column) {
    const std::string place = table.name.name + "." + column.name;
    for (const Entity& entity : input.entities) {
        for (const Role role : {Role::marketing_refused, Role::tracking_refused}) {
            const auto places = columns_of(entity, role);
            if (std::find(places.begin(), places.end(), place) != places.end()) return true;
        }
    }
    return is_named_like(column.name, input.rule.words("protective"));
}

Plan plan_nothing(const CheckInput& /*input*/) { return {}; }

bool asks_too_much(const CheckInput& input, const Table& table, const Column& column, Category category) {
    const auto listed = input.rule.words("categories");
    return std::find(listed.begin(), listed.end(), to_string(category)) != listed.end() &&
           is_mandatory(table, column) && !is_justified(input, category);
}

std::vector<Finding> judge_defaults(const CheckInput& input, const Plan& /*plan*/,
                                    std::span<const std::optional<Measured>> /*measured*/) {
    std::vector<Finding> findings;
    for (const ColumnClassification& classified : input.classification.columns) {
        if (classified.category == Category::none || classified.field) continue;
        const Table* table = input.catalog.find(classified.table);
        if (table == nullptr || !holds_rows(*table)) continue;
        const Column* column = table->find(classified.column);
        if (column == nullptr) continue;
        const bool is_given = classified.category == Category::consent && means_yes(input, *column) &&
                              !is_protective(input, *table, *column);
        if (!is_given && !asks_too_much(input, *table, *column, classified.category)) continue;
        if (!is_about_persons(input, *table)) continue;
        Finding finding = finding_about_column(input, classified);
        if (is_given) {
            finding.facts.emplace_back("yes_by_default");
        } else {
            finding.facts.emplace_back("mandatory");
        }
        findings.push_back(std::move(finding));
    }
    return findings;
}

}  // namespace

Check personal_field_by_default() { return {"personal_field_by_default", plan_nothing, judge_defaults, "categories"}; }

}  // namespace crmaudit::checks
