// Catalogs for tests, written as a sentence:
// catalog().table("contacts").column("id", "char(36)").key("id").column("birthdate", "date").rows(5).build()
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "auditor/model/catalog.h"

namespace crmaudit::testing {

/// Words after a table or a column speak of the last one. A column's kind follows from its type unless it is given.
class CatalogBuilder {
public:
    /// The schema of the tables that follow; also the default schema when it is the first one.
    CatalogBuilder& schema(std::string name);

    CatalogBuilder& table(std::string name);
    CatalogBuilder& view(std::string name);
    CatalogBuilder& partition(std::string name, std::string parent);
    CatalogBuilder& rows(std::int64_t estimate);
    CatalogBuilder& unreadable();
    CatalogBuilder& without_snapshot();

    CatalogBuilder& column(std::string name, std::string type);
    CatalogBuilder& column(std::string name, std::string type, ColumnKind kind);
    CatalogBuilder& not_null();
    CatalogBuilder& default_value(std::string text);
    /// Of the last column, or of the table while it has none.
    CatalogBuilder& comment(std::string text);

    CatalogBuilder& key(std::string column);
    CatalogBuilder& key(std::vector<std::string> columns);
    CatalogBuilder& refers(std::string column, std::string table, std::string referenced_column);
    CatalogBuilder& index(std::vector<std::string> columns, bool unique = false);

    CatalogBuilder& principal(std::string name, bool superuser = false);
    CatalogBuilder& member(std::string role, std::string member);
    /// An empty table name stands for the whole schema.
    CatalogBuilder& grant(std::string grantee, std::string privilege, std::string table, std::string column = "");
    CatalogBuilder& public_grant(std::string privilege, std::string table);

    CatalogBuilder& dialect(std::string name);
    CatalogBuilder& without_permissions();
    CatalogBuilder& gap(std::string object, std::string reason);

    /// Tables sorted by name, grants sorted.
    Catalog build() const;

private:
    Table& last_table();
    Column& last_column();

    Catalog catalog_;
    std::string schema_;
};

CatalogBuilder catalog();

}  // namespace crmaudit::testing
