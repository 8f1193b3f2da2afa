#include "auditor/access/row_security.h"

#include <algorithm>

namespace crmaudit::access {
namespace {

/// A policy names roles; it holds for those who have such a role's rights.
bool holds_for(const Permissions::RowPolicy& policy, const Session& session) {
    return std::any_of(policy.holders.begin(), policy.holders.end(), [&](Id holder) { return holds(session, holder); });
}

}  // namespace

Rows rows_within_reach(const Index& index, const Session& session, Id relation, Right right) {
    const auto& table = index.facts.relations[relation];
    if (!table.row_security || session.superuser) return Rows::all;
    const bool is_known = session.current < index.facts.principals.size();
    if (is_known && index.facts.principals[session.current].bypasses_row_security) return Rows::all;
    if (!table.row_security_for_owner && holds(session, table.owner)) return Rows::all;
    for (const Id place : index.policies.of(relation)) {
        const auto& policy = index.facts.policies[place];
        if (policy.permissive && (policy.rights & bit(right)) != 0 && holds_for(policy, session)) return Rows::some;
    }
    return Rows::none;
}

}  // namespace crmaudit::access
