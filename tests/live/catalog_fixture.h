// What the tests of catalogs share: a database of their own, its catalog as an administrator and as the auditor sees
// it.
#pragma once

#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <stdexcept>
#include <string>

#include "auditor/model/permissions.h"
#include "connectors/database.h"
#include "tests/support/live.h"

namespace crmaudit::live {

inline const Table& table_in(const Catalog& catalog, const std::string& name) {
    for (const Table& table : catalog.tables) {
        if (table.name.name == name) return table;
    }
    throw std::runtime_error("the catalog has no table " + name);
}

inline bool has_table(const Catalog& catalog, const std::string& name) {
    return std::any_of(catalog.tables.begin(), catalog.tables.end(), [&](auto& t) { return t.name.name == name; });
}

/// The reason of the gap for an object; empty when there is none.
inline std::string gap(const Catalog& catalog, const std::string& object) {
    for (const CatalogGap& gap : catalog.gaps) {
        if (gap.object == object) return gap.reason;
    }
    return "";
}

/// The principal of that name as the permissions know it; null when there is none.
inline const Permissions::Principal* find_principal(const Catalog& catalog, const std::string& name) {
    if (!catalog.permissions) return nullptr;
    for (const auto& each : catalog.permissions->principals) {
        if (each.name == name) return &each;
    }
    return nullptr;
}

inline bool is_member(const Catalog& catalog, const std::string& role, const std::string& member) {
    if (!catalog.permissions) return false;
    const auto& facts = *catalog.permissions;
    return std::any_of(facts.memberships.begin(), facts.memberships.end(), [&](const auto& each) {
        return facts.principals[each.role].name == role && facts.principals[each.member].name == member;
    });
}

/// Without a table: on everything, as a role of the product's own has it.
inline bool has_grant(const Catalog& catalog, const std::string& grantee, const std::string& privilege,
                      const std::string& table, const std::string& column = "") {
    if (!catalog.permissions) {
        return std::any_of(catalog.grants.begin(), catalog.grants.end(), [&](const Grant& grant) {
            return grant.grantee == grantee && grant.privilege == privilege && grant.object.name == table &&
                   grant.column == column;
        });
    }
    static const std::map<std::string, Rights> bits{
        {"SELECT", rights::read}, {"INSERT", rights::insert}, {"UPDATE", rights::update}, {"DELETE", rights::remove}};
    const Rights bit = bits.at(privilege);
    if (table.empty()) {
        const auto* principal = find_principal(catalog, grantee);
        return principal != nullptr && (principal->everywhere & bit) != 0;
    }
    const auto& facts = *catalog.permissions;
    const auto is_asked = [&](const Permissions::Grant& grant) {
        const bool is_level =
            grant.level == (column.empty() ? Permissions::Level::relation : Permissions::Level::column);
        if (!is_level || (grant.rights & bit) == 0 || facts.relations[grant.object].name != table) return false;
        const std::string holder =
            grant.holder == Permissions::everybody ? "PUBLIC" : facts.principals[grant.holder].name;
        return holder == grantee && (column.empty() || facts.relations[grant.object].columns[grant.column] == column);
    };
    return std::any_of(facts.grants.begin(), facts.grants.end(), is_asked);
}

class OfCatalog : public ::testing::TestWithParam<Product> {
protected:
    bool is(Product product) const { return GetParam() == product; }
    void run(const std::string& statement) { scratch_.admin().run(statement); }

    Catalog read() { return connectors::open_database(scratch_.options())->read_catalog(); }

    Catalog read_as_auditor() {
        auto options = scratch_.options();
        options.connection_string = scratch_.auditor_connection();
        return connectors::open_database(options)->read_catalog();
    }

    /// Gives the read-only account a right on a table of this database.
    void grant(const std::string& privilege, const std::string& table) {
        run("GRANT " + privilege + " ON " + table + " TO " + scratch_.auditor());
    }

    std::string schema() const {
        return is(Product::sqlite) ? "" : is(Product::postgresql) ? "public" : scratch_.name();
    }
    std::string qualified(const std::string& table) const { return to_string(TableName{schema(), table}); }

    Scratch scratch_{GetParam()};
};

}  // namespace crmaudit::live
