// Persons who got marketing mail later than the day on which they objected.
#include "auditor/checks/registry.h"
#include "auditor/checks/roles.h"

namespace crmaudit::checks {
namespace {

/// The latest mail is later than the latest objection.
Condition mailed_later(const Entity& person) {
    std::vector<Condition> some_mail;
    for (const Attribute* mail : person.in_role(Role::marketing_sent)) {
        std::vector<Condition> later_than_each{some_known(person, Role::marketing_objected)};
        for (const Attribute* objection : person.in_role(Role::marketing_objected)) {
            const Operand objected = attribute(objection->name);
            later_than_each.push_back(any({missing(objected), {LaterThan{attribute(mail->name), objected, Period{}}}}));
        }
        some_mail.push_back(all(std::move(later_than_each)));
    }
    return any(std::move(some_mail));
}

Plan plan_objection(const CheckInput& input) {
    Plan plan;
    for (const Entity* person : persons(input, plan)) {
        if (person->absence(Role::marketing_sent) != nullptr || person->absence(Role::marketing_objected) != nullptr) {
            continue;
        }
        if (!usable(*person, {Role::marketing_refused, Role::marketing_sent, Role::marketing_objected}, plan)) continue;
        Probe probe = probe_of(*person, mailed_later(*person));
        probe.total = all({person->live, marketing_consent(*person).refused});
        probe.details.push_back({"no_date", all({probe.total, some_known(*person, Role::marketing_sent),
                                                 negate(some_known(*person, Role::marketing_objected))})});
        probe.facts = columns_of(*person, Role::marketing_objected);
        plan.probes.push_back(std::move(probe));
    }
    if (plan.probes.empty() && plan.gaps.empty()) plan.not_applicable = "no_objection_dates";
    return plan;
}

}  // namespace

Check mailed_after_objection() { return {"mailed_after_objection", plan_objection, found_where_affected}; }

}  // namespace crmaudit::checks
