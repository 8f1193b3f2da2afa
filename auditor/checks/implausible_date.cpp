// Dates of persons that cannot be: before 1900 or after the day of the audit.
#include <algorithm>

#include "auditor/checks/registry.h"
#include "auditor/checks/roles.h"
#include "auditor/model/reasons.h"

namespace crmaudit::checks {
namespace {

constexpr std::initializer_list<Role> judged{Role::birth_date, Role::created, Role::modified,
                                             Role::marketing_granted_at, Role::notice};

Plan plan_dates(const CheckInput& input) {
    Plan plan;
    for (const Entity* person : persons(input, plan)) {
        if (!whole(*person, judged, plan)) continue;
        std::vector<std::string> columns;
        for (const Role role : judged) {
            for (const Attribute* each : person->in_role(role)) {
                const auto* own = std::get_if<OwnColumn>(&each->value);
                const bool seen =
                    own == nullptr || std::find(columns.begin(), columns.end(), own->column.name) != columns.end();
                if (seen) continue;
                columns.push_back(own->column.name);
                const Condition impossible{Implausible{attribute(each->name)}};
                Probe probe = probe_of(*person, impossible);
                probe.object.column = own->column.name;
                probe.total = all({person->live, any({present(attribute(each->name)), impossible})});
                plan.probes.push_back(std::move(probe));
            }
        }
        if (columns.empty()) {
            plan.gaps.push_back({person->name, reasons::text(reasons::not_mapped, to_string(Role::created))});
        }
    }
    return plan;
}

}  // namespace

Check implausible_date() { return {"implausible_date", plan_dates, found_where_affected}; }

}  // namespace crmaudit::checks
