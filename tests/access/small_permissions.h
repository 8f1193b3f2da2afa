// Permissions for tests: two schemas, three tables of three columns, and principals by name.
#pragma once

#include <string>
#include <vector>

#include "auditor/access/through_views.h"

namespace crmaudit::access {

struct SmallPermissions {
    Permissions facts;

    SmallPermissions() {
        owner = add("owner");
        facts.schemas = {{"open", owner}, {"shut", owner}};
        for (const char* name : {"persons", "letters", "payroll"})
            facts.relations.push_back(
                {facts.relations.size() == 2 ? 1U : 0U, name, TableKind::table, owner, {"id", "mail", "born"}});
        facts.grants.push_back({Permissions::everybody, 0, Permissions::none, Permissions::Level::schema, rights::use});
        for (Id i = 0; i < 3; ++i) grant(owner, i, rights::on_rows, rights::on_rows);
    }

    Id add(const std::string& name) {
        facts.principals.push_back({.name = name, .can_login = true});
        return static_cast<Id>(facts.principals.size() - 1);
    }
    void join(Id role, Id member, bool inherits = true) { facts.memberships.push_back({role, member, inherits}); }
    void grant(Id holder, Id relation, Rights rights, Rights may_pass_on = 0) {
        facts.grants.push_back(
            {holder, relation, Permissions::none, Permissions::Level::relation, rights, may_pass_on});
    }
    void grant_column(Id holder, Id relation, Id column, Rights rights) {
        facts.grants.push_back({holder, relation, column, Permissions::Level::column, rights});
    }
    Id add_view(Id reader_owner, bool has_owner_rights, std::vector<Id> columns, Id below = persons) {
        Permissions::Relation view{0, "view", TableKind::view, reader_owner, {"mail"}};
        view.has_owner_rights = has_owner_rights;
        view.reads.push_back({below, std::move(columns)});
        facts.relations.push_back(view);
        return static_cast<Id>(facts.relations.size() - 1);
    }

    /// The paths on which a principal gets at a column in the end.
    Paths effective(Id principal, Id relation, Id column, Right right = Right::read) const {
        const Index index{facts};
        OwnerRights owners{index};
        const Reach reach = effective_reach(owners, principal);
        const RelationReach* found = find(reach, relation);
        return found == nullptr ? Paths{} : found->paths(column, right);
    }

    Id owner = 0;
    static constexpr Id persons = 0, letters = 1, payroll = 2;  // payroll is in the schema that is shut
    static constexpr Id id = 0, mail = 1, born = 2;
};

}  // namespace crmaudit::access
