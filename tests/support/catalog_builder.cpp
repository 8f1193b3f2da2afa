#include "tests/support/catalog_builder.h"

#include <algorithm>
#include <stdexcept>
#include <utility>

#include "connectors/dialects/sqlite_catalog.h"

namespace crmaudit::testing {

CatalogBuilder catalog() { return {}; }

CatalogBuilder& CatalogBuilder::schema(std::string name) {
    schema_ = std::move(name);
    if (catalog_.default_schema.empty()) catalog_.default_schema = schema_;
    return *this;
}

CatalogBuilder& CatalogBuilder::table(std::string name) {
    catalog_.tables.emplace_back();
    catalog_.tables.back().name = {schema_, std::move(name)};
    return *this;
}

CatalogBuilder& CatalogBuilder::view(std::string name) {
    table(std::move(name));
    last_table().kind = TableKind::view;
    return *this;
}

CatalogBuilder& CatalogBuilder::partition(std::string name, std::string parent) {
    table(std::move(name));
    last_table().kind = TableKind::partition;
    last_table().partition_of = TableName{schema_, std::move(parent)};
    return *this;
}

CatalogBuilder& CatalogBuilder::rows(std::int64_t estimate) {
    last_table().row_estimate = estimate;
    return *this;
}

CatalogBuilder& CatalogBuilder::unreadable() {
    last_table().readable = false;
    return *this;
}

CatalogBuilder& CatalogBuilder::without_snapshot() {
    last_table().consistent = false;
    return *this;
}

CatalogBuilder& CatalogBuilder::column(std::string name, std::string type) {
    const ColumnKind kind = connectors::sqlite_kind(type);
    return column(std::move(name), std::move(type), kind);
}

CatalogBuilder& CatalogBuilder::column(std::string name, std::string type, ColumnKind kind) {
    Column column;
    column.name = std::move(name);
    column.type = std::move(type);
    column.kind = kind;
    last_table().columns.push_back(std::move(column));
    return *this;
}

CatalogBuilder& CatalogBuilder::not_null() {
    last_column().nullable = false;
    return *this;
}

CatalogBuilder& CatalogBuilder::default_value(std::string text) {
    last_column().default_value = std::move(text);
    return *this;
}

CatalogBuilder& CatalogBuilder::comment(std::string text) {
    (last_table().columns.empty() ? last_table().comment : last_column().comment) = std::move(text);
    return *this;
}

CatalogBuilder& CatalogBuilder::key(std::string column) { return key(std::vector<std::string>{std::move(column)}); }

CatalogBuilder& CatalogBuilder::key(std::vector<std::string> columns) {
    last_table().primary_key = std::move(columns);
    return *this;
}

CatalogBuilder& CatalogBuilder::refers(std::string column, std::string table, std::string referenced_column) {
    ForeignKey key;
    key.name = "fk_" + column;
    key.columns = {std::move(column)};
    key.referenced = {schema_, std::move(table)};
    key.referenced_columns = {std::move(referenced_column)};
    key.on_delete = "NO ACTION";
    last_table().foreign_keys.push_back(std::move(key));
    return *this;
}

CatalogBuilder& CatalogBuilder::index(std::vector<std::string> columns, bool unique) {
    const std::string name = "index_" + std::to_string(last_table().indexes.size() + 1);
    last_table().indexes.push_back({name, std::move(columns), unique});
    return *this;
}

CatalogBuilder& CatalogBuilder::principal(std::string name, bool superuser) {
    catalog_.principals.push_back({std::move(name), true, superuser});
    return *this;
}

CatalogBuilder& CatalogBuilder::member(std::string role, std::string member) {
    catalog_.memberships.push_back({std::move(role), std::move(member), false});
    return *this;
}

CatalogBuilder& CatalogBuilder::grant(std::string grantee, std::string privilege, std::string table,
                                      std::string column) {
    Grant grant;
    grant.grantee = std::move(grantee);
    grant.is_public = grant.grantee == "PUBLIC";
    grant.privilege = std::move(privilege);
    grant.object = {schema_, std::move(table)};
    grant.column = std::move(column);
    catalog_.grants.push_back(std::move(grant));
    return *this;
}

CatalogBuilder& CatalogBuilder::public_grant(std::string privilege, std::string table) {
    return grant("PUBLIC", std::move(privilege), std::move(table));
}

CatalogBuilder& CatalogBuilder::dialect(std::string name) {
    catalog_.dialect = std::move(name);
    return *this;
}

CatalogBuilder& CatalogBuilder::without_permissions() {
    catalog_.has_permissions = false;
    return *this;
}

CatalogBuilder& CatalogBuilder::gap(std::string object, std::string reason) {
    catalog_.gaps.push_back({std::move(object), std::move(reason)});
    return *this;
}

Catalog CatalogBuilder::build() const {
    Catalog built = catalog_;
    std::sort(built.tables.begin(), built.tables.end(), [](const Table& a, const Table& b) { return a.name < b.name; });
    std::sort(built.grants.begin(), built.grants.end());
    return built;
}

Table& CatalogBuilder::last_table() {
    if (catalog_.tables.empty()) throw std::logic_error("name a table first");
    return catalog_.tables.back();
}

Column& CatalogBuilder::last_column() {
    if (last_table().columns.empty()) throw std::logic_error("name a column first");
    return last_table().columns.back();
}

}  // namespace crmaudit::testing
