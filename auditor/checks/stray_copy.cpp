// Tables that look like a copy, a backup or a leftover by their name, and that hold personal data.
#include <algorithm>

#include "auditor/checks/fields.h"
#include "auditor/checks/registry.h"
#include "auditor/model/tokens.h"

namespace crmaudit::checks {
namespace {

bool is_mapped(const CheckInput& input, const Table& table) {
    return std::any_of(input.entities.begin(), input.entities.end(),
                       [&](const Entity& entity) { return entity.table == table.name; });
}

bool is_marked(const CheckInput& input, const Table& table) {
    const auto tokens = tokens_of(table.name.name);
    return std::any_of(tokens.begin(), tokens.end(), [&](const std::string& token) {
        return std::find(input.copy_marks.begin(), input.copy_marks.end(), token) != input.copy_marks.end();
    });
}

Plan plan_copies(const CheckInput& input) {
    Plan plan;
    for (const Table* table : personal_tables(input)) {
        if (!holds_rows(*table) || is_mapped(input, *table) || !is_marked(input, *table)) continue;
        Probe probe;
        probe.object.table = table->name;
        probe.entity = plain_entity(*table);
        for (const ColumnClassification* classified : input.classification.of(table->name)) {
            if (is_core_personal(classified->category)) probe.facts.push_back(field_name_of(*classified));
        }
        plan.probes.push_back(std::move(probe));
    }
    return plan;
}

}  // namespace

Check stray_copy() { return {"stray_copy", plan_copies, found_where_affected}; }

}  // namespace crmaudit::checks
