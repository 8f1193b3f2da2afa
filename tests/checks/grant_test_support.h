// Catalogs with permissions, judged without a database: permission checks count no rows.
#pragma once

#include <gtest/gtest.h>

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "auditor/access/evaluation.h"
#include "auditor/access/matrix.h"
#include "auditor/checks/check.h"

namespace crmaudit::testing {

inline Catalog permission_catalog() {
    Catalog catalog;
    catalog.account = "auditor";
    for (const char* name : {"contacts", "leads", "products"}) {
        Table table;
        table.name = {"crm", name};
        table.columns = {{"email", "text", ColumnKind::text, true, std::nullopt, ""}};
        catalog.tables.push_back(table);
    }
    return catalog;
}

inline Grant grant(const char* grantee, const char* privilege, TableName object, bool is_public = false) {
    return {grantee, is_public, privilege, std::move(object), "", false};
}

/// Contacts and leads hold personal data, products does not.
inline Classification permission_classification(const Catalog& catalog) {
    Classification classification;
    for (const Table& table : catalog.tables) {
        const bool personal = table.name.name != "products";
        ColumnClassification& column = classification.columns.emplace_back();
        column.table = table.name;
        column.column = "email";
        column.category = personal ? Category::email : Category::none;
    }
    return classification;
}

/// Findings of a permission check.
inline std::vector<Finding> judge(const char* check_id, const Catalog& catalog, Policy policy = {},
                                  checks::Plan* plan_out = nullptr, const AuditResult* baseline = nullptr,
                                  Date as_of = {}, std::map<std::string, std::string, std::less<>> parameters = {}) {
    const Classification classification = permission_classification(catalog);
    const Rule rule{check_id, check_id, Severity::high, {}, {}, std::move(parameters)};
    const std::vector<Entity> entities;
    const std::vector<std::string> nothing;
    const ContentScan content;
    const std::vector<DeclaredColumn> declared;
    const access::Evaluation evaluation{catalog, classification};
    const std::vector<AbsentKind> no_crm{{EntityKind::user, "no CRM"}, {EntityKind::outlet, "no CRM"}};
    checks::CheckInput input{catalog, classification, entities, false,    nothing, nothing, policy,
                             rule,    as_of,          content,  declared, nullptr, false,   no_crm};
    if (catalog.has_permissions) input.access = &evaluation;
    input.baseline = baseline;
    const checks::Check* check = checks::find_check(check_id);
    const checks::Plan plan = check->plan(input);
    if (plan_out != nullptr) *plan_out = plan;
    return check->judge(input, plan, {});
}

/// A database whose permissions are known as a whole: everybody may connect and name what is in the schema, and nobody
/// owns anything until a test says so.
struct KnownPermissions {
    using Id = Permissions::Id;
    static constexpr Id contacts = 0, leads = 1, products = 2;

    Permissions facts;
    Catalog catalog = permission_catalog();

    KnownPermissions() {
        facts.schemas = {{"crm"}};
        for (const Table& table : catalog.tables)
            facts.relations.push_back({0, table.name.name, TableKind::table, Permissions::none, {"email"}});
        facts.grants = {{Permissions::everybody, 0, Permissions::none, Permissions::Level::server, rights::connect},
                        {Permissions::everybody, 0, Permissions::none, Permissions::Level::schema, rights::use}};
    }

    Id account(const char* name) {
        facts.principals.push_back({.name = name, .can_login = true});
        return static_cast<Id>(facts.principals.size() - 1);
    }
    Id role(const char* name) {
        facts.principals.push_back({.name = name});
        return static_cast<Id>(facts.principals.size() - 1);
    }
    void join(Id role, Id member, bool may_pass_on = false) {
        facts.memberships.push_back({role, member, true, true, may_pass_on});
    }
    void grant(Id holder, Id relation, Rights rights, Rights may_pass_on = 0) {
        facts.grants.push_back(
            {holder, relation, Permissions::none, Permissions::Level::relation, rights, may_pass_on});
    }
    /// A view on contacts with its owner's rights, itself without a column that says what it holds.
    Id view(Id owner) {
        Permissions::Relation view{0, "view", TableKind::view, owner, {"address"}};
        view.reads.push_back({contacts, {0}});
        facts.relations.push_back(view);
        return static_cast<Id>(facts.relations.size() - 1);
    }

    Catalog known() const {
        Catalog whole = catalog;
        whole.permissions = std::make_shared<const Permissions>(facts);
        return whole;
    }
    AuditResult result() const {
        AuditResult result;
        const Catalog whole = known();
        result.access_matrix = access::matrix_of({whole, permission_classification(whole)});
        return result;
    }
    std::vector<Finding> judge(const char* check, Policy policy = {}, checks::Plan* plan = nullptr,
                               const AuditResult* baseline = nullptr) const {
        return testing::judge(check, known(), std::move(policy), plan, baseline);
    }
    /// Whom the findings are about, in order.
    std::vector<std::string> accused(const char* check, Policy policy = {}) const {
        std::vector<std::string> names;
        for (const Finding& finding : judge(check, std::move(policy))) names.push_back(finding.object.principal);
        return names;
    }
};

/// What a check says where the account sees its own rights only, and where a database has no permissions.
inline void expect_gap_or_not_applicable(const char* check,
                                         const std::map<std::string, std::string, std::less<>>& parameters = {}) {
    checks::Plan plan;
    Catalog catalog = permission_catalog();
    EXPECT_TRUE(judge(check, catalog, {}, &plan, nullptr, *parse_date("2026-06-15"), parameters).empty());
    ASSERT_EQ(plan.gaps.size(), 1U);
    EXPECT_EQ(plan.gaps[0].reason, "own_rights_only");
    catalog.gaps = {{"grants", "hidden"}};
    EXPECT_TRUE(judge(check, catalog, {}, &plan, nullptr, *parse_date("2026-06-15"), parameters).empty());
    ASSERT_EQ(plan.gaps.size(), 1U);
    EXPECT_EQ(plan.gaps[0].reason, "permissions_hidden: hidden");
    catalog.has_permissions = false;
    EXPECT_TRUE(judge(check, catalog, {}, &plan, nullptr, *parse_date("2026-06-15"), parameters).empty());
    EXPECT_EQ(plan.not_applicable, "no_permissions");
}

}  // namespace crmaudit::testing
