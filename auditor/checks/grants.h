// What the permission checks share: who is judged, what the policy declares of whom, and findings that name the role
// rather than each of its members.
#pragma once

#include <string>
#include <vector>

#include "auditor/access/evaluation.h"
#include "auditor/checks/check.h"

namespace crmaudit::checks {

/// The gaps that keep permissions from being judged; sets `not_applicable` where a database has no permissions.
Plan permission_plan(const CheckInput& input);

/// The same for checks that a plain list of grants does not suffice for: views, owners, what may be passed on.
Plan whole_permission_plan(const CheckInput& input);

/// A gap of the permissions about one kind of fact, told as the rule's own.
void add_gap_about(const CheckInput& input, std::string_view fact, Plan& plan);

/// Nothing can be judged: there are no permissions, or none is known.
bool cannot_judge(const CheckInput& input, const Plan& plan);

/// A finding about permissions: no rows, no persons.
Finding permission_finding(const CheckInput& input, Object object, std::vector<std::string> facts);

/// SELECT, INSERT, UPDATE and DELETE, as far as they are among the rights; sorted.
std::vector<std::string> privileges(Rights rights);

/// Whom the rules about what somebody can reach judge: not the audit's own account, which reads by design and is named
/// elsewhere, and no superusers, of whom administrative_account tells.
std::vector<access::Id> ordinary_principals(const access::Evaluation& evaluation);

/// What the policy declares of a principal, by its name or that of a role whose rights it has.
class DeclaredAccess {
public:
    DeclaredAccess(const CheckInput& input, access::Id principal);
    bool covers(Category category, AccessRight right) const;
    /// With whatever right.
    bool covers(Category category) const;
    bool covers(AccessRight right) const;
    /// Everything with all rights.
    bool covers_all() const;

private:
    std::vector<const Access*> entries_;
};

/// Whether an entry of the policy allows a right: without rights it is for reading.
bool allows(const Access& access, AccessRight right);

/// The tables that count, wherever somebody is said to reach so many: a view is no further one beside a table that it
/// shows and that is reached as well. Sorted by relation, as the tables handed in are.
std::vector<access::TableReach> counted(const access::Evaluation& evaluation,
                                        const std::vector<access::TableReach>& tables);

/// How many tables with personal data count at all.
std::int64_t tables_that_count(const access::Evaluation& evaluation);

/// "so many of so many" tables with personal data, of those that count.
void set_reach(const access::Evaluation& evaluation, const std::vector<access::TableReach>& tables, Finding& finding);

/// Somebody with what a rule objects to.
struct Offender {
    access::Id principal = Permissions::none;
    std::vector<access::TableReach> tables;  // sorted by relation
    std::vector<std::string> facts;
};

/// A finding for each offender but those who have all of it from a role that is one itself; of a role the number of
/// accounts that have it from there.
std::vector<Finding> findings_about(const CheckInput& input, const std::vector<Offender>& offenders);

}  // namespace crmaudit::checks
