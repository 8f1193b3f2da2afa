// A catalog with permissions, judged without a database: permission checks count no rows.
#pragma once

#include <gtest/gtest.h>

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

/// Findings of a permission check; contacts and leads hold personal data, products does not.
inline std::vector<Finding> judge(const char* check_id, const Catalog& catalog, Policy policy = {},
                                  checks::Plan* plan_out = nullptr) {
    Classification classification;
    for (const Table& table : catalog.tables) {
        const bool personal = table.name.name != "products";
        ColumnClassification& column = classification.columns.emplace_back();
        column.table = table.name;
        column.column = "email";
        column.category = personal ? Category::email : Category::none;
    }
    const Rule rule{check_id, check_id, Severity::high, {}, {}, {}};
    const std::vector<Entity> entities;
    const std::vector<std::string> nothing;
    const ContentScan content;
    const std::vector<DeclaredColumn> declared;
    const checks::CheckInput input{catalog, classification, entities, false,   nothing, nothing,
                                   policy,  rule,           Date{},   content, declared};
    const checks::Check* check = checks::find_check(check_id);
    const checks::Plan plan = check->plan(input);
    if (plan_out != nullptr) *plan_out = plan;
    return check->judge(input, plan, {});
}

}  // namespace crmaudit::testing
