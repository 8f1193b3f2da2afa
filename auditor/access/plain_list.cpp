#include "auditor/access/plain_list.h"

#include <map>
#include <utility>

namespace crmaudit::access {
namespace {

using Id = Permissions::Id;
using Level = Permissions::Level;

Rights rights_of(const std::string& privilege) {
    constexpr std::pair<std::string_view, Rights> known[] = {
        {"SELECT", rights::read},    {"INSERT", rights::insert}, {"UPDATE", rights::update},
        {"DELETE", rights::remove},  {"ALL", rights::on_rows},   {"ALL PRIVILEGES", rights::on_rows},
        {"TRUNCATE", rights::remove}};
    for (const auto& [name, bits] : known) {
        if (name == privilege) return bits;
    }
    return 0;
}

class Builder {
public:
    explicit Builder(const Catalog& catalog) : catalog_(catalog) {}

    Permissions build() && {
        found_.roles_add_to_own = true;  // no schema has to be opened first
        for (const Table& table : catalog_.tables) add(table);
        for (const Principal& each : catalog_.principals) {
            auto& principal = found_.principals[this->principal(each.name)];
            principal.can_login = each.can_login;
            principal.superuser = each.superuser;
        }
        for (const Membership& each : catalog_.memberships)
            found_.memberships.push_back({principal(each.role), principal(each.member), true, true, each.admin_option});
        for (const Grant& each : catalog_.grants) add(each);
        return std::move(found_);
    }

private:
    Id principal(const std::string& name) {
        const auto [place, is_new] = principals_.try_emplace(name, static_cast<Id>(found_.principals.size()));
        if (is_new) found_.principals.push_back({.name = name, .can_login = true});
        return place->second;
    }

    void add(const Table& table) {
        const auto [schema, is_new] = schemas_.try_emplace(table.name.schema, static_cast<Id>(found_.schemas.size()));
        if (is_new) found_.schemas.push_back({table.name.schema});
        relations_[table.name] = static_cast<Id>(found_.relations.size());
        Permissions::Relation relation{schema->second, table.name.name, TableKind::table, Permissions::none, {}};
        for (const Column& column : table.columns) relation.columns.push_back(column.name);
        found_.relations.push_back(std::move(relation));
    }

    void add(const Grant& each) {
        Permissions::Grant grant;
        grant.holder = each.is_public ? Permissions::everybody : principal(each.grantee);
        grant.rights = rights_of(each.privilege);
        if (each.grantable) grant.rights |= rights::give;
        grant.object = 0;
        if (!each.object.name.empty()) {
            const auto relation = relations_.find(each.object);
            if (relation == relations_.end()) return;
            grant.object = relation->second;
            if (!each.column.empty() && !find_column(each.column, grant)) return;
        } else if (!each.object.schema.empty()) {
            const auto schema = schemas_.find(each.object.schema);
            if (schema == schemas_.end()) return;
            grant.level = Level::schema;
            grant.object = schema->second;
        } else {
            grant.level = Level::server;
        }
        found_.grants.push_back(grant);
    }

    bool find_column(const std::string& name, Permissions::Grant& grant) const {
        const auto& columns = found_.relations[grant.object].columns;
        for (Id column = 0; column < columns.size(); ++column) {
            if (columns[column] != name) continue;
            grant.column = column;
            grant.level = Level::column;
            return true;
        }
        return false;
    }

    const Catalog& catalog_;
    Permissions found_;
    std::map<std::string, Id> principals_;
    std::map<std::string, Id> schemas_;
    std::map<TableName, Id> relations_;
};

}  // namespace

Permissions from_plain_list(const Catalog& catalog) { return Builder{catalog}.build(); }

}  // namespace crmaudit::access
