// Persons kept more than once: the same name together with the same address, telephone number or date of birth.
#include "auditor/checks/registry.h"
#include "auditor/checks/roles.h"
#include "auditor/model/reasons.h"

namespace crmaudit::checks {
namespace {

/// What tells persons of one name apart: the first of these that the profile maps as a value. A flag that there is an
/// address says nothing about which.
std::vector<const Attribute*> distinguishing(const Entity& person) {
    for (const Role role : {Role::email, Role::phone, Role::birth_date}) {
        for (const Attribute* each : person.in_role(role)) {
            if (each->type == ValueType::text || each->type == ValueType::date) return {each};
        }
    }
    return {};
}

Plan plan_duplicates(const CheckInput& input) {
    Plan plan;
    for (const Entity* person : persons(input, plan)) {
        if (person->absence(Role::name) != nullptr) continue;
        if (!usable(*person, Role::name, plan)) continue;
        if (!whole(*person, {Role::email, Role::phone, Role::birth_date}, plan)) continue;
        const auto second = distinguishing(*person);
        if (second.empty()) {
            plan.gaps.push_back({person->name, reasons::text(reasons::not_mapped, to_string(Role::email))});
            continue;
        }
        Probe probe = probe_of(*person, {});
        std::vector<Condition> complete;
        const auto compare = [&](const Attribute& each) {
            complete.push_back(present(attribute(each.name)));
            probe.shared_over.push_back(attribute(each.name));
        };
        for (const Attribute* each : person->in_role(Role::name)) compare(*each);
        compare(*second.front());
        probe.affected = all(std::move(complete));
        for (const Role role : {Role::name, *second.front()->role}) {
            for (std::string& column : columns_of(*person, role)) probe.facts.push_back(std::move(column));
        }
        plan.probes.push_back(std::move(probe));
    }
    if (plan.probes.empty() && plan.gaps.empty()) plan.not_applicable = "no_names";
    return plan;
}

}  // namespace

Check duplicate_person() { return {"duplicate_person", plan_duplicates, found_where_affected}; }

}  // namespace crmaudit::checks
