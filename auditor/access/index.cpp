#include "auditor/access/index.h"

namespace crmaudit::access {
namespace {

Groups by_holder(const auto& list, std::size_t principals) {
    return {list, principals + 1, [principals](const auto& element) {
                return element.holder == Permissions::everybody ? static_cast<Id>(principals) : element.holder;
            }};
}

}  // namespace

Index::Index(const Permissions& permissions)
    : facts(permissions),
      memberships(permissions.memberships, permissions.principals.size(), [](const auto& m) { return m.member; }),
      grants(by_holder(permissions.grants, permissions.principals.size())),
      patterns(by_holder(permissions.patterns, permissions.principals.size())),
      relations(permissions.relations, permissions.schemas.size(), [](const auto& r) { return r.schema; }),
      policies(permissions.policies, permissions.relations.size(), [](const auto& p) { return p.relation; }) {
    for (Id id = 0; id < permissions.principals.size(); ++id) {
        if (!permissions.principals[id].host.empty()) namesakes[permissions.principals[id].user].push_back(id);
    }
}

}  // namespace crmaudit::access
