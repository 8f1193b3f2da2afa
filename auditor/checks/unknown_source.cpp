// Persons of whom nobody knows where the record came from.
#include "auditor/checks/registry.h"
#include "auditor/checks/roles.h"

namespace crmaudit::checks {
namespace {

Plan plan_source(const CheckInput& input) {
    Plan plan;
    const auto placeholders = input.rule.lines("placeholders");
    for (const Entity* person : persons(input, plan)) {
        if (!usable(*person, Role::source, plan)) continue;
        std::vector<Condition> nothing;
        for (const Attribute* source : person->in_role(Role::source)) {
            nothing.push_back(missing(attribute(source->name), placeholders));
        }
        Probe probe = probe_of(*person, all(std::move(nothing)));
        if (person->in_role(Role::source).empty()) {
            probe.facts.emplace_back("no_place_for_source");
        } else {
            probe.facts = columns_of(*person, Role::source);
        }
        plan.probes.push_back(std::move(probe));
    }
    return plan;
}

}  // namespace

Check unknown_source() { return {"unknown_source", plan_source, found_where_affected}; }

}  // namespace crmaudit::checks
