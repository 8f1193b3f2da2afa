#include "auditor/access/future.h"

#include <algorithm>

namespace crmaudit::access {

Permissions with_new_table(const Permissions& permissions, Permissions::Id creator, Permissions::Id schema,
                           const std::string& name, const std::vector<std::string>& columns) {
    Permissions future = permissions;
    const auto table = static_cast<Permissions::Id>(future.relations.size());
    future.relations.push_back({schema, name, TableKind::table, creator, columns});
    const auto give = [&](Permissions::Id holder, Rights rights, Rights may_pass_on) {
        const bool is_owner = holder == creator;
        future.grants.push_back(
            {holder, table, Permissions::none, Permissions::Level::relation, rights, may_pass_on, !is_owner});
    };
    const auto& replaced = permissions.replaced_defaults;
    const bool is_replaced = std::find(replaced.begin(), replaced.end(), creator) != replaced.end();
    if (!is_replaced) give(creator, rights::on_rows, rights::on_rows);
    for (const auto& privilege : permissions.default_privileges) {
        const bool fits = privilege.schema == Permissions::none || privilege.schema == schema;
        if (privilege.creator == creator && fits) give(privilege.holder, privilege.rights, privilege.may_pass_on);
    }
    return future;
}

}  // namespace crmaudit::access
