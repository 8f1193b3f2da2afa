// Persons whom the CRM has erased, with personal data left in some place.
#include "auditor/checks/fields.h"
#include "auditor/checks/registry.h"
#include "auditor/checks/roles.h"

namespace crmaudit::checks {
namespace {

Plan plan_leftovers(const CheckInput& input) {
    Plan plan;
    for (const Entity* person : persons(input, plan)) {
        if (person->absence(Role::erased) != nullptr) continue;
        if (!usable(*person, Role::erased, plan) || !whole(*person, {Role::leftover}, plan)) continue;
        Condition left = some_hold(*person, Role::leftover);
        if (never(left)) {
            const Table* table = input.catalog.find(person->table);
            if (table == nullptr) continue;
            left = holds_personal_data(input, *table);
        }
        Probe probe = probe_of(*person, std::move(left));
        // What is left of an erased person need not be live.
        probe.total = some_hold(*person, Role::erased);
        probe.facts = columns_of(*person, Role::leftover);
        plan.probes.push_back(std::move(probe));
    }
    if (plan.probes.empty() && plan.gaps.empty()) plan.not_applicable = "no_tombstones";
    return plan;
}

}  // namespace

Check erased_person_leftovers() { return {"erased_person_leftovers", plan_leftovers, found_where_affected}; }

}  // namespace crmaudit::checks
